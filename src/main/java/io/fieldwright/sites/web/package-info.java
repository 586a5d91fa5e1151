@NullMarked
package io.fieldwright.sites.web;

import org.jspecify.annotations.NullMarked;
