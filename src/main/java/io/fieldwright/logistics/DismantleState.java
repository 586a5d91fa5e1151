package io.fieldwright.logistics;

import java.util.Set;

/** Where a dismantle record is, and the only moves there are (requirements, section 9). */
public enum DismantleState {
    PENDING,
    IN_PROGRESS,
    COMPLETED,
    IN_TRANSIT,
    RECEIVED,
    RECONCILED,
    CLOSED,
    CANCELLED;

    private Set<DismantleState> next() {
        return switch (this) {
            case PENDING -> Set.of(IN_PROGRESS, CANCELLED);
            case IN_PROGRESS -> Set.of(COMPLETED, CANCELLED);
            case COMPLETED -> Set.of(IN_TRANSIT, CANCELLED);
            case IN_TRANSIT -> Set.of(RECEIVED);
            case RECEIVED -> Set.of(RECONCILED);
            case RECONCILED -> Set.of(CLOSED);
            case CLOSED, CANCELLED -> Set.of();
        };
    }

    boolean mayBecome(DismantleState state) {
        return next().contains(state);
    }
}
