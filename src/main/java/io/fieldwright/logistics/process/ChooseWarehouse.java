package io.fieldwright.logistics.process;

import io.fieldwright.logistics.WarehouseChoice;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Takes the best warehouse by the decision {@code warehouse-choice}. */
@Component
class ChooseWarehouse implements JavaDelegate {

    private final WarehouseChoice choice;

    ChooseWarehouse(WarehouseChoice choice) {
        this.choice = choice;
    }

    @Override
    public void execute(DelegateExecution execution) {
        UUID warehouse = choice.choose(DismantleToWarehouse.recordId(execution))
                .orElseThrow(
                        () -> new BpmnError(DismantleToWarehouse.NO_WAREHOUSE_FITS, "No warehouse can take the load"));
        execution.setVariable(DismantleToWarehouse.WAREHOUSE_ID, warehouse.toString());
    }
}
