package io.fieldwright.tenancy;

import java.util.function.Supplier;

/** Feeds the tenant filter anew for each statement, so that one transaction may change its scope. */
public class VisibleTenants implements Supplier<String> {

    @Override
    public String get() {
        return TenantScope.filterParameter();
    }
}
