package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Receipts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Decides what becomes of each line, by the decision {@code disposition}. */
@Component
class DecideDisposition implements JavaDelegate {

    private final Receipts receipts;

    DecideDisposition(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable(
                WarehouseReceipt.SCRAP_FOUND, receipts.decideDisposition(WarehouseReceipt.receiptId(execution)));
    }
}
