package io.fieldwright.logistics.process;

import io.fieldwright.logistics.DismantleOrder;
import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.DismantleRecords;
import io.fieldwright.people.Team;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Opens the record for the work of an allocation; an order over REST comes with its record. */
@Component
class OpenDismantleRecord implements JavaDelegate {

    private final DismantleRecords records;

    OpenDismantleRecord(DismantleRecords records) {
        this.records = records;
    }

    @Override
    public void execute(DelegateExecution execution) {
        DismantleRecord record = execution.getVariable(DismantleToWarehouse.DISMANTLE_RECORD_ID) == null
                ? records.open(order(execution))
                : records.get(DismantleToWarehouse.recordId(execution));
        execution.setVariable(
                DismantleToWarehouse.DISMANTLE_RECORD_ID, record.id().toString());
        execution.setVariable(DismantleToWarehouse.TEAM_GROUP, Team.groupOf(record.teamId()));
        execution.setVariable(
                DismantleToWarehouse.PERMIT_NEEDED, records.siteOf(record).needsPermit());
    }

    private static DismantleOrder order(DelegateExecution execution) {
        return new DismantleOrder(
                DismantleToWarehouse.id(execution, DismantleToWarehouse.PROJECT_ID),
                DismantleToWarehouse.id(execution, DismantleToWarehouse.SITE_ID),
                DismantleToWarehouse.id(execution, DismantleToWarehouse.TEAM_ID),
                DismantleToWarehouse.id(execution, DismantleToWarehouse.ALLOCATION_ID));
    }
}
