package io.fieldwright.logistics.process;

import io.fieldwright.api.Identifiers;
import io.fieldwright.logistics.DismantleRecords;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;

/** The variables and errors of the process {@code dismantle-to-warehouse}; all variables are ids, flags or short texts. */
final class DismantleToWarehouse {

    static final String DISMANTLE_RECORD_ID = DismantleRecords.DISMANTLE_RECORD_ID;
    static final String ALLOCATION_ID = "allocationId";
    static final String PROJECT_ID = "projectId";
    static final String SITE_ID = "siteId";
    static final String TEAM_ID = "teamId";
    static final String TEAM_GROUP = "teamGroup";
    static final String AUTHORISED = "authorised";
    static final String PERMIT_NEEDED = "permitNeeded";
    static final String HAS_DEVIATIONS = "hasDeviations";
    static final String SCAN_AGAIN = "scanAgain";
    static final String GOODS_LEFT_AT_SITE = "goodsLeftAtSite";
    static final String WAREHOUSE_ID = "warehouseId";
    static final String TRIP_IDS = "tripIds";
    static final String RECEIPT_IDS = "receiptIds";
    static final String REASON = DismantleRecords.REASON;
    static final String NO_WAREHOUSE_FITS = "NO_WAREHOUSE_FITS";

    private DismantleToWarehouse() {}

    static UUID recordId(VariableScope scope) {
        return id(scope, DISMANTLE_RECORD_ID);
    }

    static UUID id(VariableScope scope, String variable) {
        return Identifiers.parse(variable, (String) scope.getVariable(variable));
    }

    static @Nullable String reason(VariableScope scope) {
        return (String) scope.getVariable(REASON);
    }
}
