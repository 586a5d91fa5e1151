package io.fieldwright.tenancy;

import java.util.function.Supplier;

/** Feeds the filter by site anew for each statement, as {@link VisibleTenants} does for tenants. */
public class VisibleSites implements Supplier<String> {

    @Override
    public String get() {
        return TenantScope.siteFilterParameter();
    }
}
