package io.fieldwright.onboarding;

import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organisation asks another to join; its tenant is the one that asks. */
@Entity
public class Invitation extends TenantOwned {

    public enum State {
        /** The link is on its way or waits for its reader. */
        INVITED,
        /** The organisation exists, and documents were asked for in addition. */
        ACCEPTED,
        UNDER_REVIEW,
        ACTIVATED,
        EXPIRED,
        REVOKED,
        REJECTED,
        /** Mail to this address does not arrive. */
        BOUNCED;

        private static final Set<State> ANSWERABLE = EnumSet.of(INVITED, ACCEPTED);
        static final Set<State> OPEN = EnumSet.of(INVITED, ACCEPTED, UNDER_REVIEW, BOUNCED);
    }

    private static final int LONGEST_REASON = 2_000;

    @Enumerated(EnumType.STRING)
    private Organisation.Kind kind;

    private String name;

    private @Nullable String proposedCode;

    private @Nullable String parentCode;

    private String email;

    private String language;

    private @Nullable String message;

    private @Nullable String circleCode;

    private @Nullable UUID parentEngagementId;

    private @Nullable LocalDate validFrom;

    private @Nullable LocalDate validTo;

    @Enumerated(EnumType.STRING)
    private State state = State.INVITED;

    private @Nullable String reason;

    private String invitedBy;

    private Instant invitedAt;

    private @Nullable Instant sentAt;

    private @Nullable Instant expiresAt;

    @Column(name = "token_hash")
    private @Nullable String tokenHash;

    private boolean tokenSpent;

    private @Nullable String organisationCode;

    private @Nullable String administrator;

    @SuppressWarnings("NullAway.Init")
    protected Invitation() {}

    Invitation(String inviter, Invitations.Description description, String invitedBy, Instant now) {
        super(inviter);
        this.kind = description.kind();
        this.name = description.name();
        this.proposedCode = description.code();
        this.parentCode = description.parent();
        this.email = description.email();
        this.language = description.language();
        this.message = description.message();
        Invitations.PlannedEngagement engagement = description.engagement();
        if (engagement != null) {
            this.circleCode = engagement.circle();
            this.parentEngagementId = engagement.parent();
            this.validFrom = engagement.validFrom();
            this.validTo = engagement.validTo();
        }
        this.invitedBy = invitedBy;
        this.invitedAt = now;
    }

    /** A new link was mailed; the one before stops working. */
    void issue(InvitationToken token, Instant now, Instant until) {
        requireAnswerable();
        tokenHash = token.hash();
        tokenSpent = false;
        sentAt = now;
        expiresAt = until;
    }

    /** The link that was mailed stops working, until another is; one that was used stays known as used. */
    void withdrawLink() {
        if (!tokenSpent) {
            tokenHash = null;
        }
    }

    /** Whether the link that was mailed last lets its reader answer now. */
    boolean answerableAt(Instant now) {
        return State.ANSWERABLE.contains(state) && !tokenSpent && expiresAt != null && now.isBefore(expiresAt);
    }

    void requireAnswerable() {
        if (!State.ANSWERABLE.contains(state)) {
            throw Problem.conflict("state", "an invitation that is %s waits for no answer".formatted(state));
        }
    }

    void requireOpen() {
        if (!State.OPEN.contains(state)) {
            throw Problem.conflict("state", "the invitation is " + state);
        }
    }

    void bounce(String reason) {
        requireAnswerable();
        state = State.BOUNCED;
        because(reason);
        withdrawLink();
    }

    void correct(String email) {
        this.email = email;
        state = awaitingAnswer();
        reason = null;
    }

    private State awaitingAnswer() {
        return organisationCode == null ? State.INVITED : State.ACCEPTED;
    }

    void accept(String organisationCode, String administrator) {
        this.organisationCode = organisationCode;
        this.administrator = administrator;
    }

    void handIn() {
        tokenSpent = true;
        state = State.UNDER_REVIEW;
        reason = null;
    }

    void askForDocuments(String reason) {
        state = State.ACCEPTED;
        because(reason);
        withdrawLink();
    }

    /** Nothing follows any more. */
    void end(State end, @Nullable String reason) {
        state = end;
        because(reason);
        withdrawLink();
    }

    void because(@Nullable String reason) {
        this.reason =
                reason == null || reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }

    /** What the invited organisation is to be. */
    public Organisation.Kind kind() {
        return kind;
    }

    /** The invited organisation as its inviter calls it; it may call itself otherwise. */
    public String name() {
        return name;
    }

    /** The code its inviter proposes, if any. */
    public @Nullable String proposedCode() {
        return proposedCode;
    }

    /** The corporate that is to own the circle; null for the other kinds. */
    public @Nullable String parentCode() {
        return parentCode;
    }

    public String email() {
        return email;
    }

    /** An ISO 639-1 code. */
    public String language() {
        return language;
    }

    /** What the inviter adds to the mail. */
    public @Nullable String message() {
        return message;
    }

    /** The circle that engages the vendor once it is activated, if any. */
    public @Nullable String circleCode() {
        return circleCode;
    }

    /** The engagement below which the vendor is engaged once it is activated, if any. */
    public @Nullable UUID parentEngagementId() {
        return parentEngagementId;
    }

    public @Nullable LocalDate validFrom() {
        return validFrom;
    }

    public @Nullable LocalDate validTo() {
        return validTo;
    }

    public State state() {
        return state;
    }

    /** Why it is in this state, where somebody or the mail server said so. */
    public @Nullable String reason() {
        return reason;
    }

    public String invitedBy() {
        return invitedBy;
    }

    public Instant invitedAt() {
        return invitedAt;
    }

    /** When the link was last mailed. */
    public @Nullable Instant sentAt() {
        return sentAt;
    }

    /** Until when the link works that was mailed last. */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    boolean tokenSpent() {
        return tokenSpent;
    }

    /** The organisation that came of it, from the acceptance on. */
    public @Nullable String organisationCode() {
        return organisationCode;
    }

    /** Username of the new organisation's first administrator, from the acceptance on. */
    public @Nullable String administrator() {
        return administrator;
    }

    /** The business key of its process: who invites whom. */
    public String reference() {
        return tenantId() + "/" + name;
    }
}
