/** Where work happens: sites, their boundaries, import and export, and what is near (requirements, section 5). */
@NullMarked
package io.fieldwright.sites;

import org.jspecify.annotations.NullMarked;
