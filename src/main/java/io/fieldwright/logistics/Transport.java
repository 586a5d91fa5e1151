package io.fieldwright.logistics;

import io.fieldwright.equipment.Place;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An own vehicle, or a carrier, or nothing chosen yet. */
record Transport(@Nullable UUID vehicleId, @Nullable UUID carrierId) {

    static final Transport UNDECIDED = new Transport(null, null);

    static Transport vehicle(UUID id) {
        return new Transport(id, null);
    }

    static Transport carrier(UUID id) {
        return new Transport(null, id);
    }

    Place place() {
        if (vehicleId != null) {
            return Place.vehicle(vehicleId);
        }
        if (carrierId != null) {
            return Place.carrier(carrierId);
        }
        throw new IllegalStateException("Nothing is chosen to travel in");
    }
}
