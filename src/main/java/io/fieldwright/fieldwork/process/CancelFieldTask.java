package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.FieldTasks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Ends the field task, given up by its coordinator or cancelled by whoever ordered it. */
@Component
class CancelFieldTask implements JavaDelegate {

    private final FieldTasks tasks;

    CancelFieldTask(FieldTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        tasks.cancel(FieldVerification.taskId(execution), FieldVerification.text(execution, FieldVerification.REASON));
    }
}
