package io.fieldwright.tenancy;

import io.fieldwright.api.Problem;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant. Its code is chosen once, is part of every tenant id derived from it and never changes; it is what
 * coordinators read in Tasklist and Cockpit.
 */
@Entity
public class Organisation {

    public static final int LONGEST_CODE = 40;

    /** What codes look like, as a regular expression. */
    public static final String CODE = "[a-z][a-z0-9-]{1," + (LONGEST_CODE - 1) + "}";

    public static final String CODE_RULE =
            "must be 2 to " + LONGEST_CODE + " lower-case letters, digits and hyphens, a letter first";

    /** What an organisation is to the others (requirements, section 3). */
    public enum Kind {
        CORPORATE,
        CIRCLE,
        VENDOR
    }

    /** Whether an organisation takes part. Its people sign in, and its engagements count, only while it is active. */
    public enum State {
        PENDING,
        ACTIVE,
        SUSPENDED,
        CLOSED;

        boolean mayBecome(State next) {
            return switch (this) {
                case PENDING, SUSPENDED -> next == ACTIVE || next == CLOSED;
                case ACTIVE -> next == SUSPENDED || next == CLOSED;
                case CLOSED -> false;
            };
        }
    }

    @Id
    private String code;

    @Version
    private @Nullable Long version;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String name;

    @Column(name = "parent_code")
    private @Nullable String parentCode;

    @Column(name = "telecom_circle_code")
    private @Nullable String telecomCircle;

    private boolean dualMode;

    @Enumerated(EnumType.STRING)
    private State state;

    private @Nullable String stateReason;

    private Instant stateSince;

    protected Organisation() {
        this("", Kind.CORPORATE, "", null, State.PENDING, Instant.EPOCH);
    }

    Organisation(String code, Kind kind, String name, @Nullable String parentCode, State state, Instant now) {
        this.code = code;
        this.kind = kind;
        this.name = name;
        this.parentCode = parentCode;
        this.state = state;
        this.stateSince = now;
    }

    void describe(String name, @Nullable String telecomCircle, boolean dualMode) {
        this.name = name;
        this.telecomCircle = telecomCircle;
        this.dualMode = dualMode;
    }

    void become(State next, String reason, Instant now) {
        if (!state.mayBecome(next)) {
            throw Problem.conflict("state", "an organisation that is %s cannot become %s".formatted(state, next));
        }
        state = next;
        stateReason = reason;
        stateSince = now;
    }

    public String code() {
        return code;
    }

    public long version() {
        return version == null ? 0 : version;
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    public @Nullable String parentCode() {
        return parentCode;
    }

    /** The code of the telecom circle that a circle covers. */
    public @Nullable String telecomCircle() {
        return telecomCircle;
    }

    /** Whether a vendor also works for clients of its own, with sites and projects as a circle has them. */
    public boolean dualMode() {
        return dualMode;
    }

    public State state() {
        return state;
    }

    /** Why it came into its state; null for one that was created in it. */
    public @Nullable String stateReason() {
        return stateReason;
    }

    public Instant stateSince() {
        return stateSince;
    }

    public boolean active() {
        return state == State.ACTIVE;
    }
}
