package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Counted;
import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.Receipts;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Takes what the storekeeper counted, from the form and from the REST interface alike. */
@Component
class CountAndScanForm extends UserTaskForm {

    private final Receipts receipts;
    private final LogisticsText text;

    CountAndScanForm(Receipts receipts, LogisticsText text) {
        this.receipts = receipts;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        Receipt receipt = receipts.get(WarehouseReceipt.receiptId(task));
        task.setVariableLocal("receiptSummary", text.receipt(receipt));
        task.setVariableLocal("expectedList", text.expected(receipt));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        Counted counted = Counted.read(
                "countedSerials", answers.rows("countedSerials"), "countedBulk", answers.rows("countedBulk"));
        receipts.count(WarehouseReceipt.receiptId(task), counted, answers.text("note"));
    }
}
