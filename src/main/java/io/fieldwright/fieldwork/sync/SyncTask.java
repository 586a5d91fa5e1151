package io.fieldwright.fieldwork.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.FieldTaskState;
import io.fieldwright.fieldwork.Requirements;
import io.fieldwright.fieldwork.Verdict;
import io.fieldwright.sites.AccessDetails;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A field task with all that is needed to work on it without a network.
 *
 * @param mine whether the caller has accepted it; others of the team may have
 * @param remark why it is asked for once more, or what the coordinator wants the team to know
 * @param askedAgain the kinds of evidence that were asked for again; empty for all
 * @param execution the newest attempt, if there is one
 */
public record SyncTask(
        UUID id,
        long version,
        String tenantId,
        String businessKey,
        FieldTaskState state,
        int round,
        SiteToVisit site,
        Named project,
        Named team,
        @Nullable String engineer,
        boolean mine,
        Instant visitFrom,
        Instant visitUntil,
        Requirements requirements,
        List<ExpectedSerial> expectedSerials,
        @Nullable String remark,
        List<String> askedAgain,
        @Nullable Attempt execution) {

    public record Named(UUID id, String code, String name) {}

    /** @param boundary a GeoJSON feature (RFC 7946); null where the site has none */
    public record SiteToVisit(
            UUID id,
            String code,
            String name,
            @Nullable String address,
            double latitude,
            double longitude,
            @Nullable JsonNode boundary,
            AccessDetails access) {}

    /** A piece that the site should hold. */
    public record ExpectedSerial(UUID item, String serialNumber, String manufacturer, String model, String category) {}

    public record Attempt(
            UUID id,
            int round,
            String engineer,
            Execution.State state,
            @Nullable Verdict verdict,
            @Nullable Integer score,
            List<String> reasons) {}

    SyncTask expecting(List<ExpectedSerial> expected) {
        return new SyncTask(
                id,
                version,
                tenantId,
                businessKey,
                state,
                round,
                site,
                project,
                team,
                engineer,
                mine,
                visitFrom,
                visitUntil,
                requirements,
                expected,
                remark,
                askedAgain,
                execution);
    }
}
