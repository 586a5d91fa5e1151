package io.fieldwright.fieldwork.sync;

import io.fieldwright.fieldwork.CaptureConflict;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a device is told about one operation.
 *
 * @param reason only of a conflict
 * @param message for the engineer
 * @param missing what {@code next} is about: ids of operations or files
 */
public record Answer(
        UUID operation,
        Outcome outcome,
        CaptureConflict.@Nullable Reason reason,
        String message,
        NextStep next,
        List<UUID> missing) {}
