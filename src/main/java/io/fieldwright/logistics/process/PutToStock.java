package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Receipts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Everything counted enters the stock ledger. */
@Component
class PutToStock implements JavaDelegate {

    private final Receipts receipts;

    PutToStock(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        receipts.putToStock(WarehouseReceipt.receiptId(execution));
    }
}
