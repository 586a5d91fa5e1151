package io.fieldwright.logistics.process;

import io.fieldwright.logistics.DismantleRecords;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells whether anything is missing or should not be there. */
@Component
class CompareWithExpectedEquipment implements JavaDelegate {

    private final DismantleRecords records;

    CompareWithExpectedEquipment(DismantleRecords records) {
        this.records = records;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable(
                DismantleToWarehouse.HAS_DEVIATIONS, records.hasDeviations(DismantleToWarehouse.recordId(execution)));
    }
}
