@NullMarked
package io.fieldwright.fieldwork.sync.web;

import org.jspecify.annotations.NullMarked;
