package io.fieldwright.projects;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Clients and their projects. */
@Service
@Transactional
public class Projects {

    /** What is written of a project; {@code manager} is a username of the project's organisation. */
    public record Description(
            String name,
            String manager,
            Project.DesignPhase designPhase,
            Project.WorkType workType,
            boolean clientAcceptance,
            @Nullable String requiredSkill,
            LocalDate startsOn,
            @Nullable LocalDate endsOn) {}

    /** How far a project is: its allocations that are not cancelled, by state. */
    public record Progress(Map<AllocationState, Long> allocations) {

        public long total() {
            return allocations.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Share of the sites that are done, in whole percent, rounded down so that 100 means all. */
        public int percentDone() {
            return total() == 0 ? 0 : (int) (100 * allocations.getOrDefault(AllocationState.DONE, 0L) / total());
        }
    }

    private final ClientRepository clients;
    private final ProjectRepository projects;
    private final AllocationRepository allocations;
    private final People people;
    private final Organisations organisations;

    Projects(
            ClientRepository clients,
            ProjectRepository projects,
            AllocationRepository allocations,
            People people,
            Organisations organisations) {
        this.clients = clients;
        this.projects = projects;
        this.allocations = allocations;
        this.people = people;
        this.organisations = organisations;
    }

    /**
     * Adds somebody whom the organisation works for.
     *
     * @throws Problem 400 for an organisation out of sight, 409 for a code that is taken and for a vendor that is not in
     *     dual mode
     */
    public Client createClient(String organisation, String code, String name, @Nullable String email, String language) {
        TenantScope.requireOrganisation(organisation);
        organisations.requireOwnClients(organisation);
        if (clients.findByTenantIdAndCode(organisation, code).isPresent()) {
            throw Problem.conflict("code", "the code " + code + " is taken");
        }
        return clients.save(new Client(organisation, code, name, email, language));
    }

    @Transactional(readOnly = true)
    public Page<Client> clients(Pageable page) {
        return clients.findAll(page);
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Client client(UUID id) {
        return clients.findById(id).orElseThrow(() -> Problem.notFound("client", id));
    }

    /**
     * Opens a project for a client of the same organisation.
     *
     * @throws Problem 400 for an unknown client or manager or an end before the start, 409 for a code that is taken
     *     and for a vendor that is not, or no longer, in dual mode
     */
    public Project create(String organisation, String code, String clientCode, Description description) {
        TenantScope.requireOrganisation(organisation);
        organisations.requireOwnClients(organisation);
        if (projects.existsByTenantIdAndCode(organisation, code)) {
            throw Problem.conflict("code", "the code " + code + " is taken");
        }
        Client client = clients.findByTenantIdAndCode(organisation, clientCode)
                .orElseThrow(() -> Problem.invalid("client", "there is no client " + clientCode));
        checkDates(description);
        return projects.save(new Project(organisation, code, description, client, manager(organisation, description)));
    }

    /** @throws Problem 404 when out of sight, 412 or 428 by {@code ifMatch}, 400 as in {@link #create} */
    public Project change(UUID id, @Nullable String ifMatch, Description description) {
        Project project = get(id);
        EntityTag.require(ifMatch, project.version());
        checkDates(description);
        project.change(description, manager(project.tenantId(), description));
        return projects.saveAndFlush(project);
    }

    private Person manager(String organisation, Description description) {
        return people.find(description.manager())
                .filter(person -> person.tenantId().equals(organisation))
                .orElseThrow(() -> Problem.invalid("manager", description.manager() + " is nobody of " + organisation));
    }

    private static void checkDates(Description description) {
        if (description.endsOn() != null && description.endsOn().isBefore(description.startsOn())) {
            throw Problem.invalid("endsOn", "must not be before startsOn");
        }
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Project get(UUID id) {
        return projects.findById(id).orElseThrow(() -> Problem.notFound("project", id));
    }

    @Transactional(readOnly = true)
    public Page<Project> list(Pageable page) {
        return projects.findAll(page);
    }

    @Transactional(readOnly = true)
    public Progress progress(UUID projectId) {
        Map<AllocationState, Long> counts = new EnumMap<>(AllocationState.class);
        allocations.countByState(projectId).forEach(count -> counts.put(count.state(), count.allocations()));
        return new Progress(counts);
    }
}
