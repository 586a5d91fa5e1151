/**
 * Work in the field and the proof that it was done: field tasks, executions, evidence and the verdict on it (requirements,
 * section 8).
 */
@NullMarked
package io.fieldwright.fieldwork;

import org.jspecify.annotations.NullMarked;
