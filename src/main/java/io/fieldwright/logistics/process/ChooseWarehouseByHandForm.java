package io.fieldwright.logistics.process;

import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.DismantleRecords;
import io.fieldwright.logistics.WarehouseChoice;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Lets a warehouse manager decide where the rules find no warehouse. */
@Component
class ChooseWarehouseByHandForm extends UserTaskForm {

    private final DismantleRecords records;
    private final WarehouseChoice choice;
    private final LogisticsText text;

    ChooseWarehouseByHandForm(DismantleRecords records, WarehouseChoice choice, LogisticsText text) {
        this.records = records;
        this.choice = choice;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        DismantleRecord record = records.get(DismantleToWarehouse.recordId(task));
        task.setVariableLocal("loadSummary", text.load(record));
        task.setVariableLocal("warehouseChoices", TransportTrip.warehouseChoices(choice.activeOf(record)));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        UUID warehouse = answers.identifier("warehouseId");
        choice.chooseByHand(DismantleToWarehouse.recordId(task), warehouse, answers.required("reason"));
        task.getExecution().setVariable(DismantleToWarehouse.WAREHOUSE_ID, warehouse.toString());
    }
}
