@NullMarked
package io.fieldwright.tenancy.web;

import org.jspecify.annotations.NullMarked;
