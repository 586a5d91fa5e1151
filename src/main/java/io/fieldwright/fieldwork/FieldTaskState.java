package io.fieldwright.fieldwork;

import java.util.Set;

/** Where a field task is, and the only moves there are. Only the steps of {@code field-verification} move it. */
public enum FieldTaskState {
    /** Nobody is asked: it waits for a permit, or for a coordinator because nobody accepted. */
    ORDERED,
    /** Waits for somebody of the team to accept it. */
    OFFERED,
    /** Somebody goes, or is there, and gathers evidence. */
    CAPTURING,
    /** The evidence of the round is complete and not judged yet. */
    SUBMITTED,
    IN_REVIEW,
    /** Asked for again too often; the project manager decides. */
    ESCALATED,
    AWAITING_CLIENT,
    DONE,
    CANCELLED;

    private Set<FieldTaskState> next() {
        return switch (this) {
            case ORDERED -> Set.of(OFFERED, CANCELLED);
            case OFFERED -> Set.of(ORDERED, CAPTURING, CANCELLED);
            case CAPTURING -> Set.of(SUBMITTED, CANCELLED);
            case SUBMITTED -> Set.of(CAPTURING, IN_REVIEW, ESCALATED, AWAITING_CLIENT, DONE, CANCELLED);
            case IN_REVIEW -> Set.of(SUBMITTED, CAPTURING, ESCALATED, AWAITING_CLIENT, DONE, CANCELLED);
            case ESCALATED -> Set.of(CAPTURING, AWAITING_CLIENT, DONE, CANCELLED);
            case AWAITING_CLIENT -> Set.of(CAPTURING, ESCALATED, DONE, CANCELLED);
            case DONE, CANCELLED -> Set.of();
        };
    }

    boolean mayBecome(FieldTaskState state) {
        return next().contains(state);
    }

    /** Nothing more happens. */
    public boolean isFinal() {
        return next().isEmpty();
    }
}
