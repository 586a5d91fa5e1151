/**
 * Tells people what happened: in the application at once, by e-mail through a job of its own that is tried again
 * (requirements, section 13; ADR 0006).
 */
@NullMarked
package io.fieldwright.notification;

import org.jspecify.annotations.NullMarked;
