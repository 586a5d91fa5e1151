package io.fieldwright.logistics.process;

import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.DismantleRecords;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Lets the project manager accept what deviates or send the team to scan again. */
@Component
class ResolveDeviationsForm extends UserTaskForm {

    private final DismantleRecords records;
    private final LogisticsText text;

    ResolveDeviationsForm(DismantleRecords records, LogisticsText text) {
        this.records = records;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        DismantleRecord record = records.get(DismantleToWarehouse.recordId(task));
        task.setVariableLocal("siteSummary", text.site(record));
        task.setVariableLocal("deviationList", text.deviations(record));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        boolean accepted = answers.choice("answer", "accept", "rescan");
        String reason = answers.required("reason");
        records.requireNotHeld(DismantleToWarehouse.recordId(task));
        task.getExecution().setVariable(DismantleToWarehouse.SCAN_AGAIN, !accepted);
        if (accepted) {
            records.acceptDeviations(DismantleToWarehouse.recordId(task), reason);
        } else {
            records.askForScan(DismantleToWarehouse.recordId(task), reason);
        }
    }
}
