package io.fieldwright.fieldwork;

import io.fieldwright.api.Problem;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.sites.Permit;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * What a team is to verify at a site, for one project (requirements, section 8). Only the steps of
 * {@code field-verification} move it.
 */
@Entity
@Filter(name = TenantOwned.SITE_FILTER, condition = TenantOwned.AT_SITE)
public class FieldTask extends TenantOwned {

    private String businessKey;

    private UUID projectId;

    private UUID siteId;

    private @Nullable UUID allocationId;

    private UUID teamId;

    private @Nullable String engineer;

    @Enumerated(EnumType.STRING)
    private FieldTaskState state = FieldTaskState.ORDERED;

    private int round = 1;

    @JdbcTypeCode(SqlTypes.JSON)
    private Requirements requirements;

    private boolean clientAcceptance;

    private Instant visitFrom;

    private Instant visitUntil;

    @Embedded
    @AttributeOverride(name = "number", column = @Column(name = "permit_number"))
    @AttributeOverride(name = "validFrom", column = @Column(name = "permit_valid_from"))
    @AttributeOverride(name = "validTo", column = @Column(name = "permit_valid_to"))
    private @Nullable Permit permit;

    private @Nullable String remark;

    private String[] askedAgain = {};

    private Instant openedAt;

    @ElementCollection
    @CollectionTable(name = "field_task_event", joinColumns = @JoinColumn(name = "field_task_id"))
    @OrderColumn(name = "sequence")
    private List<FieldTaskEvent> history = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    protected FieldTask() {}

    FieldTask(String tenantId, String businessKey, FieldOrder order, Requirements requirements, Instant now) {
        super(tenantId);
        this.businessKey = businessKey;
        this.projectId = order.projectId();
        this.siteId = order.siteId();
        this.teamId = order.teamId();
        this.allocationId = order.allocationId();
        this.requirements = requirements;
        this.clientAcceptance = order.clientAcceptance();
        this.visitFrom = order.visitFrom();
        this.visitUntil = order.visitUntil();
        this.openedAt = now;
        history.add(new FieldTaskEvent(null, state, "opened", SignedInPerson.currentUsername(), now, null));
    }

    /** Moves on; a step that finds it where it leads, such as after a retry, changes nothing. */
    void move(FieldTaskState to, String what, Instant now, @Nullable String why) {
        if (state == to) {
            return;
        }
        if (!state.mayBecome(to)) {
            throw Problem.conflict("state", "a field task that is %s cannot become %s".formatted(state, to));
        }
        note(to, what, now, why);
        state = to;
    }

    private void note(FieldTaskState to, String what, Instant now, @Nullable String why) {
        history.add(new FieldTaskEvent(state, to, what, SignedInPerson.currentUsername(), now, why));
    }

    void accept(String username, Instant now) {
        move(FieldTaskState.CAPTURING, "accepted", now, null);
        engineer = username;
    }

    /** Evidence is wanted once more, for {@code why} and of the kinds {@code items}; the visit has as long as the first. */
    void askAgain(Collection<String> items, String why, Instant now) {
        beginVisit(now);
        round++;
        remark = why;
        askedAgain = items.toArray(String[]::new);
        note(state, nameOfRound(), now, why);
    }

    /** There is as long for the visit as for the first. */
    void beginVisit(Instant now) {
        visitUntil = now.plus(Duration.between(visitFrom, visitUntil));
        visitFrom = now;
    }

    private String nameOfRound() {
        return "round " + round;
    }

    /** When its evidence was first asked for. A hold does not move it, other than the visit. */
    Instant roundBegan() {
        return history.stream()
                .filter(event -> event.what().equals(nameOfRound()))
                .map(FieldTaskEvent::at)
                .findFirst()
                .orElse(openedAt);
    }

    /** The site was on hold for {@code held}: the visit has as long as it would have had. */
    void postponeVisit(Duration held, Instant now) {
        Duration begun = Duration.between(visitFrom, now);
        Duration stoodStill = begun.compareTo(held) < 0 ? begun : held;
        if (!stoodStill.isNegative()) {
            visitFrom = visitFrom.plus(stoodStill);
            visitUntil = visitUntil.plus(stoodStill);
        }
    }

    void permit(Permit permit) {
        this.permit = permit;
    }

    void remark(@Nullable String remark) {
        this.remark = remark;
    }

    /** The organisation whose site it is. */
    public String owner() {
        return Collaboration.parse(tenantId()).owner();
    }

    public String businessKey() {
        return businessKey;
    }

    public UUID projectId() {
        return projectId;
    }

    public UUID siteId() {
        return siteId;
    }

    /** The allocation whose work this is; null when the verification was ordered by itself. */
    public @Nullable UUID allocationId() {
        return allocationId;
    }

    public UUID teamId() {
        return teamId;
    }

    /** The username of whoever accepted; null before. */
    public @Nullable String engineer() {
        return engineer;
    }

    public FieldTaskState state() {
        return state;
    }

    /** Which attempt it is, from 1; it counts how often evidence was asked for. */
    public int round() {
        return round;
    }

    public Requirements requirements() {
        return requirements;
    }

    public boolean clientAcceptance() {
        return clientAcceptance;
    }

    public Instant visitFrom() {
        return visitFrom;
    }

    public Instant visitUntil() {
        return visitUntil;
    }

    public @Nullable Permit permit() {
        return permit;
    }

    /** What somebody wants the next reader to know, such as why evidence is asked for again. */
    public @Nullable String remark() {
        return remark;
    }

    /** The kinds of evidence that were asked for again; empty for all. */
    public Set<String> askedAgain() {
        return Set.of(askedAgain);
    }

    public Instant openedAt() {
        return openedAt;
    }

    public List<FieldTaskEvent> history() {
        return List.copyOf(history);
    }
}
