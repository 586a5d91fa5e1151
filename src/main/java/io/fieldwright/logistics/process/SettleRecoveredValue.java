package io.fieldwright.logistics.process;

import io.fieldwright.logistics.DismantleRecords;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Adds up what arrived. */
@Component
class SettleRecoveredValue implements JavaDelegate {

    private final DismantleRecords records;

    SettleRecoveredValue(DismantleRecords records) {
        this.records = records;
    }

    @Override
    public void execute(DelegateExecution execution) {
        records.settle(DismantleToWarehouse.recordId(execution));
    }
}
