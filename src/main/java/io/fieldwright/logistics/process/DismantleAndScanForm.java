package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Counted;
import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.DismantleRecords;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Takes what the team dismantled and scanned, from the form and from the REST interface alike. */
@Component
class DismantleAndScanForm extends UserTaskForm {

    private final DismantleRecords records;
    private final LogisticsText text;

    DismantleAndScanForm(DismantleRecords records, LogisticsText text) {
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
        Counted found =
                Counted.read("scannedSerials", answers.rows("scannedSerials"), "bulkLines", answers.rows("bulkLines"));
        records.fileScan(DismantleToWarehouse.recordId(task), found, answers.text("note"));
    }
}
