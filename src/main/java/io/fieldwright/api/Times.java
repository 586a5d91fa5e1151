package io.fieldwright.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as they come from outside: ISO 8601 also knows those that no database holds and nobody means. */
public final class Times {

    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private Times() {}

    /**
     * Refuses what PostgreSQL and people do not take for a time.
     *
     * @throws Problem 400 naming {@code field}
     */
    public static void requireStorable(String field, @Nullable Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw Problem.invalid(field, "must be between the years 1970 and 9999");
        }
    }
}
