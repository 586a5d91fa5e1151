package io.fieldwright.fieldwork.sync;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What devices sent of one field task that contradicts what others did, until a supervisor has decided. What comes after
 * that is a case of its own.
 */
@Entity
public class EvidenceConflict extends TenantOwned {

    public enum State {
        OPEN,
        /** What came late was taken up. */
        ADOPTED,
        /** What came late stays on record and does not count. */
        SET_ASIDE
    }

    private @Nullable UUID fieldTaskId;

    private String person;

    @Enumerated(EnumType.STRING)
    private State state = State.OPEN;

    private Instant openedAt;

    private @Nullable String resolvedBy;

    private @Nullable Instant resolvedAt;

    private @Nullable String reason;

    @SuppressWarnings("NullAway.Init")
    protected EvidenceConflict() {}

    void decide(String who, String why, Instant now) {
        resolvedBy = who;
        resolvedAt = now;
        reason = why;
    }

    void end(State state) {
        this.state = state;
    }

    /** Null when what was sent names no field task that its sender knows. */
    public @Nullable UUID fieldTaskId() {
        return fieldTaskId;
    }

    /** Who sent the first of it. */
    public String person() {
        return person;
    }

    public State state() {
        return state;
    }

    public Instant openedAt() {
        return openedAt;
    }

    public @Nullable String resolvedBy() {
        return resolvedBy;
    }

    public @Nullable Instant resolvedAt() {
        return resolvedAt;
    }

    public @Nullable String reason() {
        return reason;
    }
}
