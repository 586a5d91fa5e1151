package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Receipts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** What is short is lost from now on. */
@Component
class WriteOffLosses implements JavaDelegate {

    private final Receipts receipts;

    WriteOffLosses(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        receipts.writeOff(WarehouseReceipt.receiptId(execution));
    }
}
