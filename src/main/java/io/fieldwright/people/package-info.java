/** People, what they are designated to do, the teams they form, and their one login (requirements, section 4). */
@NullMarked
package io.fieldwright.people;

import org.jspecify.annotations.NullMarked;
