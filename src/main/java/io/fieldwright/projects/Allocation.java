package io.fieldwright.projects;

import io.fieldwright.api.Problem;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.people.Team;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OrderColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Filter;
import org.jspecify.annotations.Nullable;

/**
 * One site in one project. Only the steps of the process {@code site-lifecycle} change it; each change is kept in its
 * history. While a vendor's team has it, it belongs to the collaboration with that vendor.
 */
@Entity
@Filter(name = TenantOwned.SITE_FILTER, condition = TenantOwned.AT_SITE)
public class Allocation extends TenantOwned {

    @ManyToOne(optional = false)
    @JoinColumn(name = "project_id")
    private Project project;

    private UUID siteId;

    private String businessKey;

    @Enumerated(EnumType.STRING)
    private AllocationState state = AllocationState.ALLOCATED;

    @ManyToOne
    @JoinColumn(name = "team_id")
    private @Nullable Team team;

    private @Nullable Instant heldSince;

    private @Nullable Instant cancelledAt;

    private Instant allocatedAt;

    private @Nullable Instant doneAt;

    @ElementCollection
    @CollectionTable(name = "allocation_event", joinColumns = @JoinColumn(name = "allocation_id"))
    @OrderColumn(name = "sequence")
    private List<AllocationEvent> history = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    protected Allocation() {}

    Allocation(Project project, UUID siteId, String businessKey, Instant now) {
        super(project.tenantId());
        this.project = project;
        this.siteId = siteId;
        this.businessKey = businessKey;
        this.allocatedAt = now;
        history.add(new AllocationEvent(null, state, "allocated", SignedInPerson.currentUsername(), now, null));
    }

    void assign(Team team, Collaboration collaboration, String what, Instant now, @Nullable String why) {
        move(AllocationState.ASSIGNED, what, now, why);
        this.team = team;
        moveTo(collaboration.tenantId());
    }

    void startWork(Instant now) {
        move(AllocationState.WIP, "work started", now, null);
    }

    void complete(Instant now) {
        move(AllocationState.DONE, "site done", now, null);
        doneAt = now;
    }

    void withdraw(String what, Instant now, @Nullable String why) {
        move(AllocationState.ALLOCATED, what, now, why);
        team = null;
        moveTo(owner());
    }

    void hold(Instant now, @Nullable String why) {
        heldSince = now;
        note("held", now, why);
    }

    /** Ends the hold and answers how long it lasted. */
    Duration resume(Instant now) {
        Duration held = heldSince == null ? Duration.ZERO : Duration.between(heldSince, now);
        heldSince = null;
        note("resumed", now, null);
        return held;
    }

    void cancel(Instant now, @Nullable String why) {
        cancelledAt = now;
        note("cancelled", now, why);
    }

    /** @throws Problem 409 while the site is on hold */
    void requireNotHeld() {
        if (heldSince != null) {
            throw Problem.conflict("state", "work at " + businessKey + " is on hold since " + heldSince);
        }
    }

    private void move(AllocationState to, String what, Instant now, @Nullable String why) {
        if (cancelledAt != null || !state.mayBecome(to)) {
            throw Problem.conflict(
                    "state",
                    "an allocation that is %s cannot become %s"
                            .formatted(cancelledAt == null ? state : "cancelled", to));
        }
        history.add(new AllocationEvent(state, to, what, SignedInPerson.currentUsername(), now, why));
        state = to;
    }

    private void note(String what, Instant now, @Nullable String why) {
        history.add(new AllocationEvent(state, state, what, SignedInPerson.currentUsername(), now, why));
    }

    /** The circle (or other organisation) whose project it is. */
    public String owner() {
        return Collaboration.parse(tenantId()).owner();
    }

    public Project project() {
        return project;
    }

    public UUID siteId() {
        return siteId;
    }

    /** {@code PROJECT/SITE}, the business key of its processes. */
    public String businessKey() {
        return businessKey;
    }

    public AllocationState state() {
        return state;
    }

    public Optional<Team> team() {
        return Optional.ofNullable(team);
    }

    public @Nullable Instant heldSince() {
        return heldSince;
    }

    /** When it was cancelled; a cancelled allocation keeps the state it had. */
    public @Nullable Instant cancelledAt() {
        return cancelledAt;
    }

    public Instant allocatedAt() {
        return allocatedAt;
    }

    public @Nullable Instant doneAt() {
        return doneAt;
    }

    /** What was said when it last moved, such as the coordinator's note to the team. */
    public @Nullable String lastRemark() {
        return history.get(history.size() - 1).why();
    }

    public List<AllocationEvent> history() {
        return List.copyOf(history);
    }
}
