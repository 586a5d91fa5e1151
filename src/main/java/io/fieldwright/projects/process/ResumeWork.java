package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocations;
import io.fieldwright.workflow.Timers;
import java.time.Duration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The clocks run again and are set back by the time on hold. */
@Component
class ResumeWork implements JavaDelegate {

    private final Allocations allocations;
    private final Timers timers;

    ResumeWork(Allocations allocations, Timers timers) {
        this.allocations = allocations;
        this.timers = timers;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Duration held = allocations.resumeWork(SiteLifecycle.allocationId(execution));
        timers.resume(execution, held);
    }
}
