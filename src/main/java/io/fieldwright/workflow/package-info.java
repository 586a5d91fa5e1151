/** The engine adapter: the only place, beside each module's {@code process} folder, that knows Camunda (ADR 0001). */
@NullMarked
package io.fieldwright.workflow;

import org.jspecify.annotations.NullMarked;
