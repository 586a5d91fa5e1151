package io.fieldwright.logistics.process;

import io.fieldwright.logistics.DismantleRecords;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Prices every line by the decision {@code equipment-value} and seals the equipment. */
@Component
class ValueEquipment implements JavaDelegate {

    private final DismantleRecords records;

    ValueEquipment(DismantleRecords records) {
        this.records = records;
    }

    @Override
    public void execute(DelegateExecution execution) {
        records.seal(DismantleToWarehouse.recordId(execution));
    }
}
