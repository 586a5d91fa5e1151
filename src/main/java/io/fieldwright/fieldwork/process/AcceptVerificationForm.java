package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldTaskState;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.TaskTenants;
import io.fieldwright.workflow.UserTaskForm;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Asks the client whether they take the site as verified. */
@Component
class AcceptVerificationForm extends UserTaskForm {

    private final FieldTasks tasks;
    private final Executions executions;
    private final FieldText text;

    AcceptVerificationForm(FieldTasks tasks, Executions executions, FieldText text) {
        this.tasks = tasks;
        this.executions = executions;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        UUID id = FieldVerification.taskId(task);
        tasks.move(id, FieldTaskState.AWAITING_CLIENT, "client asked", null);
        Execution execution = executions.get(FieldVerification.executionId(task));
        TaskTenants.share(task, tasks.get(id).owner());
        task.setVariableLocal("fieldTaskSummary", text.site(tasks.get(id)));
        task.setVariableLocal("verdictSummary", text.verdict(execution));
        task.setVariableLocal("photoList", text.photos(execution));
        task.setVariableLocal("serialFindings", text.serials(execution));
        task.setVariableLocal(FieldVerification.EXECUTION_ID, execution.id().toString());
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        boolean accepted = answers.choice("answer", "accept", "refuse");
        String reason = accepted ? answers.text("refusalReason") : answers.required("refusalReason");
        tasks.requireNotHeld(FieldVerification.taskId(task));
        task.getExecution().setVariable(FieldVerification.ACCEPTED, accepted);
        if (!accepted) {
            task.getExecution().setVariable(FieldVerification.REASON, reason);
        }
    }
}
