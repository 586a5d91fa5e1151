package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.FieldTasks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The visit window has passed and there is no evidence yet. */
@Component
class ReportLateVisit implements JavaDelegate {

    private final FieldTasks tasks;

    ReportLateVisit(FieldTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        tasks.reportLateVisit(FieldVerification.taskId(execution));
    }
}
