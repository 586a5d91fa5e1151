package io.fieldwright.projects.process;

import io.fieldwright.people.Team;
import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.Allocations;
import io.fieldwright.workflow.Processes;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Assigns the chosen team and tells its lead; from here on the work belongs to the collaboration with that team. */
@Component
class OfferWorkToTeam implements JavaDelegate {

    private final Allocations allocations;

    OfferWorkToTeam(Allocations allocations) {
        this.allocations = allocations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Allocation allocation =
                allocations.offer(SiteLifecycle.allocationId(execution), SiteLifecycle.teamId(execution), (String)
                        execution.getVariable(SiteLifecycle.NOTE));
        Team team = allocation.team().orElseThrow();
        execution.setVariable(SiteLifecycle.TEAM_GROUP, Team.groupOf(team.id()));
        execution.setVariable(SiteLifecycle.TEAM_LEAD, team.lead().username());
        execution.setVariable(SiteLifecycle.SITE_DONE, false);
        execution.setVariable(Processes.COLLABORATION, allocation.tenantId());
    }
}
