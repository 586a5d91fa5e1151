package io.fieldwright.logistics.process;

import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.DismantleRecords;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Asks the asset owner whether the equipment may come down. */
@Component
class AuthoriseDismantleForm extends UserTaskForm {

    private final DismantleRecords records;
    private final LogisticsText text;

    AuthoriseDismantleForm(DismantleRecords records, LogisticsText text) {
        this.records = records;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        DismantleRecord record = records.get(DismantleToWarehouse.recordId(task));
        task.setVariableLocal("siteSummary", text.site(record));
        task.setVariableLocal("equipmentList", text.expectedEquipment(record));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        boolean authorised = answers.choice("answer", "authorise", "refuse");
        String reason = authorised ? answers.text("reason") : answers.required("reason");
        records.requireNotHeld(DismantleToWarehouse.recordId(task));
        task.getExecution().setVariable(DismantleToWarehouse.AUTHORISED, authorised);
        if (authorised) {
            records.authorise(DismantleToWarehouse.recordId(task));
        } else {
            task.getExecution().setVariable(DismantleToWarehouse.REASON, reason);
        }
    }
}
