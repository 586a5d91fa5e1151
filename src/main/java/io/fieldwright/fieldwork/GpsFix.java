package io.fieldwright.fieldwork;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A position as a device reports it. Nothing in it is checked here: what a device sends is evidence and is kept as it came;
 * {@link GpsJudge} says what it is worth.
 *
 * @param latitude degrees, WGS84
 * @param longitude degrees, WGS84
 * @param accuracyMetres radius within which the true position lies in 68 of 100 cases, as Android and iOS report it
 * @param fixedAt when the receiver found the position, by the device's clock
 * @param mock whether the device says that an application made the position up
 */
public record GpsFix(double latitude, double longitude, @Nullable Double accuracyMetres, Instant fixedAt, boolean mock)
        implements EvidenceContent {

    /** Whether there is such a place on Earth. */
    public boolean liesOnEarth() {
        return liesOnEarth(latitude, longitude);
    }

    static boolean liesOnEarth(double latitude, double longitude) {
        return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    }
}
