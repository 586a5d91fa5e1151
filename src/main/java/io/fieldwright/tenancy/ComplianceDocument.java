package io.fieldwright.tenancy;

import io.fieldwright.api.Problem;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A paper that shows an organisation may do what it does. One is approved at a time for each kind; a newer one takes its
 * place once it is approved itself.
 */
@Entity
public class ComplianceDocument extends TenantOwned {

    /** What an organisation in India shows, and which kinds of organisation must. */
    public enum Kind {
        GST_REGISTRATION("GST registration", false, Organisation.Kind.CORPORATE, Organisation.Kind.VENDOR),
        PAN("PAN", false, Organisation.Kind.CORPORATE, Organisation.Kind.VENDOR),
        LABOUR_LICENCE("labour licence", true, Organisation.Kind.VENDOR),
        INSURANCE("insurance", true, Organisation.Kind.VENDOR),
        ELECTRICAL_CONTRACTOR_LICENCE("electrical contractor licence", true, Organisation.Kind.VENDOR),
        ISO_9001("ISO 9001 certificate", true),
        ISO_45001("ISO 45001 certificate", true);

        private final String label;
        private final boolean expires;
        private final Set<Organisation.Kind> mandatoryFor;

        Kind(String label, boolean expires, Organisation.Kind... mandatoryFor) {
            this.label = label;
            this.expires = expires;
            this.mandatoryFor = EnumSet.noneOf(Organisation.Kind.class);
            this.mandatoryFor.addAll(List.of(mandatoryFor));
        }

        /** In a reader's words. */
        public String label() {
            return label;
        }

        /** Whether it is only issued for a time, so that its last day must be told. */
        public boolean expires() {
            return expires;
        }

        public boolean mandatoryFor(Organisation.Kind organisation) {
            return mandatoryFor.contains(organisation);
        }

        static List<Kind> mandatory(Organisation.Kind organisation) {
            return Arrays.stream(values())
                    .filter(kind -> kind.mandatoryFor(organisation))
                    .toList();
        }
    }

    /** How far the review is; only an approved document counts. */
    public enum State {
        SUBMITTED,
        APPROVED,
        REJECTED,
        SUPERSEDED
    }

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String number;

    private String issuer;

    private LocalDate issuedOn;

    private @Nullable LocalDate expiresOn;

    @Enumerated(EnumType.STRING)
    private State state = State.SUBMITTED;

    private String submittedBy;

    private Instant submittedAt;

    private @Nullable String reviewedBy;

    private @Nullable Instant reviewedAt;

    private @Nullable String rejectionReason;

    @SuppressWarnings("NullAway.Init")
    protected ComplianceDocument() {}

    ComplianceDocument(
            String organisation, ComplianceDocuments.Description description, String submittedBy, Instant now) {
        super(organisation);
        this.kind = description.kind();
        this.number = description.number();
        this.issuer = description.issuer();
        this.issuedOn = description.issuedOn();
        this.expiresOn = description.expiresOn();
        this.submittedBy = submittedBy;
        this.submittedAt = now;
    }

    void approve(String who, Instant now) {
        review(State.APPROVED, who, now);
    }

    void reject(String reason, String who, Instant now) {
        review(State.REJECTED, who, now);
        rejectionReason = reason;
    }

    private void review(State verdict, String who, Instant now) {
        if (state != State.SUBMITTED) {
            throw Problem.conflict("state", "a document that is %s cannot become %s".formatted(state, verdict));
        }
        state = verdict;
        reviewedBy = who;
        reviewedAt = now;
    }

    void supersede() {
        state = State.SUPERSEDED;
    }

    /** Whether it shows on {@code day} what it is to show. */
    boolean validOn(LocalDate day) {
        return state == State.APPROVED && (expiresOn == null || !expiresOn.isBefore(day));
    }

    public Kind kind() {
        return kind;
    }

    public String number() {
        return number;
    }

    public String issuer() {
        return issuer;
    }

    public LocalDate issuedOn() {
        return issuedOn;
    }

    /** The last day on which it is valid; null when it does not expire. */
    public @Nullable LocalDate expiresOn() {
        return expiresOn;
    }

    public State state() {
        return state;
    }

    public String submittedBy() {
        return submittedBy;
    }

    public Instant submittedAt() {
        return submittedAt;
    }

    public @Nullable String reviewedBy() {
        return reviewedBy;
    }

    public @Nullable Instant reviewedAt() {
        return reviewedAt;
    }

    public @Nullable String rejectionReason() {
        return rejectionReason;
    }
}
