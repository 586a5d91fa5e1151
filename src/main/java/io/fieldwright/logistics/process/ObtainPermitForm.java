package io.fieldwright.logistics.process;

import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.DismantleRecords;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Takes the permit without which work may not begin. */
@Component
class ObtainPermitForm extends UserTaskForm {

    private final DismantleRecords records;
    private final LogisticsText text;

    ObtainPermitForm(DismantleRecords records, LogisticsText text) {
        this.records = records;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        DismantleRecord record = records.get(DismantleToWarehouse.recordId(task));
        task.setVariableLocal("siteSummary", text.site(record));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        records.recordPermit(
                DismantleToWarehouse.recordId(task),
                answers.required("permitNumber"),
                answers.date("permitValidFrom"),
                answers.date("permitValidTo"));
    }
}
