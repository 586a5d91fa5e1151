/** Organisations, their engagements, and the wall between tenants (requirements, section 3). */
@NullMarked
package io.fieldwright.tenancy;

import org.jspecify.annotations.NullMarked;
