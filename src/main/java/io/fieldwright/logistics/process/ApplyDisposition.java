package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Receipts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Scrap leaves the stock, all else stays for its use. */
@Component
class ApplyDisposition implements JavaDelegate {

    private final Receipts receipts;

    ApplyDisposition(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        receipts.applyDisposition(WarehouseReceipt.receiptId(execution));
    }
}
