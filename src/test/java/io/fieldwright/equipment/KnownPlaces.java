package io.fieldwright.equipment;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A directory of the places that a test made up, of every kind. */
class KnownPlaces implements PlaceDirectory {

    private final Map<String, Set<Place>> places = new ConcurrentHashMap<>();

    Place add(String tenantId, Function<UUID, Place> kind) {
        Place place = kind.apply(UUID.randomUUID());
        places.computeIfAbsent(tenantId, unknown -> ConcurrentHashMap.newKeySet())
                .add(place);
        return place;
    }

    @Override
    public boolean knows(Place.Kind kind) {
        return true;
    }

    @Override
    public boolean exists(String tenantId, Place place) {
        return places.getOrDefault(tenantId, Set.of()).contains(place);
    }
}
