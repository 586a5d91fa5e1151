package io.fieldwright.tenancy.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
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
class OrganisationController {

    record NewOrganisation(
            @NotBlank String code,
            @NotNull Organisation.Kind kind,
            @NotBlank @Size(max = 200) String name,
            @Nullable String parent,
            @Nullable String telecomCircle,
            @Nullable Boolean dualMode,
            @Nullable @Valid FirstAdministrator administrator) {

        Organisations.Profile profile() {
            return new Organisations.Profile(name, telecomCircle, Boolean.TRUE.equals(dualMode));
        }
    }

    record FirstAdministrator(
            @NotBlank String username,
            @NotBlank String password,
            @NotBlank @Size(max = 200) String name,
            @Nullable @Email @Size(max = 254) String email) {

        Organisations.Administrator administrator() {
            return new Organisations.Administrator(username, password, name, email);
        }
    }

    record ChangedOrganisation(
            @NotBlank @Size(max = 200) String name, @Nullable String telecomCircle, @Nullable Boolean dualMode) {

        Organisations.Profile profile() {
            return new Organisations.Profile(name, telecomCircle, Boolean.TRUE.equals(dualMode));
        }
    }

    record Reason(@NotBlank @Size(max = 500) String reason) {}

    record OrganisationView(
            String code,
            Organisation.Kind kind,
            String name,
            @Nullable String parent,
            @Nullable String telecomCircle,
            boolean dualMode,
            boolean active,
            Organisation.State state,
            @Nullable String stateReason,
            Instant stateSince) {

        static OrganisationView of(Organisation organisation) {
            return new OrganisationView(
                    organisation.code(),
                    organisation.kind(),
                    organisation.name(),
                    organisation.parentCode(),
                    organisation.telecomCircle(),
                    organisation.dualMode(),
                    organisation.active(),
                    organisation.state(),
                    organisation.stateReason(),
                    organisation.stateSince());
        }
    }

    private final Organisations organisations;

    OrganisationController(Organisations organisations) {
        this.organisations = organisations;
    }

    @PostMapping("/organisations")
    @PreAuthorize("hasAuthority('organisations.write')")
    ResponseEntity<OrganisationView> create(@Valid @RequestBody NewOrganisation request) {
        Organisation created = organisations.create(
                request.code(),
                request.kind(),
                request.profile(),
                request.parent(),
                request.administrator() == null ? null : request.administrator().administrator(),
                Organisation.State.ACTIVE);
        return ResponseEntity.created(URI.create("/api/v1/organisations/" + created.code()))
                .body(OrganisationView.of(created));
    }

    @GetMapping("/organisations")
    Listing<OrganisationView> list(@ParameterObject @PageableDefault(sort = "code") Pageable page) {
        return Listing.of(organisations.list(Listing.sortable(page, "code", "name", "kind")), OrganisationView::of);
    }

    @GetMapping("/organisations/{code}")
    ResponseEntity<OrganisationView> get(@PathVariable String code) {
        Organisation organisation = organisations.get(code);
        return answer(organisation);
    }

    @PutMapping("/organisations/{code}")
    @PreAuthorize("hasAuthority('organisations.write')")
    ResponseEntity<OrganisationView> change(
            @PathVariable String code,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedOrganisation request) {
        return answer(organisations.change(code, ifMatch, request.profile()));
    }

    @PostMapping("/organisations/{code}/suspend")
    @PreAuthorize("hasAuthority('organisations.write')")
    OrganisationView suspend(
            @PathVariable String code,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody Reason request) {
        return OrganisationView.of(organisations.suspend(code, ifMatch, request.reason()));
    }

    @PostMapping("/organisations/{code}/reactivate")
    @PreAuthorize("hasAuthority('organisations.write')")
    OrganisationView reactivate(
            @PathVariable String code,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody Reason request) {
        return OrganisationView.of(organisations.reactivate(code, ifMatch, request.reason()));
    }

    @PostMapping("/organisations/{code}/close")
    @PreAuthorize("hasAuthority('organisations.write')")
    OrganisationView close(
            @PathVariable String code,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody Reason request) {
        return OrganisationView.of(organisations.close(code, ifMatch, request.reason()));
    }

    private static ResponseEntity<OrganisationView> answer(Organisation organisation) {
        return EntityTag.ok(OrganisationView.of(organisation), organisation.version());
    }
}
