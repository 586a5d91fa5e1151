package io.fieldwright.fieldwork.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import io.fieldwright.api.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operation on its way in. Only its id must be sound; what else it says is read by {@link OperationReader}.
 *
 * @param clockOffset what to add to the device's clock to get the server's
 */
record SentOperation(UUID id, UUID device, JsonNode json, Instant receivedAt, Duration clockOffset) {

    /** @throws Problem 400 naming the operation that has no id to answer with */
    static SentOperation of(JsonNode json, int position, UUID device, Instant receivedAt, Duration clockOffset) {
        UUID id = Identifiers.parse(
                "operations[%d].id".formatted(position), json.path("id").textValue());
        return new SentOperation(id, device, json, receivedAt, clockOffset);
    }

    /** The identifier in {@code field}, where there is one. */
    @Nullable
    UUID identifier(String field) {
        try {
            return Identifiers.parse(field, json.path(field).textValue());
        } catch (Problem malformed) {
            return null;
        }
    }

    /** The kind by its name, where it is one. */
    @Nullable
    String kind() {
        String kind = json.path("kind").textValue();
        return Stream.of(OperationKind.values())
                .map(OperationKind::name)
                .filter(name -> name.equals(kind))
                .findFirst()
                .orElse(null);
    }

    /** When it was made by the device's clock, where it says so. */
    @Nullable
    OffsetDateTime at() {
        try {
            Instant at = Instant.parse(String.valueOf(json.path("at").textValue()));
            Times.requireStorable("at", at);
            return at.atOffset(ZoneOffset.UTC);
        } catch (DateTimeParseException | Problem malformed) {
            return null;
        }
    }
}
