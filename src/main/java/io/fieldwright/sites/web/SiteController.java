package io.fieldwright.sites.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.api.Problem;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.sites.AccessDetails;
import io.fieldwright.sites.Site;
import io.fieldwright.sites.SiteDescription;
import io.fieldwright.sites.Sites;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sites")
class SiteController {

    static final String GEO_JSON = "application/geo+json";

    record SiteBody(
            @Nullable String organisation,
            @NotNull String code,
            @NotNull String name,
            @NotNull String kind,
            @Nullable UUID parent,
            @Nullable String address,
            @NotNull Double latitude,
            @NotNull Double longitude,
            @Nullable Boolean active,
            @Nullable Boolean needsPermit,
            @Nullable AccessDetails access) {

        SiteDescription description() {
            return new SiteDescription(
                    code,
                    name,
                    kind,
                    parent,
                    address,
                    latitude,
                    longitude,
                    active == null || active,
                    needsPermit != null && needsPermit,
                    access == null ? AccessDetails.NONE : access);
        }
    }

    record SiteView(
            UUID id,
            String organisation,
            String code,
            String name,
            String kind,
            @Nullable UUID parent,
            @Nullable String address,
            double latitude,
            double longitude,
            boolean active,
            boolean needsPermit,
            AccessDetails access,
            @Nullable String boundary) {

        static SiteView of(Site site) {
            return new SiteView(
                    site.id(),
                    site.tenantId(),
                    site.code(),
                    site.name(),
                    site.kind(),
                    site.parentId(),
                    site.address(),
                    site.latitude(),
                    site.longitude(),
                    site.active(),
                    site.needsPermit(),
                    site.access(),
                    site.boundaryKind() == null
                            ? null
                            : site.boundaryKind().name().toLowerCase(Locale.ROOT));
        }
    }

    record NearbyView(SiteView site, double metres) {}

    private final Sites sites;

    SiteController(Sites sites) {
        this.sites = sites;
    }

    @PostMapping
    @PreAuthorize("hasAuthority('sites.write')")
    ResponseEntity<SiteView> create(
            @Valid @RequestBody SiteBody request, @AuthenticationPrincipal SignedInPerson caller) {
        String organisation = request.organisation() == null ? caller.organisation() : request.organisation();
        Site created = sites.create(organisation, request.description());
        return EntityTag.created("/api/v1/sites/" + created.id(), SiteView.of(created), created.version());
    }

    @GetMapping
    @PreAuthorize("hasAuthority('sites.read')")
    Listing<SiteView> list(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable UUID parent,
            @RequestParam(required = false) @Nullable Boolean active,
            @ParameterObject @PageableDefault(sort = "code") Pageable page) {
        return Listing.of(
                sites.list(
                        new Sites.Filter(printable("q", q), printable("kind", kind), parent, active),
                        Listing.sortable(page, "code", "name", "kind")),
                SiteView::of);
    }

    private static @Nullable String printable(String field, @Nullable String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw Problem.invalid(field, "contains a control character");
        }
        return text;
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('sites.read')")
    ResponseEntity<SiteView> get(@PathVariable UUID id) {
        Site site = sites.get(id);
        return EntityTag.ok(SiteView.of(site), site.version());
    }

    @PutMapping("/{id}")
    @PreAuthorize("hasAuthority('sites.write')")
    ResponseEntity<SiteView> change(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody SiteBody request) {
        Site changed =
                sites.change(id, ifMatch, requireSameOrganisation(id, request).description());
        return EntityTag.ok(SiteView.of(changed), changed.version());
    }

    private SiteBody requireSameOrganisation(UUID id, SiteBody request) {
        String organisation = sites.get(id).tenantId();
        if (request.organisation() != null && !request.organisation().equals(organisation)) {
            throw Problem.invalid("organisation", "a site stays with the organisation that owns it");
        }
        return request;
    }

    @GetMapping("/near")
    @PreAuthorize("hasAuthority('sites.read')")
    List<NearbyView> near(
            @RequestParam double latitude,
            @RequestParam double longitude,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable Double withinMetres) {
        return sites.near(latitude, longitude, withinMetres, limit).stream()
                .map(nearby -> new NearbyView(SiteView.of(nearby.site()), nearby.metres()))
                .toList();
    }

    @GetMapping("/{id}/boundary")
    @PreAuthorize("hasAuthority('sites.read')")
    ResponseEntity<JsonNode> boundary(@PathVariable UUID id) {
        return drawn(sites.boundary(id));
    }

    @PutMapping(
            path = "/{id}/boundary",
            consumes = {GEO_JSON, MediaType.APPLICATION_JSON_VALUE})
    @PreAuthorize("hasAuthority('sites.write')")
    ResponseEntity<JsonNode> draw(
            @PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody JsonNode geoJson) {
        return drawn(sites.draw(id, ifMatch, geoJson));
    }

    private static ResponseEntity<JsonNode> drawn(Sites.DrawnBoundary boundary) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(GEO_JSON))
                .eTag(EntityTag.of(boundary.version()))
                .body(boundary.geoJson());
    }
}
