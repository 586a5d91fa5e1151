@NullMarked
package io.fieldwright.projects.web;

import org.jspecify.annotations.NullMarked;
