package io.fieldwright.projects.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.AllocationEvent;
import io.fieldwright.projects.AllocationState;
import io.fieldwright.projects.Allocations;
import io.fieldwright.projects.TeamChoice;
import io.fieldwright.sites.Site;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Starting and steering the site lifecycle. States move only because the process moves. */
@RestController
@RequestMapping("/api/v1/allocations")
class AllocationController {

    record NewAllocation(@NotNull UUID project, @NotNull UUID site) {}

    record Reason(@NotBlank @Size(max = 500) String reason) {}

    record Reassignment(@NotNull UUID team, @NotBlank @Size(max = 500) String reason) {}

    record AllocatedSiteView(
            UUID id, String code, String name, double latitude, double longitude, boolean needsPermit) {}

    record AllocationView(
            UUID id,
            String tenantId,
            String businessKey,
            UUID project,
            AllocatedSiteView site,
            AllocationState state,
            @Nullable UUID team,
            @Nullable String teamLead,
            @Nullable Instant heldSince,
            @Nullable Instant cancelledAt,
            Instant allocatedAt,
            @Nullable Instant doneAt) {

        static AllocationView of(Allocation allocation, Map<UUID, Site> sites) {
            Site site = sites.get(allocation.siteId());
            return new AllocationView(
                    allocation.id(),
                    allocation.tenantId(),
                    allocation.businessKey(),
                    allocation.project().id(),
                    new AllocatedSiteView(
                            site.id(), site.code(), site.name(), site.latitude(), site.longitude(), site.needsPermit()),
                    allocation.state(),
                    allocation.team().map(team -> team.id()).orElse(null),
                    allocation.team().map(team -> team.lead().username()).orElse(null),
                    allocation.heldSince(),
                    allocation.cancelledAt(),
                    allocation.allocatedAt(),
                    allocation.doneAt());
        }
    }

    record TeamChoiceView(
            UUID team,
            String code,
            String name,
            String organisation,
            boolean skilled,
            @Nullable Double distanceMetres,
            long openAllocations) {

        static TeamChoiceView of(TeamChoice choice) {
            return new TeamChoiceView(
                    choice.team().id(),
                    choice.team().code(),
                    choice.team().name(),
                    choice.team().tenantId(),
                    choice.skilled(),
                    choice.distanceMetres(),
                    choice.openAllocations());
        }
    }

    private final Allocations allocations;

    AllocationController(Allocations allocations) {
        this.allocations = allocations;
    }

    @PostMapping
    @PreAuthorize("hasAuthority('projects.write')")
    ResponseEntity<AllocationView> allocate(@Valid @RequestBody NewAllocation request) {
        Allocation allocation = allocations.allocate(request.project(), request.site());
        return EntityTag.created("/api/v1/allocations/" + allocation.id(), view(allocation), allocation.version());
    }

    @GetMapping
    @PreAuthorize("hasAuthority('projects.read')")
    Listing<AllocationView> list(
            @RequestParam(required = false) @Nullable UUID project,
            @RequestParam(required = false) @Nullable AllocationState state,
            @ParameterObject @PageableDefault(sort = "allocatedAt") Pageable page) {
        Page<Allocation> found = allocations.search(
                project, state, Listing.sortable(page, "allocatedAt", "doneAt", "businessKey", "state"));
        Map<UUID, Site> sites = allocations.sitesOf(found.getContent());
        return Listing.of(found, allocation -> AllocationView.of(allocation, sites));
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('projects.read')")
    ResponseEntity<AllocationView> get(@PathVariable UUID id) {
        Allocation allocation = allocations.get(id);
        return EntityTag.ok(view(allocation), allocation.version());
    }

    @GetMapping("/{id}/history")
    @PreAuthorize("hasAuthority('projects.read')")
    List<AllocationEvent> history(@PathVariable UUID id) {
        return allocations.history(id);
    }

    @GetMapping("/{id}/team-choices")
    @PreAuthorize("hasAuthority('allocations.steer')")
    List<TeamChoiceView> teamChoices(@PathVariable UUID id) {
        return allocations.teamChoices(id).stream().map(TeamChoiceView::of).toList();
    }

    @PostMapping("/{id}/unassignment")
    @PreAuthorize("hasAuthority('allocations.steer')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unassign(@PathVariable UUID id, @Valid @RequestBody Reason request) {
        allocations.unassign(id, request.reason());
    }

    @PostMapping("/{id}/reassignment")
    @PreAuthorize("hasAuthority('allocations.steer')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reassign(@PathVariable UUID id, @Valid @RequestBody Reassignment request) {
        allocations.reassign(id, request.team(), request.reason());
    }

    @PostMapping("/{id}/hold")
    @PreAuthorize("hasAuthority('allocations.steer')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void hold(@PathVariable UUID id, @Valid @RequestBody Reason request) {
        allocations.hold(id, request.reason());
    }

    @PostMapping("/{id}/resumption")
    @PreAuthorize("hasAuthority('allocations.steer')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resume(@PathVariable UUID id) {
        allocations.resume(id);
    }

    @PostMapping("/{id}/cancellation")
    @PreAuthorize("hasAuthority('allocations.steer')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable UUID id, @Valid @RequestBody Reason request) {
        allocations.cancel(id, request.reason());
    }

    private AllocationView view(Allocation allocation) {
        return AllocationView.of(allocation, allocations.sitesOf(List.of(allocation)));
    }
}
