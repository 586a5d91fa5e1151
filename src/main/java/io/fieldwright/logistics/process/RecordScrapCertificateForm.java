package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.Receipts;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Takes the certificate without which nothing is scrapped. */
@Component
class RecordScrapCertificateForm extends UserTaskForm {

    private final Receipts receipts;
    private final LogisticsText text;

    RecordScrapCertificateForm(Receipts receipts, LogisticsText text) {
        this.receipts = receipts;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        Receipt receipt = receipts.get(WarehouseReceipt.receiptId(task));
        task.setVariableLocal("receiptSummary", text.receipt(receipt));
        task.setVariableLocal("scrapList", text.scrap(receipt));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        receipts.certifyScrap(
                WarehouseReceipt.receiptId(task),
                answers.required("certificateNumber"),
                answers.required("certificateIssuer"),
                answers.date("certificateDate"));
    }
}
