package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.Executions;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Has chance send some of what verified to review. */
@Component
class DrawSample implements JavaDelegate {

    private final Executions executions;

    DrawSample(Executions executions) {
        this.executions = executions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable(
                FieldVerification.SAMPLED, executions.drawSample(FieldVerification.executionId(execution)));
    }
}
