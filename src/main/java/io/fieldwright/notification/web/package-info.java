@NullMarked
package io.fieldwright.notification.web;

import org.jspecify.annotations.NullMarked;
