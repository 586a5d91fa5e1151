package io.fieldwright.logistics;

import io.fieldwright.api.Problem;
import org.jspecify.annotations.Nullable;

/** Checks WGS84 positions that came from outside. */
final class Positions {

    private Positions() {}

    static void check(double latitude, double longitude) {
        if (!(Math.abs(latitude) <= 90)) {
            throw Problem.invalid("latitude", "must be between -90 and 90");
        }
        if (!(Math.abs(longitude) <= 180)) {
            throw Problem.invalid("longitude", "must be between -180 and 180");
        }
    }

    static void checkOptional(@Nullable Double latitude, @Nullable Double longitude) {
        if ((latitude == null) != (longitude == null)) {
            throw Problem.invalid(latitude == null ? "latitude" : "longitude", "both or neither must be given");
        }
        if (latitude != null && longitude != null) {
            check(latitude, longitude);
        }
    }
}
