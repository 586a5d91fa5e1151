package io.fieldwright.fieldwork;

import io.fieldwright.api.Problem;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What to verify.
 *
 * @param allocationId whose work it is; null when ordered by itself
 * @param requirements null for what the categories of the equipment at the site ask for; the questions are theirs in any case
 */
public record FieldOrder(
        UUID projectId,
        UUID siteId,
        UUID teamId,
        @Nullable UUID allocationId,
        Instant visitFrom,
        Instant visitUntil,
        @Nullable Requirements requirements,
        boolean clientAcceptance) {

    /** @throws Problem 400 for a visit that ends before it begins */
    public FieldOrder {
        if (!visitUntil.isAfter(visitFrom)) {
            throw Problem.invalid("visitUntil", "must be after visitFrom");
        }
    }
}
