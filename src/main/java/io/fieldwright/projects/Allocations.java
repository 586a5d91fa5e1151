package io.fieldwright.projects;

import io.fieldwright.api.Problem;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.notification.Notifications;
import io.fieldwright.people.CandidateGroup;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.people.Team;
import io.fieldwright.people.Teams;
import io.fieldwright.sites.Geodesy;
import io.fieldwright.sites.Site;
import io.fieldwright.sites.Sites;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.Engagements;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.Processes;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sites allocated to projects. People steer with messages; only the steps of {@code site-lifecycle} change states
 * (requirements, section 7).
 */
@Service
@Transactional
public class Allocations {

    /** The names that the process {@code site-lifecycle} and this service share. */
    public static final String PROCESS = "site-lifecycle";

    public static final String ALLOCATION_ID = "allocationId";
    public static final String TEAM_ID = "teamId";
    public static final String REASON = "reason";

    private final AllocationRepository allocations;
    private final Projects projects;
    private final Sites sites;
    private final Teams teams;
    private final People people;
    private final Engagements engagements;
    private final Processes processes;
    private final Notifications notifications;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Allocations(
            AllocationRepository allocations,
            Projects projects,
            Sites sites,
            Teams teams,
            People people,
            Engagements engagements,
            Processes processes,
            Notifications notifications,
            ApplicationEventPublisher events,
            Clock clock) {
        this.allocations = allocations;
        this.projects = projects;
        this.sites = sites;
        this.teams = teams;
        this.people = people;
        this.engagements = engagements;
        this.processes = processes;
        this.notifications = notifications;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Allocates a site to a project and starts its lifecycle.
     *
     * @throws Problem 400 for a project or site out of sight or a site of another organisation, 409 when the site is in
     *     the project already
     */
    public Allocation allocate(UUID projectId, UUID siteId) {
        Project project = Problem.named("project", () -> projects.get(projectId));
        Site site = Problem.named("site", () -> sites.get(siteId));
        if (!site.tenantId().equals(project.tenantId())) {
            throw Problem.invalid("site", "does not belong to the project's organisation");
        }
        if (allocations.existsByProjectIdAndSiteIdAndCancelledAtIsNull(projectId, siteId)) {
            throw Problem.conflict("site", "%s is already allocated to %s".formatted(site.code(), project.code()));
        }
        String businessKey = project.code() + "/" + site.code();
        Allocation allocation = allocations.saveAndFlush(new Allocation(project, siteId, businessKey, clock.instant()));
        processes.start(
                PROCESS,
                allocation.tenantId(),
                businessKey,
                Map.of(
                        ALLOCATION_ID,
                        allocation.id().toString(),
                        "projectId",
                        projectId.toString(),
                        "siteId",
                        siteId.toString()));
        return allocation;
    }

    /** Takes the site from the team that has not begun; it goes back to the coordinator. */
    public void unassign(UUID id, String reason) {
        Allocation allocation = steered(id);
        requireState(allocation, AllocationState.ASSIGNED, "unassigned; reassign it instead once work has started");
        send("team-unassigned", allocation, Map.of(REASON, reason));
    }

    /**
     * Gives the site to another team.
     *
     * @throws Problem 400 for a team that may not be chosen, 409 when no team has the site or it is that team already
     */
    public void reassign(UUID id, UUID teamId, String reason) {
        Allocation allocation = steered(id);
        Team current = allocation
                .team()
                .filter(team -> allocation.state() != AllocationState.DONE && allocation.cancelledAt() == null)
                .orElseThrow(() -> Problem.conflict("state", "no team has this site now"));
        if (current.id().equals(teamId)) {
            throw Problem.conflict("team", "this team has the site already");
        }
        choose(allocation, "team", teamId);
        send("team-reassigned", allocation, Map.of(REASON, reason, "reassignedTeamId", teamId.toString()));
    }

    public void hold(UUID id, String reason) {
        Allocation allocation = steered(id);
        requireOpen(allocation);
        allocation.requireNotHeld();
        send("site-held", allocation, Map.of(REASON, reason));
    }

    public void resume(UUID id) {
        Allocation allocation = steered(id);
        requireOpen(allocation);
        if (allocation.heldSince() == null) {
            throw Problem.conflict("state", "the site is not on hold");
        }
        send("site-resumed", allocation, Map.of());
    }

    public void cancel(UUID id, String reason) {
        Allocation allocation = steered(id);
        requireOpen(allocation);
        send("site-cancelled", allocation, Map.of(REASON, reason));
    }

    private void send(String message, Allocation allocation, Map<String, Object> variables) {
        processes.send(
                message,
                allocation.businessKey(),
                ALLOCATION_ID,
                allocation.id().toString(),
                variables);
    }

    /** @throws Problem 403 for the vendor's side, which is given the site and does not steer it */
    private Allocation steered(UUID id) {
        Allocation allocation = get(id);
        TenantScope.requireOwnersSide(allocation.tenantId());
        return allocation;
    }

    private static void requireOpen(Allocation allocation) {
        if (allocation.state() == AllocationState.DONE || allocation.cancelledAt() != null) {
            throw Problem.conflict("state", "the site is " + (allocation.cancelledAt() == null ? "done" : "cancelled"));
        }
    }

    private static void requireState(Allocation allocation, AllocationState state, String what) {
        if (allocation.state() != state || allocation.cancelledAt() != null) {
            throw Problem.conflict("state", "a site that is %s cannot be %s".formatted(allocation.state(), what));
        }
    }

    /** The teams that may be given the site, the best first: skilled, then with less to do, then nearer. */
    @Transactional(readOnly = true)
    public List<TeamChoice> teamChoices(UUID id) {
        return choices(steered(id));
    }

    private List<TeamChoice> choices(Allocation allocation) {
        return TenantScope.asSystem(() -> {
            List<Team> candidates =
                    teams.activeOf(engagements.workersOf(allocation.owner()).keySet());
            Map<UUID, Long> open = new HashMap<>();
            allocations
                    .countOpenByTeam(candidates.stream().map(Team::id).toList(), allocation.owner())
                    .forEach(workload -> open.put(workload.teamId(), workload.open()));
            Site site = sites.get(allocation.siteId());
            String skill = allocation.project().requiredSkill();
            return candidates.stream()
                    .map(team -> new TeamChoice(
                            team,
                            skill == null || team.skills().contains(skill),
                            distance(team, site),
                            open.getOrDefault(team.id(), 0L)))
                    .sorted(Comparator.comparing((TeamChoice choice) -> !choice.skilled())
                            .thenComparing(TeamChoice::openAllocations)
                            .thenComparing(TeamChoice::distanceMetres, Comparator.nullsLast(Comparator.naturalOrder())))
                    .toList();
        });
    }

    private static @Nullable Double distance(Team team, Site site) {
        return team.latitude() == null || team.longitude() == null
                ? null
                : Geodesy.metres(team.latitude(), team.longitude(), site.latitude(), site.longitude());
    }

    private Team choose(Allocation allocation, String field, UUID teamId) {
        return choices(allocation).stream()
                .map(TeamChoice::team)
                .filter(team -> team.id().equals(teamId))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(field, "is not one of the teams that may be given this site"));
    }

    /** Checks a coordinator's choice before the process takes it up. */
    public Team chosenTeam(UUID id, UUID teamId) {
        Allocation allocation = get(id);
        allocation.requireNotHeld();
        return choose(allocation, TEAM_ID, teamId);
    }

    /**
     * Step “Offer work to team”. A team that replaces another has been assigned already; the coordinator's note is for
     * one that has not.
     */
    public Allocation offer(UUID id, UUID teamId, @Nullable String note) {
        Allocation allocation = get(id);
        if (allocation.state() == AllocationState.ALLOCATED) {
            assign(allocation, teamId, "assigned", note);
        }
        tellLead(allocation, NotificationEvent.TEAM_OFFERED, allocation.lastRemark());
        return allocation;
    }

    private void assign(Allocation allocation, UUID teamId, String what, @Nullable String why) {
        Team team = teams.get(teamId);
        Collaboration collaboration = engagements
                .collaboration(allocation.owner(), team.tenantId())
                .orElseThrow(() -> Problem.conflict("team", "%s is no longer engaged".formatted(team.tenantId())));
        allocation.assign(team, collaboration, what, clock.instant(), why);
    }

    /** Step “Start work”. */
    public Allocation startWork(UUID id) {
        Allocation allocation = get(id);
        allocation.startWork(clock.instant());
        return allocation;
    }

    /** Step “Return to coordinator”: the team declined or did not answer in time. */
    public void returnToCoordinator(UUID id, String reason) {
        Allocation allocation = get(id);
        allocation.withdraw("returned to coordinator", clock.instant(), reason);
        notifications.tell(
                coordinators(allocation),
                NotificationEvent.ASSIGNMENT_RETURNED,
                allocation.tenantId(),
                values(allocation, reason));
    }

    /** Step “Withdraw team”. */
    public void withdrawTeam(UUID id, @Nullable String reason) {
        Allocation allocation = get(id);
        tellLead(allocation, NotificationEvent.TEAM_WITHDRAWN, reason);
        allocation.withdraw("team unassigned", clock.instant(), reason);
    }

    /** Step “Replace team”: work begun by the former team is ended. */
    public void replaceTeam(UUID id, UUID teamId, @Nullable String reason) {
        Allocation allocation = get(id);
        tellLead(allocation, NotificationEvent.TEAM_WITHDRAWN, reason);
        if (allocation.state() == AllocationState.ASSIGNED) {
            allocation.withdraw("team unassigned", clock.instant(), reason);
        } else {
            events.publishEvent(new AllocationWithdrawn(id, reason));
        }
        assign(allocation, teamId, "reassigned", reason);
    }

    /** Step “Put on hold”. */
    public void putOnHold(UUID id, @Nullable String reason) {
        Allocation allocation = get(id);
        allocation.hold(clock.instant(), reason);
        tellLead(allocation, NotificationEvent.SITE_HELD, reason);
    }

    /** Step “Resume work”; answers how long the hold lasted. */
    public Duration resumeWork(UUID id) {
        Allocation allocation = get(id);
        Duration held = allocation.resume(clock.instant());
        events.publishEvent(new AllocationResumed(id, held));
        tellLead(allocation, NotificationEvent.SITE_RESUMED, null);
        return held;
    }

    /** Steps “Cancel allocation” and “Record cancellation”: work begun is ended. */
    public void recordCancellation(UUID id, @Nullable String reason) {
        Allocation allocation = get(id);
        events.publishEvent(new AllocationWithdrawn(id, reason));
        allocation.cancel(clock.instant(), reason);
        tellLead(allocation, NotificationEvent.SITE_CANCELLED, reason);
        notifications.tell(
                coordinators(allocation),
                NotificationEvent.SITE_CANCELLED,
                allocation.tenantId(),
                values(allocation, reason));
    }

    /** Step “Complete allocation”: the equipment is sealed for pickup, the client is told. */
    public void complete(UUID id) {
        Allocation allocation = get(id);
        allocation.complete(clock.instant());
        Client client = allocation.project().client();
        notifications.tell(
                List.of(allocation.project().manager()),
                NotificationEvent.SITE_DONE,
                allocation.tenantId(),
                values(allocation, null));
        if (client.email() != null) {
            notifications.tellAddress(
                    client.email(),
                    client.language(),
                    NotificationEvent.SITE_DONE,
                    allocation.owner(),
                    values(allocation, null));
        }
    }

    /**
     * The collaboration in which a team works for {@code owner}: work of an allocation stays in the company it was given to.
     *
     * @param allocationId null for work that was ordered by itself
     * @throws Problem 400 for a team that is not active or not engaged
     */
    @Transactional(readOnly = true)
    public Collaboration collaboration(String owner, UUID teamId, @Nullable UUID allocationId) {
        Team team = Problem.named("team", () -> teams.get(teamId));
        Collaboration engaged = engagements
                .collaboration(owner, team.tenantId())
                .filter(collaboration -> team.active())
                .orElseThrow(() -> Problem.invalid("team", "there is no such team"));
        return allocationId == null
                ? engaged
                : Collaboration.parse(get(allocationId).tenantId());
    }

    /** @throws Problem 409 while the site is on hold */
    @Transactional(readOnly = true)
    public void requireNotHeld(UUID id) {
        get(id).requireNotHeld();
    }

    private void tellLead(Allocation allocation, NotificationEvent event, @Nullable String reason) {
        allocation
                .team()
                .ifPresent(team -> notifications.tell(
                        List.of(team.lead()), event, allocation.tenantId(), values(allocation, reason)));
    }

    private List<Person> coordinators(Allocation allocation) {
        return people.inGroup(CandidateGroup.COORDINATOR, List.of(allocation.owner()));
    }

    private static Map<String, String> values(Allocation allocation, @Nullable String reason) {
        Map<String, String> values = new HashMap<>();
        values.put("project", allocation.project().name());
        values.put(
                "site",
                allocation.businessKey().substring(allocation.businessKey().indexOf('/') + 1));
        values.put("reference", allocation.businessKey());
        allocation.team().ifPresent(team -> values.put("team", team.name()));
        if (reason != null) {
            values.put("reason", reason);
        }
        return values;
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Allocation get(UUID id) {
        return allocations.findById(id).orElseThrow(() -> Problem.notFound("allocation", id));
    }

    /** As {@link #get}, with the status history loaded. */
    @Transactional(readOnly = true)
    public List<AllocationEvent> history(UUID id) {
        return get(id).history();
    }

    @Transactional(readOnly = true)
    public Page<Allocation> search(@Nullable UUID project, @Nullable AllocationState state, Pageable page) {
        return allocations.search(project, state, page);
    }

    /** The sites of these allocations, by id; visible to whoever sees the allocation. */
    @Transactional(readOnly = true)
    public Map<UUID, Site> sitesOf(List<Allocation> listed) {
        return TenantScope.asSystem(
                () -> sites.all(listed.stream().map(Allocation::siteId).collect(Collectors.toSet())));
    }
}
