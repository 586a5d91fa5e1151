@NullMarked
package io.fieldwright.projects.process;

import org.jspecify.annotations.NullMarked;
