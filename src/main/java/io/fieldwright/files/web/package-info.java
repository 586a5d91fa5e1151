@NullMarked
package io.fieldwright.files.web;

import org.jspecify.annotations.NullMarked;
