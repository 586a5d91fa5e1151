/**
 * From a site to a shelf: dismantle records, trips and their manifests, receipts, and the stock of warehouses
 * (requirements, sections 9 and 11).
 */
@NullMarked
package io.fieldwright.logistics;

import org.jspecify.annotations.NullMarked;
