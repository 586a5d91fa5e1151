/** Sites in and out as files of up to a million rows, in bounded memory and safe against a crash at any moment. */
@NullMarked
package io.fieldwright.sites.exchange;

import org.jspecify.annotations.NullMarked;
