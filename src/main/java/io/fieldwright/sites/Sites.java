package io.fieldwright.sites;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import io.fieldwright.api.Problem.FieldError;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The sites of all organisations (requirements, section 5). */
@Service
@Transactional
public class Sites {

    /** What a list is narrowed to; {@code text} is looked for in code and name, whatever the case. */
    public record Filter(
            @Nullable String text, @Nullable String kind, @Nullable UUID parentId, @Nullable Boolean active) {}

    /** A site and how far away it is over the ground. */
    public record Nearby(Site site, double metres) {}

    /** A boundary as GeoJSON, at a version of its site. */
    public record DrawnBoundary(JsonNode geoJson, long version) {}

    private static final int MOST_NEARBY = 500;

    private static final String HAS_ANCESTOR =
            """
            with recursive ancestor(id) as (
              select cast(:parent as uuid)
              union
              select s.parent_id from site s join ancestor a on s.id = a.id where s.parent_id is not null)
            select exists (select from ancestor where id = :site)
            """;

    private final SiteRepository sites;
    private final NearestSites nearest;
    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Sites(SiteRepository sites, NearestSites nearest, JdbcClient jdbc, ObjectMapper json) {
        this.sites = sites;
        this.nearest = nearest;
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Adds a site.
     *
     * @throws Problem 400 for an organisation out of sight, a wrong value or a parent of another organisation, 409 for a
     *     code that is taken, 403 for who is limited to some sites
     */
    public Site create(String tenantId, SiteDescription description) {
        TenantScope.requireAllSites();
        TenantScope.requireOrganisation(tenantId);
        Site site = new Site(tenantId, description);
        check(site, description);
        return sites.saveAndFlush(site);
    }

    /**
     * Writes a site anew, except for its boundary.
     *
     * @throws Problem 404 when out of sight, 412 or 428 by {@code ifMatch}, and as {@link #create}; 400 also for a parent
     *     that is part of the site
     */
    public Site change(UUID id, @Nullable String ifMatch, SiteDescription description) {
        Site site = get(id);
        EntityTag.require(ifMatch, site.version());
        check(site, description);
        site.change(description);
        return sites.saveAndFlush(site);
    }

    private void check(Site site, SiteDescription description) {
        List<FieldError> faults = description.faults();
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
        if (description.parentId() != null) {
            checkParent(site, description.parentId());
        }
        boolean taken = sites.findByTenantIdAndCode(site.tenantId(), description.code())
                .filter(other -> !other.id().equals(site.id()))
                .isPresent();
        if (taken) {
            throw Problem.conflict("code", "the code " + description.code() + " is taken");
        }
    }

    private void checkParent(Site site, UUID parentId) {
        boolean sameOrganisation = sites.findById(parentId)
                .filter(parent -> parent.tenantId().equals(site.tenantId()))
                .isPresent();
        if (!sameOrganisation) {
            throw Problem.invalid("parent", "there is no site " + parentId + " in " + site.tenantId());
        }
        boolean partOfItself = jdbc.sql(HAS_ANCESTOR)
                .param("parent", parentId)
                .param("site", site.id())
                .query(Boolean.class)
                .single();
        if (partOfItself) {
            throw Problem.invalid("parent", "would make the site a part of itself");
        }
    }

    /** @throws Problem 404 when it does not exist or is out of sight */
    @Transactional(readOnly = true)
    public Site get(UUID id) {
        return sites.findById(id).orElseThrow(() -> Problem.notFound("site", id));
    }

    /** Those of the ids that are in sight, by id. */
    @Transactional(readOnly = true)
    public Map<UUID, Site> all(Collection<UUID> ids) {
        return sites.findAllById(ids).stream().collect(Collectors.toMap(Site::id, Function.identity()));
    }

    @Transactional(readOnly = true)
    public Optional<Site> findByCode(String tenantId, String code) {
        return sites.findByTenantIdAndCode(tenantId, code);
    }

    @Transactional(readOnly = true)
    public Page<Site> list(Filter filter, Pageable page) {
        List<Specification<Site>> conditions = new ArrayList<>();
        Collection<String> visible = TenantScope.visible();
        if (visible != null) {
            conditions.add(ownedByOneOf(visible));
        }
        if (filter.text() != null) {
            String pattern = "%" + escaped(filter.text().toLowerCase(Locale.ROOT)) + "%";
            conditions.add((site, query, criteria) -> criteria.like(site.get("search"), pattern, '\\'));
        }
        if (filter.kind() != null) {
            conditions.add(equal("kind", filter.kind()));
        }
        if (filter.parentId() != null) {
            conditions.add(equal("parentId", filter.parentId()));
        }
        if (filter.active() != null) {
            conditions.add(equal("active", filter.active()));
        }
        return sites.findAll(Specification.allOf(conditions), page);
    }

    /** Says again what the tenant filter says, in the form that lets an index give the sites of one owner in order. */
    private static Specification<Site> ownedByOneOf(Collection<String> tenants) {
        List<String> owners = tenants.stream()
                .filter(tenant -> Collaboration.parse(tenant).isAlone())
                .toList();
        return (site, query, criteria) -> site.get("tenantId").in(owners);
    }

    private static Specification<Site> equal(String attribute, Object value) {
        return (site, query, criteria) -> criteria.equal(site.get(attribute), value);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /**
     * The sites in sight that are nearest to a position in WGS84 degrees, by true distance.
     *
     * @param withinMetres leaves out what is farther away
     * @throws Problem 400 for a position off the globe or a limit that is not 1 to 500
     */
    @Transactional(readOnly = true)
    public List<Nearby> near(double latitude, double longitude, @Nullable Double withinMetres, int limit) {
        if (!(Math.abs(latitude) <= 90)) {
            throw Problem.invalid("latitude", "must be between -90 and 90");
        }
        if (!(Math.abs(longitude) <= 180)) {
            throw Problem.invalid("longitude", "must be between -180 and 180");
        }
        if (withinMetres != null && !(withinMetres >= 0)) {
            throw Problem.invalid("withinMetres", "must not be negative");
        }
        if (limit < 1 || limit > MOST_NEARBY) {
            throw Problem.invalid("limit", "must be between 1 and " + MOST_NEARBY);
        }
        List<NearestSites.Found> found = nearest.find(latitude, longitude, withinMetres, limit);
        Map<UUID, Site> loaded = all(found.stream().map(NearestSites.Found::id).toList());
        return found.stream()
                .filter(one -> loaded.containsKey(one.id()))
                .map(one -> new Nearby(loaded.get(one.id()), one.metres()))
                .toList();
    }

    /** @throws Problem 404 when the site is out of sight or has no boundary */
    @Transactional(readOnly = true)
    public DrawnBoundary boundary(UUID siteId) {
        Site site = get(siteId);
        return jdbc.sql("select boundary, version from site where id = :id and boundary is not null")
                .param("id", site.id())
                .query(this::drawn)
                .optional()
                .orElseThrow(() -> Problem.notFound("boundary of site", siteId));
    }

    /**
     * Draws or replaces the boundary.
     *
     * @param geoJson see {@link Boundary#parse}
     * @throws Problem 404 when out of sight, 412 or 428 by {@code ifMatch}, 400 for a boundary that is not valid, 409 when
     *     somebody else changed the site at the same moment
     */
    public DrawnBoundary draw(UUID siteId, @Nullable String ifMatch, JsonNode geoJson) {
        Site site = get(siteId);
        EntityTag.require(ifMatch, site.version());
        Boundary boundary = Boundary.parse(geoJson);
        return jdbc.sql(
                        """
                        update site set boundary_kind = :kind, boundary = cast(:boundary as jsonb), version = version + 1
                        where id = :id and version = :version
                        returning boundary, version
                        """)
                .param("kind", boundary.kind().name())
                .param("boundary", boundary.feature().toString())
                .param("id", siteId)
                .param("version", site.version())
                .query(this::drawn)
                .optional()
                .orElseThrow(() -> Problem.conflict("If-Match", "somebody else changed the site at the same moment"));
    }

    private DrawnBoundary drawn(ResultSet row, int number) throws SQLException {
        try {
            return new DrawnBoundary(json.readTree(row.getString("boundary")), row.getLong("version"));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
