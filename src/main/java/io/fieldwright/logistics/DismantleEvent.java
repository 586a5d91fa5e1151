package io.fieldwright.logistics;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One move in the status history of a dismantle record. */
@Embeddable
public record DismantleEvent(
        @Enumerated(EnumType.STRING) @Nullable DismantleState fromState,
        @Enumerated(EnumType.STRING) DismantleState toState,
        String who,
        Instant at,
        @Nullable String why) {}
