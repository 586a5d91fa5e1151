package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Receipts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Every difference is accounted for. */
@Component
class ReconcileReceipt implements JavaDelegate {

    private final Receipts receipts;

    ReconcileReceipt(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        receipts.reconcile(WarehouseReceipt.receiptId(execution));
    }
}
