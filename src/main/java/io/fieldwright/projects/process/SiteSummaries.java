package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.Allocations;
import io.fieldwright.sites.Site;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells the reader of a form which site it is about, in a few lines. */
@Component
class SiteSummaries {

    private final Allocations allocations;

    SiteSummaries(Allocations allocations) {
        this.allocations = allocations;
    }

    String of(Allocation allocation) {
        Site site = allocations.sitesOf(List.of(allocation)).get(allocation.siteId());
        return """
                Site: %s, %s
                Address: %s
                Position: %.5f, %.5f
                Permit: %s
                Project: %s, %s
                Client: %s"""
                .formatted(
                        site.code(),
                        site.name(),
                        site.address() == null ? "not known" : site.address(),
                        site.latitude(),
                        site.longitude(),
                        site.needsPermit() ? "needed" : "not needed",
                        allocation.project().code(),
                        allocation.project().name(),
                        allocation.project().client().name());
    }
}
