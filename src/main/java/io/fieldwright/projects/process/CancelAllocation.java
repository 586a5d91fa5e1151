package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Ends the allocation, whoever asked for it. */
@Component
class CancelAllocation implements JavaDelegate {

    private final Allocations allocations;

    CancelAllocation(Allocations allocations) {
        this.allocations = allocations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        allocations.recordCancellation(SiteLifecycle.allocationId(execution), SiteLifecycle.reason(execution));
    }
}
