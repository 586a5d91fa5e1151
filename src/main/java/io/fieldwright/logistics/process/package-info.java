@NullMarked
package io.fieldwright.logistics.process;

import org.jspecify.annotations.NullMarked;
