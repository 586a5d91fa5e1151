package io.fieldwright.fieldwork;

import io.fieldwright.api.Problem;
import io.fieldwright.equipment.Equipment;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.notification.Notifications;
import io.fieldwright.people.CandidateGroup;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.people.Team;
import io.fieldwright.people.Teams;
import io.fieldwright.projects.AllocationResumed;
import io.fieldwright.projects.AllocationWithdrawn;
import io.fieldwright.projects.Allocations;
import io.fieldwright.projects.Client;
import io.fieldwright.projects.Project;
import io.fieldwright.projects.Projects;
import io.fieldwright.sites.Boundary;
import io.fieldwright.sites.Permit;
import io.fieldwright.sites.Site;
import io.fieldwright.sites.Sites;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.Processes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Field tasks from the order to the end (requirements, section 8). */
@Service
@Transactional
public class FieldTasks {

    /** The names that the process {@code field-verification} and this service share. */
    public static final String PROCESS = "field-verification";

    public static final String FIELD_TASK_ID = "fieldTaskId";
    public static final String REASON = "reason";

    /** How long a team has for its visit unless the order says otherwise. */
    public static final Duration VISIT_WINDOW = Duration.ofDays(7);

    private static final Set<FieldTaskState> ENDED = EnumSet.of(FieldTaskState.DONE, FieldTaskState.CANCELLED);

    private final FieldTaskRepository tasks;
    private final Equipment equipment;
    private final Sites sites;
    private final Teams teams;
    private final People people;
    private final Projects projects;
    private final Allocations allocations;
    private final Processes processes;
    private final Notifications notifications;
    private final Clock clock;

    FieldTasks(
            FieldTaskRepository tasks,
            Equipment equipment,
            Sites sites,
            Teams teams,
            People people,
            Projects projects,
            Allocations allocations,
            Processes processes,
            Notifications notifications,
            Clock clock) {
        this.tasks = tasks;
        this.equipment = equipment;
        this.sites = sites;
        this.teams = teams;
        this.people = people;
        this.projects = projects;
        this.allocations = allocations;
        this.processes = processes;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * Orders a verification outside a site lifecycle and starts its process, for external systems that know what is to be
     * verified.
     *
     * @throws Problem 400 for a project, site or team that may not be named, 409 while the site is being verified for
     *     the project
     */
    public FieldTask order(FieldOrder order) {
        Project project = Problem.named("project", () -> projects.get(order.projectId()));
        Site site = Problem.named("site", () -> sites.get(order.siteId()));
        if (!site.tenantId().equals(project.tenantId())) {
            throw Problem.invalid("site", "does not belong to the project's organisation");
        }
        FieldTask task = open(order);
        processes.start(
                PROCESS,
                task.tenantId(),
                task.businessKey(),
                Map.of(
                        FIELD_TASK_ID,
                        task.id().toString(),
                        "projectId",
                        order.projectId().toString(),
                        "siteId",
                        order.siteId().toString(),
                        "teamId",
                        order.teamId().toString()));
        return task;
    }

    /** Opens the field task for an order. Step “Open field task” does so for the work of an allocation. */
    public FieldTask open(FieldOrder order) {
        return TenantScope.asSystem(() -> {
            Project project = projects.get(order.projectId());
            Site site = sites.get(order.siteId());
            Collaboration collaboration =
                    allocations.collaboration(project.tenantId(), order.teamId(), order.allocationId());
            if (tasks.existsByProjectIdAndSiteIdAndStateNotIn(order.projectId(), order.siteId(), ENDED)) {
                throw Problem.conflict(
                        "site", "%s is being verified for %s already".formatted(site.code(), project.code()));
            }
            Requirements usual = requirements(order.siteId());
            Requirements requirements =
                    order.requirements() == null ? usual : order.requirements().asking(usual.checklist());
            return tasks.saveAndFlush(new FieldTask(
                    collaboration.tenantId(),
                    project.code() + "/" + site.code(),
                    order,
                    requirements,
                    clock.instant()));
        });
    }

    /** The order that an allocation amounts to. */
    @Transactional(readOnly = true)
    public FieldOrder orderOf(UUID allocationId, UUID projectId, UUID siteId, UUID teamId) {
        Instant now = clock.instant();
        boolean clientAcceptance =
                TenantScope.asSystem(() -> projects.get(projectId).clientAcceptance());
        return new FieldOrder(
                projectId, siteId, teamId, allocationId, now, now.plus(VISIT_WINDOW), null, clientAcceptance);
    }

    private Requirements requirements(UUID siteId) {
        return Requirements.of(equipment.at(Place.site(siteId)).stream()
                .map(item -> item.model().category())
                .distinct()
                .toList());
    }

    /** The team is told that somebody should go. */
    public void offer(UUID id) {
        FieldTask task = get(id);
        task.move(FieldTaskState.OFFERED, "offered", clock.instant(), task.remark());
        Team team = teamOf(task);
        notifications.tell(
                team.members(), NotificationEvent.FIELD_TASK_OFFERED, task.tenantId(), values(task, task.remark()));
    }

    /** What the coordinator wants the team to know when it is offered once more. */
    public void remark(UUID id, @Nullable String remark) {
        get(id).remark(remark);
    }

    /**
     * Somebody of the team goes.
     *
     * @throws Problem 403 for who is not of the team, 409 when somebody else accepted, the task is over or its site is on
     *     hold
     */
    public void accept(UUID id, String username) {
        FieldTask task = lock(id);
        requireNotHeld(task);
        requireMember(task);
        if (task.state() != FieldTaskState.OFFERED) {
            throw Problem.conflict("state", "the field task is %s".formatted(task.state()));
        }
        task.accept(username, clock.instant());
    }

    /** Nobody of the team goes: the coordinators are told and asked to arrange it. */
    public void reportNotAccepted(UUID id, @Nullable String reason) {
        FieldTask task = get(id);
        task.remark(reason);
        task.move(FieldTaskState.ORDERED, "not accepted", clock.instant(), reason);
        notifications.tell(
                coordinators(task), NotificationEvent.FIELD_TASK_NOT_ACCEPTED, task.tenantId(), values(task, reason));
    }

    /** Step “Report late visit”: the window has passed without evidence. */
    public void reportLateVisit(UUID id) {
        FieldTask task = get(id);
        List<Person> told = new ArrayList<>(coordinators(task));
        told.add(teamOf(task).lead());
        notifications.tell(told, NotificationEvent.VISIT_LATE, task.tenantId(), values(task, null));
    }

    /** The step that the process has come to. */
    public void move(UUID id, FieldTaskState state, String what, @Nullable String why) {
        get(id).move(state, what, clock.instant(), why);
    }

    /** The reviewers of the owner are told that evidence waits, and why somebody has to look at it. */
    public void askForReview(UUID id, String why) {
        FieldTask task = get(id);
        task.move(FieldTaskState.IN_REVIEW, "to review", clock.instant(), null);
        notifications.tell(
                people.inGroup(CandidateGroup.SUPERVISOR, List.of(task.owner())),
                NotificationEvent.EVIDENCE_TO_REVIEW,
                task.tenantId(),
                values(task, why));
    }

    /** The reviewers of the owner, or its administrators if it has none, are told that devices contradict each other. */
    public void reportConflict(UUID id, String reason) {
        FieldTask task = get(id);
        List<String> owner = List.of(task.owner());
        List<Person> supervisors = people.inGroup(CandidateGroup.SUPERVISOR, owner);
        notifications.tell(
                supervisors.isEmpty() ? people.inGroup(CandidateGroup.TENANT_ADMIN, owner) : supervisors,
                NotificationEvent.EVIDENCE_CONFLICT,
                task.tenantId(),
                values(task, reason));
    }

    /** What was submitted waits for a file that was refused: the engineer and the coordinators are told. */
    void reportRefusedFile(UUID id, String engineer, String refusals) {
        FieldTask task = get(id);
        List<Person> told = new ArrayList<>(coordinators(task));
        people.find(engineer).ifPresent(told::add);
        notifications.tell(told, NotificationEvent.FILE_REFUSED, task.tenantId(), values(task, refusals));
    }

    /** Evidence is wanted: the engineer goes, or is told to go once more. */
    public void askForEvidence(UUID id) {
        FieldTask task = get(id);
        task.move(FieldTaskState.CAPTURING, "evidence asked for", clock.instant(), task.remark());
        if (task.round() > 1) {
            people.find(String.valueOf(task.engineer()))
                    .ifPresent(engineer -> notifications.tell(
                            List.of(engineer),
                            NotificationEvent.EVIDENCE_ASKED_AGAIN,
                            task.tenantId(),
                            values(task, task.remark())));
        }
    }

    /** Step “Return to engineer”: evidence is wanted once more, unless that was too often. */
    public FieldTask askAgain(UUID id, Collection<String> items, String reason) {
        FieldTask task = get(id);
        task.askAgain(items, reason, clock.instant());
        return task;
    }

    /** The project's manager decided on one more round, perhaps long after it was asked for. */
    public FieldTask grantRound(UUID id) {
        FieldTask task = get(id);
        task.beginVisit(clock.instant());
        return task;
    }

    /** Asked for again too often: the project's manager is told and decides. */
    public void escalate(UUID id) {
        FieldTask task = get(id);
        task.move(FieldTaskState.ESCALATED, "escalated", clock.instant(), task.remark());
        notifications.tell(
                List.of(projectOf(task).manager()),
                NotificationEvent.VERIFICATION_ESCALATED,
                task.tenantId(),
                values(task, task.remark()));
    }

    /** Step “Complete verification”. */
    public void complete(UUID id) {
        FieldTask task = get(id);
        task.move(FieldTaskState.DONE, "done", clock.instant(), null);
        Project project = projectOf(task);
        Client client = project.client();
        notifications.tell(
                List.of(project.manager()), NotificationEvent.VERIFICATION_DONE, task.tenantId(), values(task, null));
        if (client.email() != null) {
            notifications.tellAddress(
                    client.email(),
                    client.language(),
                    NotificationEvent.VERIFICATION_DONE,
                    task.owner(),
                    values(task, null));
        }
    }

    /** Steps “Cancel field task” and “Abandon field task”. */
    public void cancel(UUID id, @Nullable String reason) {
        FieldTask task = get(id);
        task.move(FieldTaskState.CANCELLED, "cancelled", clock.instant(), reason);
        notifications.tell(
                teamOf(task).members(),
                NotificationEvent.VERIFICATION_CANCELLED,
                task.tenantId(),
                values(task, reason));
    }

    @EventListener
    void end(AllocationWithdrawn withdrawn) {
        tasks.findByAllocationIdAndStateNotIn(withdrawn.allocationId(), ENDED)
                .forEach(task -> cancel(task.id(), withdrawn.reason()));
    }

    @EventListener
    void resume(AllocationResumed resumed) {
        tasks.findByAllocationIdAndStateNotIn(resumed.allocationId(), ENDED)
                .forEach(task -> task.postponeVisit(resumed.held(), clock.instant()));
    }

    /**
     * Asks the process that works on the task to end it.
     *
     * @throws Problem 404 when out of sight, 403 for the vendor's side, 409 once it has ended
     */
    public void requestCancellation(UUID id, String reason) {
        FieldTask task = get(id);
        TenantScope.requireOwnersSide(task.tenantId());
        if (task.state().isFinal()) {
            throw Problem.conflict("state", "a field task that is %s cannot be cancelled".formatted(task.state()));
        }
        processes.send(
                "verification-cancelled", task.businessKey(), FIELD_TASK_ID, id.toString(), Map.of(REASON, reason));
    }

    /**
     * Writes down the permit without which nobody may begin.
     *
     * @throws Problem 400 as {@link Permit#issued}, 409 while the site is on hold or when the task has ended
     */
    public void recordPermit(UUID id, String number, LocalDate validFrom, LocalDate validTo) {
        FieldTask task = get(id);
        requireNotHeld(task);
        if (task.state().isFinal()) {
            throw Problem.conflict("state", "the field task is %s".formatted(task.state()));
        }
        task.permit(Permit.issued(number, validFrom, validTo, LocalDate.now(clock)));
    }

    /** Replaces a permit that runs out. @throws Problem as {@link #recordPermit}, 403 for the vendor's side */
    public void renewPermit(UUID id, String number, LocalDate validFrom, LocalDate validTo) {
        TenantScope.requireOwnersSide(get(id).tenantId());
        recordPermit(id, number, validFrom, validTo);
    }

    /** Whether work at the site may begin at {@code when}. */
    boolean isPermitted(FieldTask task, Instant when) {
        Permit permit = task.permit();
        return !siteOf(task).needsPermit()
                || permit != null && permit.covers(LocalDate.ofInstant(when, ZoneOffset.UTC));
    }

    /** Whether the allocation's site is on hold. */
    boolean isHeld(FieldTask task) {
        UUID allocationId = task.allocationId();
        return allocationId != null
                && TenantScope.asSystem(() -> allocations.get(allocationId).heldSince() != null);
    }

    /** @throws Problem 409 while the site is on hold */
    @Transactional(readOnly = true)
    public void requireNotHeld(UUID id) {
        requireNotHeld(get(id));
    }

    private void requireNotHeld(FieldTask task) {
        UUID allocationId = task.allocationId();
        if (allocationId != null) {
            TenantScope.asSystem(() -> allocations.requireNotHeld(allocationId));
        }
    }

    /** @throws Problem 403 for who is not of the team */
    private static void requireMember(FieldTask task) {
        if (!isMine(task)) {
            throw Problem.forbidden("Only the team that was given this field task works on it.");
        }
    }

    /** Whether the signed-in person is of the team. */
    public static boolean isMine(FieldTask task) {
        return SignedInPerson.current()
                .map(person -> person.groups().contains(Team.groupOf(task.teamId())))
                .orElse(true);
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public FieldTask get(UUID id) {
        return tasks.findById(id).orElseThrow(() -> Problem.notFound("field task", id));
    }

    @Transactional(readOnly = true)
    public boolean isInSight(UUID id) {
        return tasks.findById(id).isPresent();
    }

    /** As {@link #get}, and nobody else changes it or its evidence until the transaction ends. */
    public FieldTask lock(UUID id) {
        return tasks.lock(id).orElseThrow(() -> Problem.notFound("field task", id));
    }

    /** The status history. @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public List<FieldTaskEvent> history(UUID id) {
        return get(id).history();
    }

    /** @param ofTeams null for all teams */
    @Transactional(readOnly = true)
    public Page<FieldTask> search(
            @Nullable UUID project,
            @Nullable UUID site,
            @Nullable FieldTaskState state,
            @Nullable Collection<UUID> ofTeams,
            Pageable page) {
        return tasks.search(project, site, state, ofTeams, page);
    }

    /** The site, which whoever sees the field task sees with it. */
    @Transactional(readOnly = true)
    public Site siteOf(FieldTask task) {
        return TenantScope.asSystem(() -> sites.get(task.siteId()));
    }

    /** Within which the evidence is to be captured; null where the site has none. */
    @Transactional(readOnly = true)
    public @Nullable Boundary boundaryOf(FieldTask task) {
        return TenantScope.asSystem(() -> {
            Site site = sites.get(task.siteId());
            return site.boundaryKind() == null
                    ? null
                    : Boundary.parse(sites.boundary(site.id()).geoJson());
        });
    }

    /** What the site should hold, by serial number. */
    @Transactional(readOnly = true)
    public List<EquipmentItem> expectedEquipment(FieldTask task) {
        return TenantScope.asSystem(() -> equipment.at(Place.site(task.siteId())));
    }

    @Transactional(readOnly = true)
    public Team teamOf(FieldTask task) {
        return TenantScope.asSystem(() -> teams.get(task.teamId()));
    }

    @Transactional(readOnly = true)
    public Project projectOf(FieldTask task) {
        return TenantScope.asSystem(() -> projects.get(task.projectId()));
    }

    private Collection<Person> coordinators(FieldTask task) {
        return people.inGroup(CandidateGroup.COORDINATOR, List.of(task.owner()));
    }

    /** The words that messages about a task are filled with. */
    Map<String, String> values(FieldTask task, @Nullable String reason) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("project", projectOf(task).name());
        values.put("site", siteOf(task).code());
        values.put("team", teamOf(task).name());
        values.put("reference", task.businessKey());
        if (reason != null) {
            values.put("reason", reason);
        }
        return values;
    }
}
