package io.fieldwright.logistics;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which team is to dismantle which site for which project, as part of an allocation or by itself. */
public record DismantleOrder(UUID projectId, UUID siteId, UUID teamId, @Nullable UUID allocationId) {}
