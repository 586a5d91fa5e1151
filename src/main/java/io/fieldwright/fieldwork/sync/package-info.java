/**
 * Offline work: devices, what they fetch and what they send later, and what becomes of it when it contradicts what others did
 * meanwhile (requirements, section 8, and ADR 0019).
 */
@NullMarked
package io.fieldwright.fieldwork.sync;

import org.jspecify.annotations.NullMarked;
