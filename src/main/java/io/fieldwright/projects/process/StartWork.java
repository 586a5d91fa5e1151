package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.Allocations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The team lead accepted: the allocation is work in progress, of the kind its project is for. */
@Component
class StartWork implements JavaDelegate {

    private final Allocations allocations;

    StartWork(Allocations allocations) {
        this.allocations = allocations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Allocation allocation = allocations.startWork(SiteLifecycle.allocationId(execution));
        execution.setVariable(
                SiteLifecycle.WORK_TYPE, allocation.project().workType().word());
    }
}
