package io.fieldwright.projects;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of an allocation's status history: a move, or a hold, resumption or cancellation between moves. */
@Embeddable
public record AllocationEvent(
        @Enumerated(EnumType.STRING) @Nullable AllocationState fromState,
        @Enumerated(EnumType.STRING) AllocationState toState,
        String what,
        String who,
        Instant at,
        @Nullable String why) {}
