package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** A coordinator took the site from its team before work began. */
@Component
class WithdrawTeam implements JavaDelegate {

    private final Allocations allocations;

    WithdrawTeam(Allocations allocations) {
        this.allocations = allocations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        allocations.withdrawTeam(SiteLifecycle.allocationId(execution), SiteLifecycle.reason(execution));
        execution.removeVariable(SiteLifecycle.REASON);
    }
}
