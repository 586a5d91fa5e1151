package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.people.Team;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Opens the field task for the work of an allocation; an order over REST comes with its task. */
@Component
class OpenFieldTask implements JavaDelegate {

    private final FieldTasks tasks;

    OpenFieldTask(FieldTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        FieldTask task = execution.getVariable(FieldVerification.FIELD_TASK_ID) == null
                ? tasks.open(tasks.orderOf(
                        FieldVerification.id(execution, FieldVerification.ALLOCATION_ID),
                        FieldVerification.id(execution, FieldVerification.PROJECT_ID),
                        FieldVerification.id(execution, FieldVerification.SITE_ID),
                        FieldVerification.id(execution, FieldVerification.TEAM_ID)))
                : tasks.get(FieldVerification.taskId(execution));
        execution.setVariable(FieldVerification.FIELD_TASK_ID, task.id().toString());
        execution.setVariable(FieldVerification.TEAM_GROUP, Team.groupOf(task.teamId()));
        execution.setVariable(
                FieldVerification.PERMIT_NEEDED, tasks.siteOf(task).needsPermit());
        FieldVerification.setVisitWindow(execution, task);
        execution.setVariable(FieldVerification.ROUND, task.round());
        execution.setVariable(FieldVerification.CLIENT_ACCEPTANCE, task.clientAcceptance());
    }
}
