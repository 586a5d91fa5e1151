package io.fieldwright.logistics;

import io.fieldwright.equipment.Place;
import io.fieldwright.equipment.PlaceDirectory;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Confirms sites, warehouses, vehicles and carriers as places of equipment. */
@Component
@Transactional(readOnly = true)
class LogisticsPlaces implements PlaceDirectory {

    private static final Map<Place.Kind, String> TABLES = new EnumMap<>(Map.of(
            Place.Kind.SITE, "site",
            Place.Kind.WAREHOUSE, "warehouse",
            Place.Kind.QUARANTINE, "warehouse",
            Place.Kind.VEHICLE, "vehicle",
            Place.Kind.CARRIER, "carrier"));

    private final JdbcClient jdbc;

    LogisticsPlaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean knows(Place.Kind kind) {
        return TABLES.containsKey(kind);
    }

    @Override
    public boolean exists(String tenantId, Place place) {
        return !existing(tenantId, Set.of(place)).isEmpty();
    }

    @Override
    public Set<Place> existing(String tenantId, Collection<Place> places) {
        Set<Place> existing = new HashSet<>();
        places.stream().collect(Collectors.groupingBy(Place::kind)).forEach((kind, ofKind) -> {
            Set<UUID> known = new HashSet<>(jdbc.sql("select id from %s where tenant_id = :tenant and id = any(:ids)"
                            .formatted(TABLES.get(kind)))
                    .param("tenant", tenantId)
                    .param("ids", ofKind.stream().map(Place::id).toArray(UUID[]::new))
                    .query(UUID.class)
                    .list());
            ofKind.stream().filter(place -> known.contains(place.id())).forEach(existing::add);
        });
        return existing;
    }
}
