package io.fieldwright.people.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.people.EffectivePermissions;
import io.fieldwright.people.Permission;
import io.fieldwright.people.PermissionGroup;
import io.fieldwright.people.PermissionGroups;
import io.fieldwright.people.PermissionOverride;
import io.fieldwright.people.PermissionOverrides;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.Organisation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
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

/** Permissions, the groups and overrides that give them beside designations, and what comes of it for each person. */
@RestController
@RequestMapping("/api/v1")
class PermissionController {

    private static final String CODE = "[a-z][a-z0-9-]{0,39}";
    private static final String CODE_RULE = "must be 1 to 40 lower-case letters, digits and hyphens, a letter first";

    record PermissionView(String id, String description) {}

    record NewPermissionGroup(
            @Nullable @Size(max = Organisation.LONGEST_CODE) String organisation,
            @NotNull @Pattern(regexp = CODE, message = CODE_RULE) String code,
            @NotBlank @Size(max = 200) String name,
            @NotNull @Size(max = 200) Set<@NotBlank @Size(max = 100) String> permissions,
            @NotNull @Size(max = 1000) Set<@NotBlank @Size(max = Person.LONGEST_USERNAME) String> members,
            @Nullable @Size(max = 500) String reason) {

        PermissionGroups.Description description() {
            return new PermissionGroups.Description(name, permissions, members);
        }
    }

    record ChangedPermissionGroup(
            @NotBlank @Size(max = 200) String name,
            @NotNull @Size(max = 200) Set<@NotBlank @Size(max = 100) String> permissions,
            @NotNull @Size(max = 1000) Set<@NotBlank @Size(max = Person.LONGEST_USERNAME) String> members,
            @Nullable @Size(max = 500) String reason) {

        PermissionGroups.Description description() {
            return new PermissionGroups.Description(name, permissions, members);
        }
    }

    record PermissionGroupView(
            UUID id, String organisation, String code, String name, List<String> permissions, List<String> members) {

        static PermissionGroupView of(PermissionGroup group) {
            return new PermissionGroupView(
                    group.id(),
                    group.tenantId(),
                    group.code(),
                    group.name(),
                    group.permissions().stream().sorted().toList(),
                    group.members().stream().map(Person::username).sorted().toList());
        }
    }

    record NewPermissionOverride(
            @NotBlank @Size(max = 100) String permission,
            @NotNull PermissionOverride.Effect effect,
            @Nullable Instant expiresAt,
            @NotBlank @Size(max = 500) String reason) {

        PermissionOverrides.Description description() {
            return new PermissionOverrides.Description(permission, effect, expiresAt, reason);
        }
    }

    record PermissionOverrideView(
            UUID id,
            String permission,
            PermissionOverride.Effect effect,
            @Nullable Instant expiresAt,
            String reason,
            String madeBy,
            Instant madeAt) {

        static PermissionOverrideView of(PermissionOverride override) {
            return new PermissionOverrideView(
                    override.id(),
                    override.permission(),
                    override.effect(),
                    override.expiresAt(),
                    override.reason(),
                    override.madeBy(),
                    override.madeAt());
        }
    }

    private final PermissionGroups groups;
    private final PermissionOverrides overrides;
    private final EffectivePermissions effective;

    PermissionController(PermissionGroups groups, PermissionOverrides overrides, EffectivePermissions effective) {
        this.groups = groups;
        this.overrides = overrides;
        this.effective = effective;
    }

    @GetMapping("/permissions")
    List<PermissionView> permissions() {
        return Arrays.stream(Permission.values())
                .map(permission -> new PermissionView(permission.id(), permission.description()))
                .toList();
    }

    @PostMapping("/permission-groups")
    @PreAuthorize("hasAuthority('people.write')")
    ResponseEntity<PermissionGroupView> create(
            @AuthenticationPrincipal SignedInPerson caller, @Valid @RequestBody NewPermissionGroup request) {
        PermissionGroup created = groups.create(
                request.organisation() == null ? caller.organisation() : request.organisation(),
                request.code(),
                request.description(),
                request.reason());
        return EntityTag.created(
                "/api/v1/permission-groups/" + created.id(), PermissionGroupView.of(created), created.version());
    }

    @GetMapping("/permission-groups")
    @PreAuthorize("hasAuthority('people.read')")
    Listing<PermissionGroupView> groups(@ParameterObject @PageableDefault(sort = "code") Pageable page) {
        return Listing.of(groups.list(Listing.sortable(page, "code", "name")), PermissionGroupView::of);
    }

    @GetMapping("/permission-groups/{id}")
    @PreAuthorize("hasAuthority('people.read')")
    ResponseEntity<PermissionGroupView> group(@PathVariable UUID id) {
        PermissionGroup group = groups.get(id);
        return EntityTag.ok(PermissionGroupView.of(group), group.version());
    }

    @PutMapping("/permission-groups/{id}")
    @PreAuthorize("hasAuthority('people.write')")
    ResponseEntity<PermissionGroupView> change(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedPermissionGroup request) {
        PermissionGroup changed = groups.change(id, ifMatch, request.description(), request.reason());
        return EntityTag.ok(PermissionGroupView.of(changed), changed.version());
    }

    @DeleteMapping("/permission-groups/{id}")
    @PreAuthorize("hasAuthority('people.write')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id, @RequestParam(required = false) @Nullable @Size(max = 500) String reason) {
        groups.delete(id, reason);
    }

    @PostMapping("/people/{id}/permission-overrides")
    @PreAuthorize("hasAuthority('people.write')")
    @ResponseStatus(HttpStatus.CREATED)
    PermissionOverrideView override(@PathVariable UUID id, @Valid @RequestBody NewPermissionOverride request) {
        return PermissionOverrideView.of(overrides.create(id, request.description()));
    }

    @GetMapping("/people/{id}/permission-overrides")
    @PreAuthorize("hasAuthority('people.read')")
    Listing<PermissionOverrideView> overrides(
            @PathVariable UUID id, @ParameterObject @PageableDefault(sort = "madeAt") Pageable page) {
        return Listing.of(
                overrides.list(id, Listing.sortable(page, "madeAt", "permission", "effect", "expiresAt")),
                PermissionOverrideView::of);
    }

    @DeleteMapping("/people/{id}/permission-overrides/{override}")
    @PreAuthorize("hasAuthority('people.write')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(
            @PathVariable UUID id,
            @PathVariable UUID override,
            @RequestParam(required = false) @Nullable @Size(max = 500) String reason) {
        overrides.delete(id, override, reason);
    }

    @GetMapping("/people/{id}/permissions")
    @PreAuthorize("hasAuthority('people.read')")
    EffectivePermissions.Explanation explain(@PathVariable UUID id) {
        return effective.explain(id);
    }

    @GetMapping("/people/diagnostics/permissions")
    @PreAuthorize("hasAuthority('people.read')")
    Listing<EffectivePermissions.Deviation> deviations(
            @ParameterObject @PageableDefault(sort = "username") Pageable page) {
        return Listing.of(effective.deviations(Listing.sortable(page, "username")), deviation -> deviation);
    }
}
