/** How organisations join and stay compliant: invitations, and warnings of papers that end (requirements, section 3; ADR 0013). */
@NullMarked
package io.fieldwright.onboarding;

import org.jspecify.annotations.NullMarked;
