package io.fieldwright.sites.exchange;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An import and how far it is; all numbers hold what is committed. */
public record SiteImport(
        UUID id,
        String organisation,
        Format format,
        boolean dryRun,
        boolean allOrNothing,
        State state,
        int rowsRead,
        int created,
        int updated,
        int unchanged,
        int refused,
        int problems,
        @Nullable String failure,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant finishedAt) {

    /** Whether each problem can be read, or only the first 10,000. */
    public boolean allProblemsKept() {
        return problems <= ImportRecords.MOST_PROBLEMS;
    }

    /** What was uploaded. */
    public enum Format {
        CSV,
        GEOJSON
    }

    /** Receiving goes on while the upload does; nobody knows the import's id before it is queued. */
    public enum State {
        RECEIVING,
        QUEUED,
        RUNNING,
        COMPLETED,
        FAILED
    }
}
