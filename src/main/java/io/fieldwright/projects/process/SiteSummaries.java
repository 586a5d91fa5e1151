package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.Allocations;
import io.fieldwright.sites.Site;
import io.fieldwright.workflow.FormText;
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
        return new FormText()
                .line("Site", site.code() + ", " + site.name())
                .line("Address", site.address())
                .line("Position", "%.5f, %.5f".formatted(site.latitude(), site.longitude()))
                .line("Permit", site.needsPermit() ? "needed" : "not needed")
                .line(
                        "Project",
                        allocation.project().code() + ", "
                                + allocation.project().name())
                .line("Client", allocation.project().client().name())
                .line("Remark", allocation.lastRemark())
                .toString();
    }
}
