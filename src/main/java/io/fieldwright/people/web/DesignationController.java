package io.fieldwright.people.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.api.Problem;
import io.fieldwright.people.Designation;
import io.fieldwright.people.DesignationTemplate;
import io.fieldwright.people.Designations;
import io.fieldwright.people.Permission;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.Organisation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A designation made from a template is what the template says, as far as the request does not say otherwise. */
@RestController
@RequestMapping("/api/v1")
class DesignationController {

    private static final String CODE = "[a-z][a-z0-9-]{0,39}";
    private static final String CODE_RULE = "must be 1 to 40 lower-case letters, digits and hyphens, a letter first";

    record NewDesignation(
            @Nullable @Size(max = Organisation.LONGEST_CODE) String organisation,
            @Nullable @Size(max = 40) String template,
            @Nullable @Pattern(regexp = CODE, message = CODE_RULE) String code,
            @Nullable @Size(min = 1, max = 200) String name,
            @Nullable UUID reportsTo,
            @Nullable @Size(max = 50) Set<@NotBlank @Size(max = 100) String> candidateGroups,
            @Nullable @Size(max = 200) Set<@NotBlank @Size(max = 100) String> permissions,
            @Nullable @Size(max = 500) String reason) {

        Designations.Description description(Designations.Description defaults) {
            return new Designations.Description(
                    name == null ? defaults.name() : name,
                    reportsTo == null ? defaults.reportsTo() : reportsTo,
                    candidateGroups == null ? defaults.candidateGroups() : candidateGroups,
                    permissions == null ? defaults.permissions() : permissions);
        }
    }

    record ChangedDesignation(
            @NotBlank @Size(max = 200) String name,
            @Nullable UUID reportsTo,
            @NotNull @Size(max = 50) Set<@NotBlank @Size(max = 100) String> candidateGroups,
            @NotNull @Size(max = 200) Set<@NotBlank @Size(max = 100) String> permissions,
            @Nullable @Size(max = 500) String reason) {

        Designations.Description description() {
            return new Designations.Description(name, reportsTo, candidateGroups, permissions);
        }
    }

    record DesignationView(
            UUID id,
            String organisation,
            String code,
            String name,
            @Nullable String template,
            @Nullable UUID reportsTo,
            List<String> candidateGroups,
            List<String> permissions) {

        static DesignationView of(Designation designation) {
            return new DesignationView(
                    designation.id(),
                    designation.tenantId(),
                    designation.code(),
                    designation.name(),
                    designation.template(),
                    designation.parentId(),
                    designation.candidateGroups().stream().sorted().toList(),
                    designation.permissions().stream().sorted().toList());
        }
    }

    record TemplateView(
            String code,
            String name,
            @Nullable String reportsTo,
            List<String> candidateGroups,
            List<String> permissions) {

        static TemplateView of(DesignationTemplate template) {
            return new TemplateView(
                    template.code(),
                    template.title(),
                    template.reportsTo(),
                    List.of(template.group().id()),
                    template.permissions().stream().map(Permission::id).sorted().toList());
        }
    }

    private final Designations designations;

    DesignationController(Designations designations) {
        this.designations = designations;
    }

    @GetMapping("/designation-templates")
    @PreAuthorize("hasAuthority('people.read')")
    List<TemplateView> templates() {
        return Arrays.stream(DesignationTemplate.values()).map(TemplateView::of).toList();
    }

    @PostMapping("/designations")
    @PreAuthorize("hasAuthority('people.write')")
    ResponseEntity<DesignationView> create(
            @AuthenticationPrincipal SignedInPerson caller, @Valid @RequestBody NewDesignation request) {
        String organisation = request.organisation() == null ? caller.organisation() : request.organisation();
        String template = request.template();
        String code = request.code() == null ? template : request.code();
        if (code == null) {
            throw Problem.invalid("code", "must be given without a template");
        }
        if (template == null && request.name() == null) {
            throw Problem.invalid("name", "must be given without a template");
        }
        Designations.Description defaults = template == null
                ? new Designations.Description("", null, Set.of(), Set.of())
                : designations.fromTemplate(organisation, template);
        Designation created =
                designations.create(organisation, code, template, request.description(defaults), request.reason());
        return EntityTag.created(
                "/api/v1/designations/" + created.id(), DesignationView.of(created), created.version());
    }

    @GetMapping("/designations")
    @PreAuthorize("hasAuthority('people.read')")
    Listing<DesignationView> list(@ParameterObject @PageableDefault(sort = {"tenantId", "code"}) Pageable page) {
        return Listing.of(designations.list(Listing.sortable(page, "tenantId", "code", "name")), DesignationView::of);
    }

    @GetMapping("/designations/{id}")
    @PreAuthorize("hasAuthority('people.read')")
    ResponseEntity<DesignationView> get(@PathVariable UUID id) {
        Designation designation = designations.get(id);
        return EntityTag.ok(DesignationView.of(designation), designation.version());
    }

    @PutMapping("/designations/{id}")
    @PreAuthorize("hasAuthority('people.write')")
    ResponseEntity<DesignationView> change(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedDesignation request) {
        Designation changed = designations.change(id, ifMatch, request.description(), request.reason());
        return EntityTag.ok(DesignationView.of(changed), changed.version());
    }

    @DeleteMapping("/designations/{id}")
    @PreAuthorize("hasAuthority('people.write')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, @RequestParam(required = false) @Nullable @Size(max = 500) String reason) {
        designations.delete(id, reason);
    }
}
