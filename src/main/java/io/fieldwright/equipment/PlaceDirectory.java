package io.fieldwright.equipment;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Confirms that places exist. The modules that keep sites, warehouses, vehicles and carriers each contribute one for
 * theirs, because equipment knows their places only by kind and id.
 */
public interface PlaceDirectory {

    /** Whether places of this kind are kept here. */
    boolean knows(Place.Kind kind);

    /** Whether {@code place}, of a kind this directory {@link #knows}, is one of this tenant. */
    boolean exists(String tenantId, Place place);

    /** Which of {@code places} exist; a directory of many places overrides it to ask the database once. */
    default Set<Place> existing(String tenantId, Collection<Place> places) {
        return places.stream().filter(place -> exists(tenantId, place)).collect(Collectors.toSet());
    }
}
