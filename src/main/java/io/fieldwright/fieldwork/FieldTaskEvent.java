package io.fieldwright.fieldwork;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of a field task's status history. */
@Embeddable
public record FieldTaskEvent(
        @Enumerated(EnumType.STRING) @Nullable FieldTaskState fromState,
        @Enumerated(EnumType.STRING) FieldTaskState toState,
        String what,
        String who,
        Instant at,
        @Nullable String why) {}
