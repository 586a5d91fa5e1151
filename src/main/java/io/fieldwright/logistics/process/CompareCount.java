package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Receipts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Writes down the differences and whether all are tolerated. */
@Component
class CompareCount implements JavaDelegate {

    private final Receipts receipts;

    CompareCount(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        boolean within = receipts.compare(WarehouseReceipt.receiptId(execution));
        execution.setVariable(WarehouseReceipt.WITHIN_TOLERANCE, within);
    }
}
