package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** On-site work is finished and the equipment sealed for pickup (requirements, section 17). */
@Component
class CompleteAllocation implements JavaDelegate {

    private final Allocations allocations;

    CompleteAllocation(Allocations allocations) {
        this.allocations = allocations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        allocations.complete(SiteLifecycle.allocationId(execution));
        execution.setVariable(SiteLifecycle.SITE_DONE, true);
    }
}
