package io.fieldwright.logistics.process;

import io.fieldwright.api.Identifiers;
import io.fieldwright.logistics.Receipts;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.VariableScope;

/** The variables of the process {@code warehouse-receipt}. */
final class WarehouseReceipt {

    static final String RECEIPT_ID = Receipts.RECEIPT_ID;
    static final String WITHIN_TOLERANCE = "withinTolerance";
    static final String COUNT_AGAIN = "countAgain";
    static final String WRITE_OFF_AMOUNT = "writeOffAmount";
    static final String WRITE_OFF_APPROVED = "writeOffApproved";
    static final String SCRAP_FOUND = "scrapFound";

    private WarehouseReceipt() {}

    static UUID receiptId(VariableScope scope) {
        return Identifiers.parse(RECEIPT_ID, (String) scope.getVariable(RECEIPT_ID));
    }
}
