package io.fieldwright.tenancy;

import io.fieldwright.api.Identifiers;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.util.UUID;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.annotations.ParamDef;
import org.jspecify.annotations.Nullable;

/**
 * A row that belongs to a tenant: an organisation, or the collaboration of a circle with a vendor. Every query and
 * every repository's load by id is filtered to the tenants in sight ({@link TenantScope}); what is out of sight does not
 * exist. A row in sight may refer to one that is not, and shows what it refers to.
 */
@MappedSuperclass
@FilterDef(
        name = TenantOwned.FILTER,
        autoEnabled = true,
        parameters = @ParamDef(name = "tenants", type = String.class, resolver = VisibleTenants.class))
@FilterDef(
        name = TenantOwned.SITE_FILTER,
        autoEnabled = true,
        parameters = @ParamDef(name = "sites", type = String.class, resolver = VisibleSites.class))
@Filter(name = TenantOwned.FILTER, condition = "(:tenants = '*' or tenant_id = any (string_to_array(:tenants, ',')))")
public abstract class TenantOwned {

    public static final String FILTER = "tenant";

    /**
     * Narrows what is in sight for people who are limited to some sites. Whatever is at a site says so with this filter.
     */
    public static final String SITE_FILTER = "site";

    /** The condition for rows with a column {@code site_id}. */
    public static final String AT_SITE = "(:sites = '*' or site_id = any (site_ids(:sites)))";

    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    @Column(name = "tenant_id", nullable = false)
    private String tenantId;

    protected TenantOwned() {
        this("");
    }

    protected TenantOwned(String tenantId) {
        this(Identifiers.next(), tenantId);
    }

    /** A row whose id was made elsewhere, such as on a device that was offline when it needed one. */
    protected TenantOwned(UUID id, String tenantId) {
        this.id = id;
        this.tenantId = tenantId;
    }

    public UUID id() {
        return id;
    }

    /** Counts the changes of this row; the entity tag of the REST interface. */
    public long version() {
        return version == null ? 0 : version;
    }

    public String tenantId() {
        return tenantId;
    }

    /** Moves the row into another collaboration, when a vendor starts or stops working on it. */
    protected void moveTo(String tenantId) {
        this.tenantId = tenantId;
    }
}
