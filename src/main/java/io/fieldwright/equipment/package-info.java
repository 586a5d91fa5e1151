/** What stands at sites and in warehouses, in which condition, and the unbroken chain of who had it (requirements, section 6). */
@NullMarked
package io.fieldwright.equipment;

import org.jspecify.annotations.NullMarked;
