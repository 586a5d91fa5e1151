package io.fieldwright.logistics.process;

import io.fieldwright.logistics.DismantleRecords;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Nothing is open any more. */
@Component
class CloseDismantleRecord implements JavaDelegate {

    private final DismantleRecords records;

    CloseDismantleRecord(DismantleRecords records) {
        this.records = records;
    }

    @Override
    public void execute(DelegateExecution execution) {
        records.close(DismantleToWarehouse.recordId(execution));
    }
}
