package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.Receipts;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Asks a finance approver whether the loss may be written off. */
@Component
class ApproveWriteOffForm extends UserTaskForm {

    private final Receipts receipts;
    private final LogisticsText text;

    ApproveWriteOffForm(Receipts receipts, LogisticsText text) {
        this.receipts = receipts;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        Receipt receipt = receipts.get(WarehouseReceipt.receiptId(task));
        task.setVariableLocal("receiptSummary", text.receipt(receipt));
        task.setVariableLocal("discrepancyList", text.discrepancies(receipt));
        task.setVariableLocal("writeOffSummary", text.writeOff(receipt));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        boolean approved = answers.choice("answer", "approve", "reject");
        String rejection = approved ? null : answers.required("reason");
        receipts.decideWriteOff(WarehouseReceipt.receiptId(task), rejection);
        task.getExecution().setVariable(WarehouseReceipt.WRITE_OFF_APPROVED, approved);
    }
}
