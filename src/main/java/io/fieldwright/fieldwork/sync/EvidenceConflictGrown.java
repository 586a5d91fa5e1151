package io.fieldwright.fieldwork.sync;

import java.util.UUID;

/** More was sent that belongs to a case which a supervisor may be looking at. */
public record EvidenceConflictGrown(UUID conflictId) {}
