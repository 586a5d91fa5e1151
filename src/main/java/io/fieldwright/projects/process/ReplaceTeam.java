package io.fieldwright.projects.process;

import io.fieldwright.api.Identifiers;
import io.fieldwright.projects.Allocations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** A coordinator gave the site to another team; its lead is asked anew. */
@Component
class ReplaceTeam implements JavaDelegate {

    private final Allocations allocations;

    ReplaceTeam(Allocations allocations) {
        this.allocations = allocations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String teamId = (String) execution.getVariable(SiteLifecycle.REASSIGNED_TEAM_ID);
        allocations.replaceTeam(
                SiteLifecycle.allocationId(execution),
                Identifiers.parse(SiteLifecycle.REASSIGNED_TEAM_ID, teamId),
                SiteLifecycle.reason(execution));
        execution.setVariable(SiteLifecycle.TEAM_ID, teamId);
        execution.removeVariable(SiteLifecycle.REASON);
    }
}
