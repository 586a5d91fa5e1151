package io.fieldwright.projects;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Published in the transaction that takes an allocation from its team; work begun for it must be ended. */
public record AllocationWithdrawn(UUID allocationId, @Nullable String reason) {}
