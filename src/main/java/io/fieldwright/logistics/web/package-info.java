@NullMarked
package io.fieldwright.logistics.web;

import org.jspecify.annotations.NullMarked;
