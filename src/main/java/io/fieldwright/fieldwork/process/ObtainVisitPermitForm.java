package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Takes the permit without which nobody may begin at the site. */
@Component
class ObtainVisitPermitForm extends UserTaskForm {

    private final FieldTasks tasks;
    private final FieldText text;

    ObtainVisitPermitForm(FieldTasks tasks, FieldText text) {
        this.tasks = tasks;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        task.setVariableLocal("siteSummary", text.site(tasks.get(FieldVerification.taskId(task))));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        tasks.recordPermit(
                FieldVerification.taskId(task),
                answers.required("permitNumber"),
                answers.date("permitValidFrom"),
                answers.date("permitValidTo"));
    }
}
