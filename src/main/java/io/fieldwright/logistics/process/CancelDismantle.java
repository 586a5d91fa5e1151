package io.fieldwright.logistics.process;

import io.fieldwright.logistics.DismantleRecords;
import io.fieldwright.notification.NotificationEvent;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Ends the record, refused by the asset owner or cancelled by whoever ordered it. */
@Component
class CancelDismantle implements JavaDelegate {

    private final DismantleRecords records;

    CancelDismantle(DismantleRecords records) {
        this.records = records;
    }

    @Override
    public void execute(DelegateExecution execution) {
        boolean refused = Boolean.FALSE.equals(execution.getVariable(DismantleToWarehouse.AUTHORISED));
        records.cancel(
                DismantleToWarehouse.recordId(execution),
                refused ? NotificationEvent.DISMANTLE_REFUSED : NotificationEvent.DISMANTLE_CANCELLED,
                DismantleToWarehouse.reason(execution));
    }
}
