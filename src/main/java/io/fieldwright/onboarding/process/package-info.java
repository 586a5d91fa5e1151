@NullMarked
package io.fieldwright.onboarding.process;

import org.jspecify.annotations.NullMarked;
