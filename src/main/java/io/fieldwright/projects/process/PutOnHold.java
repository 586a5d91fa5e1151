package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocations;
import io.fieldwright.workflow.Timers;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Nobody can go on and no clock runs until the site is resumed. */
@Component
class PutOnHold implements JavaDelegate {

    private final Allocations allocations;
    private final Timers timers;

    PutOnHold(Allocations allocations, Timers timers) {
        this.allocations = allocations;
        this.timers = timers;
    }

    @Override
    public void execute(DelegateExecution execution) {
        allocations.putOnHold(SiteLifecycle.allocationId(execution), SiteLifecycle.reason(execution));
        execution.removeVariable(SiteLifecycle.REASON);
        timers.pause(execution);
    }
}
