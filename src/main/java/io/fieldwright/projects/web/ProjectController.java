package io.fieldwright.projects.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.projects.AllocationState;
import io.fieldwright.projects.Client;
import io.fieldwright.projects.Project;
import io.fieldwright.projects.Projects;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class ProjectController {

    private static final String CODE = "[A-Za-z0-9][A-Za-z0-9._-]{0,39}";
    private static final String CODE_RULE = "must be 1 to 40 letters, digits, '.', '_' or '-'";

    record NewClient(
            @Nullable String organisation,
            @NotNull @Pattern(regexp = CODE, message = CODE_RULE) String code,
            @NotBlank @Size(max = 200) String name,
            @Nullable @Email @Size(max = 254) String email,
            @Nullable @Pattern(regexp = "[a-z]{2}", message = "must be an ISO 639-1 code") String language) {}

    record ClientView(UUID id, String organisation, String code, String name, @Nullable String email, String language) {

        static ClientView of(Client client) {
            return new ClientView(
                    client.id(), client.tenantId(), client.code(), client.name(), client.email(), client.language());
        }
    }

    record NewProject(
            @Nullable String organisation,
            @NotNull @Pattern(regexp = CODE, message = CODE_RULE) String code,
            @NotBlank String client,
            @NotBlank @Size(max = 200) String name,
            @NotBlank String manager,
            @NotNull Project.DesignPhase designPhase,
            @NotNull Project.WorkType workType,
            @Nullable Boolean clientAcceptance,
            @Nullable @Size(max = 100) String requiredSkill,
            @NotNull LocalDate startsOn,
            @Nullable LocalDate endsOn) {

        Projects.Description description() {
            return new Projects.Description(
                    name,
                    manager,
                    designPhase,
                    workType,
                    clientAcceptance != null && clientAcceptance,
                    requiredSkill,
                    startsOn,
                    endsOn);
        }
    }

    record ChangedProject(
            @NotBlank @Size(max = 200) String name,
            @NotBlank String manager,
            @NotNull Project.DesignPhase designPhase,
            @NotNull Project.WorkType workType,
            @NotNull Boolean clientAcceptance,
            @Nullable @Size(max = 100) String requiredSkill,
            @NotNull LocalDate startsOn,
            @Nullable LocalDate endsOn) {

        Projects.Description description() {
            return new Projects.Description(
                    name, manager, designPhase, workType, clientAcceptance, requiredSkill, startsOn, endsOn);
        }
    }

    record ProjectView(
            UUID id,
            String organisation,
            String code,
            String name,
            String client,
            String manager,
            Project.DesignPhase designPhase,
            Project.WorkType workType,
            boolean clientAcceptance,
            @Nullable String requiredSkill,
            LocalDate startsOn,
            @Nullable LocalDate endsOn) {

        static ProjectView of(Project project) {
            return new ProjectView(
                    project.id(),
                    project.tenantId(),
                    project.code(),
                    project.name(),
                    project.client().code(),
                    project.manager().username(),
                    project.designPhase(),
                    project.workType(),
                    project.clientAcceptance(),
                    project.requiredSkill(),
                    project.startsOn(),
                    project.endsOn());
        }
    }

    record ProgressView(Map<AllocationState, Long> allocations, long total, int percentDone) {}

    private final Projects projects;

    ProjectController(Projects projects) {
        this.projects = projects;
    }

    @PostMapping("/clients")
    @PreAuthorize("hasAuthority('projects.write')")
    ResponseEntity<ClientView> createClient(
            @AuthenticationPrincipal SignedInPerson person, @Valid @RequestBody NewClient request) {
        Client client = projects.createClient(
                request.organisation() == null ? person.organisation() : request.organisation(),
                request.code(),
                request.name(),
                request.email(),
                request.language() == null ? "en" : request.language());
        return EntityTag.created("/api/v1/clients/" + client.id(), ClientView.of(client), client.version());
    }

    @GetMapping("/clients")
    @PreAuthorize("hasAuthority('projects.read')")
    Listing<ClientView> clients(@ParameterObject @PageableDefault(sort = "code") Pageable page) {
        return Listing.of(projects.clients(Listing.sortable(page, "code", "name")), ClientView::of);
    }

    @GetMapping("/clients/{id}")
    @PreAuthorize("hasAuthority('projects.read')")
    ResponseEntity<ClientView> client(@PathVariable UUID id) {
        Client client = projects.client(id);
        return EntityTag.ok(ClientView.of(client), client.version());
    }

    @PostMapping("/projects")
    @PreAuthorize("hasAuthority('projects.write')")
    ResponseEntity<ProjectView> create(
            @AuthenticationPrincipal SignedInPerson person, @Valid @RequestBody NewProject request) {
        Project project = projects.create(
                request.organisation() == null ? person.organisation() : request.organisation(),
                request.code(),
                request.client(),
                request.description());
        return EntityTag.created("/api/v1/projects/" + project.id(), ProjectView.of(project), project.version());
    }

    @GetMapping("/projects")
    @PreAuthorize("hasAuthority('projects.read')")
    Listing<ProjectView> list(@ParameterObject @PageableDefault(sort = "code") Pageable page) {
        return Listing.of(projects.list(Listing.sortable(page, "code", "name", "startsOn", "endsOn")), ProjectView::of);
    }

    @GetMapping("/projects/{id}")
    @PreAuthorize("hasAuthority('projects.read')")
    ResponseEntity<ProjectView> get(@PathVariable UUID id) {
        Project project = projects.get(id);
        return EntityTag.ok(ProjectView.of(project), project.version());
    }

    @PutMapping("/projects/{id}")
    @PreAuthorize("hasAuthority('projects.write')")
    ResponseEntity<ProjectView> change(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedProject request) {
        Project project = projects.change(id, ifMatch, request.description());
        return EntityTag.ok(ProjectView.of(project), project.version());
    }

    @GetMapping("/projects/{id}/progress")
    @PreAuthorize("hasAuthority('projects.read')")
    ProgressView progress(@PathVariable UUID id) {
        Projects.Progress progress = projects.progress(projects.get(id).id());
        return new ProgressView(progress.allocations(), progress.total(), progress.percentDone());
    }
}
