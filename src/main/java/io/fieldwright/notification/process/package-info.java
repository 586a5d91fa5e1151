@NullMarked
package io.fieldwright.notification.process;

import org.jspecify.annotations.NullMarked;
