package io.fieldwright.sites;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.UUID;
import org.hibernate.annotations.Filter;
import org.jspecify.annotations.Nullable;

/**
 * A place where work happens; it outlives the projects. Its tenant is the organisation that owns it. The boundary itself
 * may be large and is read apart ({@link Sites#boundary}).
 */
@Entity
@Filter(name = TenantOwned.SITE_FILTER, condition = "(:sites = '*' or id = any (site_ids(:sites)))")
public class Site extends TenantOwned {

    private String code;

    private String name;

    private String kind;

    private @Nullable UUID parentId;

    private @Nullable String address;

    private double latitude;

    private double longitude;

    private boolean active;

    private boolean needsPermit;

    @Embedded
    private @Nullable AccessDetails access;

    @Enumerated(EnumType.STRING)
    @Column(insertable = false, updatable = false)
    private Boundary.@Nullable Kind boundaryKind;

    @Column(insertable = false, updatable = false)
    private @Nullable String search;

    protected Site() {
        this("", new SiteDescription("", "", "", null, null, 0, 0, true, false, AccessDetails.NONE));
    }

    Site(String tenantId, SiteDescription description) {
        super(tenantId);
        this.code = description.code();
        this.name = description.name();
        this.kind = description.kind();
        change(description);
    }

    final void change(SiteDescription description) {
        this.code = description.code();
        this.name = description.name();
        this.kind = description.kind();
        this.parentId = description.parentId();
        this.address = description.address();
        this.latitude = description.latitude();
        this.longitude = description.longitude();
        this.active = description.active();
        this.needsPermit = description.needsPermit();
        this.access = description.access();
    }

    /** Unique in its organisation; imports find a site by it. */
    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    /** One lower-case word such as {@code tower} or {@code property}. */
    public String kind() {
        return kind;
    }

    /** The site this one is part of. */
    public @Nullable UUID parentId() {
        return parentId;
    }

    public @Nullable String address() {
        return address;
    }

    /** WGS84 degrees. */
    public double latitude() {
        return latitude;
    }

    /** WGS84 degrees. */
    public double longitude() {
        return longitude;
    }

    public boolean active() {
        return active;
    }

    /** Whether work here needs a valid permit before it starts. */
    public boolean needsPermit() {
        return needsPermit;
    }

    public AccessDetails access() {
        return access == null ? AccessDetails.NONE : access;
    }

    /** What the boundary is drawn as, if there is one. */
    public Boundary.@Nullable Kind boundaryKind() {
        return boundaryKind;
    }
}
