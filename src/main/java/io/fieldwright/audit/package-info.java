/** Who changed what, when and from where, in chains that show whether anybody tampered with them (requirements, section 14). */
@NullMarked
package io.fieldwright.audit;

import org.jspecify.annotations.NullMarked;
