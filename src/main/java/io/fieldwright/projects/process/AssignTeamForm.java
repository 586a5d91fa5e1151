package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocations;
import io.fieldwright.projects.TeamChoice;
import io.fieldwright.workflow.Choices;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Offers the coordinator the teams that may be given the site, the best first. */
@Component
class AssignTeamForm extends UserTaskForm {

    private final Allocations allocations;
    private final SiteSummaries summaries;

    AssignTeamForm(Allocations allocations, SiteSummaries summaries) {
        this.allocations = allocations;
        this.summaries = summaries;
    }

    @Override
    protected void prepare(DelegateTask task) {
        UUID id = SiteLifecycle.allocationId(task);
        task.getExecution().removeVariable(SiteLifecycle.TEAM_ID);
        task.setVariableLocal("siteSummary", summaries.of(allocations.get(id)));
        task.setVariableLocal(
                "teamChoices",
                Choices.of(allocations.teamChoices(id).stream()
                        .map((TeamChoice choice) -> new Choices.Choice(
                                choice.label(), choice.team().id().toString()))
                        .toList()));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        UUID team = answers.identifier(SiteLifecycle.TEAM_ID);
        String note = answers.text(SiteLifecycle.NOTE);
        allocations.chosenTeam(SiteLifecycle.allocationId(task), team);
        task.getExecution().setVariable(SiteLifecycle.TEAM_ID, team.toString());
        task.getExecution().setVariable(SiteLifecycle.NOTE, note);
    }
}
