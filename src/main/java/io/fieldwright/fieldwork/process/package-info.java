/** The delegates and task forms of {@code field-verification} and {@code evidence-conflict}. */
@NullMarked
package io.fieldwright.fieldwork.process;

import org.jspecify.annotations.NullMarked;
