@NullMarked
package io.fieldwright.onboarding.web;

import org.jspecify.annotations.NullMarked;
