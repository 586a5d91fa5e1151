package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The team lead accepted: the allocation is work in progress. */
@Component
class StartWork implements JavaDelegate {

    private final Allocations allocations;

    StartWork(Allocations allocations) {
        this.allocations = allocations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        allocations.startWork(SiteLifecycle.allocationId(execution));
    }
}
