package io.fieldwright.sites.exchange;

import java.util.UUID;

/** An import in the hands of one worker, who has done {@code step} up to the row {@code position}. */
record Claim(
        UUID id,
        String organisation,
        SiteImport.Format format,
        boolean dryRun,
        boolean allOrNothing,
        ImportStep step,
        int position) {

    Claim at(ImportStep step, int position) {
        return new Claim(id, organisation, format, dryRun, allOrNothing, step, position);
    }
}
