package io.fieldwright.sites.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.people.Person;
import io.fieldwright.sites.SiteAccess;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The sites a person is limited to; {@code siteIds} null means all. The entity tag is that of the person. */
@RestController
@RequestMapping("/api/v1/people/{id}/sites")
class SiteAccessController {

    record SiteLimit(
            @Nullable @Size(min = 1, max = 1000) Set<@NotNull UUID> siteIds,
            @Nullable @Size(max = 500) String reason) {}

    record SiteLimitView(@Nullable List<UUID> siteIds) {

        static SiteLimitView of(Person person) {
            return new SiteLimitView(
                    person.sites() == null
                            ? null
                            : person.sites().stream().sorted().toList());
        }
    }

    private final SiteAccess access;

    SiteAccessController(SiteAccess access) {
        this.access = access;
    }

    @GetMapping
    @PreAuthorize("hasAuthority('people.read')")
    ResponseEntity<SiteLimitView> get(@PathVariable UUID id) {
        Person person = access.get(id);
        return EntityTag.ok(SiteLimitView.of(person), person.version());
    }

    @PutMapping
    @PreAuthorize("hasAuthority('people.write')")
    ResponseEntity<SiteLimitView> limit(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody SiteLimit request) {
        Person limited = access.limit(id, ifMatch, request.siteIds(), request.reason());
        return EntityTag.ok(SiteLimitView.of(limited), limited.version());
    }
}
