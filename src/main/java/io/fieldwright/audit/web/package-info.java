@NullMarked
package io.fieldwright.audit.web;

import org.jspecify.annotations.NullMarked;
