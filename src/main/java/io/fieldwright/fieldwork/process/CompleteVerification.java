package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldTasks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The site is verified: the records of its equipment say so and the client is told. */
@Component
class CompleteVerification implements JavaDelegate {

    private final FieldTasks tasks;
    private final Executions executions;

    CompleteVerification(FieldTasks tasks, Executions executions) {
        this.tasks = tasks;
        this.executions = executions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        executions.confirm(
                FieldVerification.executionId(execution),
                Boolean.TRUE.equals(execution.getVariable(FieldVerification.RECORD_DIFFERENCES)));
        tasks.complete(FieldVerification.taskId(execution));
    }
}
