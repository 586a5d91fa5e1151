package io.fieldwright.sites.exchange;

import io.fieldwright.sites.AccessDetails;
import io.fieldwright.sites.Boundary;
import io.fieldwright.sites.SiteDescription;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row that is sound in itself; null stands for what the file does not say, which an update leaves as it is. */
record StagedRow(
        int number,
        UUID siteId,
        SiteDescription site,
        @Nullable String parent,
        @Nullable Boolean active,
        @Nullable Boolean needsPermit,
        @Nullable Boundary boundary) {

    AccessDetails access() {
        return site.access();
    }
}
