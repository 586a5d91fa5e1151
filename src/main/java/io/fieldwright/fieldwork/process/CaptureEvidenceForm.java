package io.fieldwright.fieldwork.process;

import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Shows the engineer what is asked for. It is completed by the evidence that a phone submits, not by hand. */
@Component
class CaptureEvidenceForm extends UserTaskForm {

    private final FieldTasks tasks;
    private final Executions executions;
    private final FieldText text;

    CaptureEvidenceForm(FieldTasks tasks, Executions executions, FieldText text) {
        this.tasks = tasks;
        this.executions = executions;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        UUID id = FieldVerification.taskId(task);
        FieldTask captured = tasks.get(id);
        tasks.askForEvidence(id);
        task.setVariableLocal("fieldTaskSummary", text.site(captured));
        task.setVariableLocal("remarkList", captured.round() > 1 ? text.askedAgain(captured) : "");
        task.setVariableLocal("requirementList", text.requirements(captured));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        String submitted = answers.text(Executions.SUBMITTED_EXECUTION);
        if (submitted == null) {
            throw Problem.conflict("state", "evidence is gathered and submitted on the phone, at /field");
        }
        executions.requireSubmitted(
                FieldVerification.taskId(task), Identifiers.parse(Executions.SUBMITTED_EXECUTION, submitted));
        task.getExecution().setVariable(FieldVerification.EXECUTION_ID, submitted);
    }
}
