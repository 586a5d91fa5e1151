package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.Receipts;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Lets the warehouse manager have the count repeated or let it stand. */
@Component
class InvestigateDiscrepanciesForm extends UserTaskForm {

    private final Receipts receipts;
    private final LogisticsText text;

    InvestigateDiscrepanciesForm(Receipts receipts, LogisticsText text) {
        this.receipts = receipts;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        Receipt receipt = receipts.get(WarehouseReceipt.receiptId(task));
        task.setVariableLocal("receiptSummary", text.receipt(receipt));
        task.setVariableLocal("discrepancyList", text.discrepancies(receipt));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        UUID id = WarehouseReceipt.receiptId(task);
        boolean accepted = answers.choice("answer", "accept", "recount");
        String findings = answers.required("findings");
        if (accepted) {
            receipts.acceptDiscrepancies(id, findings);
        }
        task.getExecution().setVariable(WarehouseReceipt.COUNT_AGAIN, !accepted);
        task.getExecution()
                .setVariable(
                        WarehouseReceipt.WRITE_OFF_AMOUNT, receipts.losses(id).doubleValue());
    }
}
