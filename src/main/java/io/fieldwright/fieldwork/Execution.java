package io.fieldwright.fieldwork;

import io.fieldwright.fieldwork.Executions.Submission;
import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One attempt at a field task, gathered on one device and judged as a whole. */
@Entity
public class Execution extends TenantOwned {

    public enum State {
        /** Evidence arrives. */
        OPEN,
        /** All that was announced has arrived. */
        SUBMITTED,
        JUDGED,
        /** Another execution of the round counts. */
        SET_ASIDE
    }

    public enum Review {
        APPROVED,
        ASKED_AGAIN
    }

    private UUID fieldTaskId;

    private int round;

    private String engineer;

    private @Nullable UUID deviceId;

    @Enumerated(EnumType.STRING)
    private State state = State.OPEN;

    private Instant openedAt;

    private @Nullable Instant startedAt;

    private @Nullable Instant endedAt;

    private UUID @Nullable [] announced;

    private UUID[] staying = {};

    private @Nullable String note;

    @Enumerated(EnumType.STRING)
    private @Nullable GpsOutcome gpsOutcome;

    private @Nullable Double gpsProbability;

    private @Nullable Double gpsDistance;

    private String[] gpsReasons = {};

    private @Nullable UUID gpsEvidenceId;

    private @Nullable Integer score;

    @Enumerated(EnumType.STRING)
    private @Nullable Verdict verdict;

    private String[] reasons = {};

    private @Nullable Instant judgedAt;

    private boolean sampled;

    private @Nullable String reviewedBy;

    private @Nullable Instant reviewedAt;

    @Enumerated(EnumType.STRING)
    private @Nullable Review review;

    private @Nullable String reviewNote;

    @ElementCollection
    @CollectionTable(name = "serial_finding", joinColumns = @JoinColumn(name = "execution_id"))
    @OrderColumn(name = "position")
    private List<SerialFinding> serialFindings = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    protected Execution() {}

    Execution(UUID id, FieldTask task, String engineer, @Nullable UUID deviceId, Instant now) {
        super(id, task.tenantId());
        this.fieldTaskId = task.id();
        this.round = task.round();
        this.engineer = engineer;
        this.deviceId = deviceId;
        this.openedAt = now;
    }

    void start(Instant at) {
        startedAt = at;
    }

    void startUnlessStarted(Instant at) {
        if (startedAt == null) {
            startedAt = at;
        }
    }

    /** Whether it is the newest announcement, which counts, in whatever order they arrive. None is made in the future. */
    boolean announce(Submission submission, Instant now) {
        Instant at = submission.at().isBefore(now) ? submission.at() : now;
        if (endedAt != null && !at.isAfter(endedAt)) {
            return false;
        }
        announced = Set.copyOf(submission.counting()).toArray(UUID[]::new);
        endedAt = at;
        note = submission.note();
        return true;
    }

    /** @param staying the evidence of the rounds before that counts for this one too */
    void submit(Collection<UUID> staying) {
        state = State.SUBMITTED;
        this.staying = staying.toArray(UUID[]::new);
    }

    void setAside() {
        state = State.SET_ASIDE;
    }

    void judge(Judgement judgement, Instant now) {
        state = State.JUDGED;
        GpsVerdict position = judgement.position();
        gpsOutcome = position == null ? null : position.outcome();
        gpsProbability = position == null ? null : position.probability();
        gpsDistance = position == null ? null : position.metresToEdge();
        gpsReasons = position == null
                ? new String[0]
                : position.reasons().stream().map(GpsReason::name).toArray(String[]::new);
        gpsEvidenceId = judgement.fix();
        score = judgement.score();
        verdict = judgement.verdict();
        reasons = judgement.reasons().toArray(String[]::new);
        serialFindings.clear();
        serialFindings.addAll(judgement.serials());
        judgedAt = now;
        sampled = false;
        review = null;
        reviewedBy = null;
        reviewedAt = null;
        reviewNote = null;
    }

    void sample() {
        sampled = true;
    }

    void review(Review review, String who, Instant now, @Nullable String note) {
        this.review = review;
        this.reviewedBy = who;
        this.reviewedAt = now;
        this.reviewNote = note;
    }

    public UUID fieldTaskId() {
        return fieldTaskId;
    }

    public int round() {
        return round;
    }

    /** The username of whoever was there. */
    public String engineer() {
        return engineer;
    }

    public @Nullable UUID deviceId() {
        return deviceId;
    }

    public State state() {
        return state;
    }

    /** Whether it counts, or did until a later round; what still comes changes it no more. */
    boolean isJudged() {
        return state == State.SUBMITTED || state == State.JUDGED;
    }

    public Instant openedAt() {
        return openedAt;
    }

    /** By the server's clock, as far as the device's could be corrected. */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    /** By the server's clock, as far as the device's could be corrected. */
    public @Nullable Instant endedAt() {
        return endedAt;
    }

    /** Which evidence counts, as the engineer submitted it; empty before that. */
    public Optional<Set<UUID>> announced() {
        return Optional.ofNullable(announced).map(Set::of);
    }

    /** The evidence of the rounds before that was not asked for again and counts for this one too; empty before it is submitted. */
    public Set<UUID> staying() {
        return Set.of(staying);
    }

    public boolean counts(UUID evidence) {
        return announced().orElse(Set.of()).contains(evidence) || staying().contains(evidence);
    }

    public @Nullable String note() {
        return note;
    }

    /** Null before it was judged, and where no position is asked for. */
    public @Nullable GpsOutcome gpsOutcome() {
        return gpsOutcome;
    }

    /** That the true position lies within the boundary, from 0 to 1. */
    public @Nullable Double gpsProbability() {
        return gpsProbability;
    }

    /** Metres from the fix to the edge of the boundary, negative within it. */
    public @Nullable Double gpsDistance() {
        return gpsDistance;
    }

    public List<GpsReason> gpsReasons() {
        return List.of(gpsReasons).stream().map(GpsReason::valueOf).toList();
    }

    /** The fix that was judged. */
    public @Nullable UUID gpsEvidenceId() {
        return gpsEvidenceId;
    }

    /** From 0 to 100. */
    public @Nullable Integer score() {
        return score;
    }

    public @Nullable Verdict verdict() {
        return verdict;
    }

    /** Why, in words for the reviewer. */
    public List<String> reasons() {
        return List.of(reasons);
    }

    public @Nullable Instant judgedAt() {
        return judgedAt;
    }

    /** Whether it goes to review though it verified. */
    public boolean sampled() {
        return sampled;
    }

    public @Nullable Review review() {
        return review;
    }

    public @Nullable String reviewedBy() {
        return reviewedBy;
    }

    public @Nullable Instant reviewedAt() {
        return reviewedAt;
    }

    public @Nullable String reviewNote() {
        return reviewNote;
    }

    public List<SerialFinding> serialFindings() {
        return List.copyOf(serialFindings);
    }
}
