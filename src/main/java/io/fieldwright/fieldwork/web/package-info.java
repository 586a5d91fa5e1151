@NullMarked
package io.fieldwright.fieldwork.web;

import org.jspecify.annotations.NullMarked;
