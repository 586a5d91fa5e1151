/**
 * An organisation to try things on: loaded once where the profile {@code demo} is active, absent everywhere else. It is
 * made through the services that the domain API uses, so that nothing in it could not have been entered.
 */
@NullMarked
package io.fieldwright.demo;

import org.jspecify.annotations.NullMarked;
