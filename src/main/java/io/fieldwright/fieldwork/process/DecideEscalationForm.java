package io.fieldwright.fieldwork.process;

import io.fieldwright.api.Problem;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.TaskTenants;
import io.fieldwright.workflow.UserTaskForm;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Evidence was asked for too often: the project manager decides how it ends. */
@Component
class DecideEscalationForm extends UserTaskForm {

    private static final Set<String> DECISIONS = Set.of("again", "accept", "abandon");

    private final FieldTasks tasks;
    private final Executions executions;
    private final FieldText text;

    DecideEscalationForm(FieldTasks tasks, Executions executions, FieldText text) {
        this.tasks = tasks;
        this.executions = executions;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        UUID id = FieldVerification.taskId(task);
        tasks.escalate(id);
        Execution execution = executions.get(FieldVerification.executionId(task));
        TaskTenants.share(task, tasks.get(id).owner());
        task.setVariableLocal("fieldTaskSummary", text.site(tasks.get(id)));
        task.setVariableLocal("verdictSummary", text.verdict(execution));
        task.setVariableLocal("roundList", text.rounds(tasks.get(id)));
        task.setVariableLocal(FieldVerification.EXECUTION_ID, execution.id().toString());
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        String decision = answers.required("answer");
        if (!DECISIONS.contains(decision)) {
            throw Problem.invalid("answer", "must be again, accept or abandon");
        }
        String reason = answers.required("decisionReason");
        UUID id = FieldVerification.taskId(task);
        tasks.requireNotHeld(id);
        if (decision.equals("accept")) {
            executions.review(FieldVerification.executionId(task), Execution.Review.APPROVED, reason);
        }
        tasks.remark(id, reason);
        if (decision.equals("again")) {
            FieldVerification.setVisitWindow(task.getExecution(), tasks.grantRound(id));
        }
        task.getExecution().setVariable(FieldVerification.DECISION, decision);
        if (decision.equals("abandon")) {
            task.getExecution().setVariable(FieldVerification.REASON, reason);
        }
    }
}
