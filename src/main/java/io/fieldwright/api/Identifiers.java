package io.fieldwright.api;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Row identifiers: time-ordered UUIDs (RFC 9562, version 7), which keep index pages dense and reveal no counts. */
public final class Identifiers {

    private Identifiers() {}

    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /**
     * Reads an identifier that came from outside.
     *
     * @throws Problem 400 naming {@code field} when it is not a UUID
     */
    public static UUID parse(String field, @Nullable String text) {
        try {
            return UUID.fromString(text == null ? "" : text);
        } catch (IllegalArgumentException notAnIdentifier) {
            throw Problem.invalid(field, "is not an identifier");
        }
    }
}
