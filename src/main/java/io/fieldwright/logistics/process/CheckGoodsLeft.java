package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trips;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells whether another trip is needed, or which receipts are to be counted. */
@Component
class CheckGoodsLeft implements JavaDelegate {

    private final Trips trips;

    CheckGoodsLeft(Trips trips) {
        this.trips = trips;
    }

    @Override
    public void execute(DelegateExecution execution) {
        List<String> receiptIds = trips.receiptsWhenAllArrived(DismantleToWarehouse.recordId(execution)).stream()
                .map(UUID::toString)
                .toList();
        execution.setVariable(DismantleToWarehouse.GOODS_LEFT_AT_SITE, receiptIds.isEmpty());
        execution.setVariable(DismantleToWarehouse.RECEIPT_IDS, new ArrayList<>(receiptIds));
    }
}
