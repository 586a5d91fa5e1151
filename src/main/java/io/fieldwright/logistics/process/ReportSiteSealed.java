package io.fieldwright.logistics.process;

import io.fieldwright.workflow.Processes;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tells the site lifecycle that the on-site work is finished; a dismantle ordered by itself has none. */
@Component
class ReportSiteSealed implements JavaDelegate {

    private final Processes processes;

    ReportSiteSealed(Processes processes) {
        this.processes = processes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Object allocationId = execution.getVariable(DismantleToWarehouse.ALLOCATION_ID);
        if (allocationId != null) {
            processes.send(
                    "site-sealed",
                    execution.getProcessBusinessKey(),
                    DismantleToWarehouse.ALLOCATION_ID,
                    allocationId,
                    Map.of());
        }
    }
}
