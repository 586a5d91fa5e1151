package io.fieldwright.logistics.process;

import io.fieldwright.logistics.WarehouseChoice;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Announces the load to the warehouse. */
@Component
class ExpectReceipt implements JavaDelegate {

    private final WarehouseChoice choice;

    ExpectReceipt(WarehouseChoice choice) {
        this.choice = choice;
    }

    @Override
    public void execute(DelegateExecution execution) {
        choice.expect(DismantleToWarehouse.recordId(execution));
    }
}
