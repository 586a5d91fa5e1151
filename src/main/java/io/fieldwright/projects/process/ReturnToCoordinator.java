package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The team declined, or its lead did not answer in time. */
@Component
class ReturnToCoordinator implements JavaDelegate {

    private final Allocations allocations;

    ReturnToCoordinator(Allocations allocations) {
        this.allocations = allocations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String reason = SiteLifecycle.reason(execution);
        allocations.returnToCoordinator(
                SiteLifecycle.allocationId(execution), reason == null ? "no answer in time" : reason);
        execution.removeVariable(SiteLifecycle.REASON);
    }
}
