package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Asks the team who goes; a coordinator may have named somebody. */
@Component
class AcceptFieldTaskForm extends UserTaskForm {

    private final FieldTasks tasks;
    private final FieldText text;

    AcceptFieldTaskForm(FieldTasks tasks, FieldText text) {
        this.tasks = tasks;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        UUID id = FieldVerification.taskId(task);
        tasks.offer(id);
        FieldTask offered = tasks.get(id);
        task.setVariableLocal("fieldTaskSummary", text.site(offered));
        task.setVariableLocal("requirementList", text.requirements(offered));
        task.setAssignee(FieldVerification.text(task, FieldVerification.ENGINEER));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        boolean accepted = answers.choice("answer", "accept", "decline");
        String reason = accepted ? answers.text("declineReason") : answers.required("declineReason");
        UUID id = FieldVerification.taskId(task);
        tasks.requireNotHeld(id);
        task.getExecution().setVariable(FieldVerification.ACCEPTED, accepted);
        if (accepted) {
            String engineer = SignedInPerson.currentUsername();
            tasks.accept(id, engineer);
            task.getExecution().setVariable(FieldVerification.ENGINEER, engineer);
            FieldVerification.setVisitWindow(task.getExecution(), tasks.get(id));
        } else {
            task.getExecution().setVariable(FieldVerification.REASON, reason);
        }
    }
}
