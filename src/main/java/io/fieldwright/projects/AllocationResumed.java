package io.fieldwright.projects;

import java.time.Duration;
import java.util.UUID;

/** Published in the transaction that lets work at a site go on; what is due there is due later by the time on hold. */
public record AllocationResumed(UUID allocationId, Duration held) {}
