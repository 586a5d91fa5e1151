package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Asks the engineer for evidence once more and says why; a new round begins. */
@Component
class ReturnToEngineer implements JavaDelegate {

    private final FieldTasks tasks;

    ReturnToEngineer(FieldTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String items = FieldVerification.text(execution, FieldVerification.ITEMS);
        FieldTask again = tasks.askAgain(
                FieldVerification.taskId(execution),
                items == null || items.isEmpty() ? List.of() : List.of(items.split(",")),
                String.valueOf(FieldVerification.text(execution, FieldVerification.REASON)));
        execution.setVariable(FieldVerification.ROUND, again.round());
        FieldVerification.setVisitWindow(execution, again);
        execution.removeVariable(FieldVerification.ITEMS);
        execution.removeVariable(FieldVerification.REASON);
    }
}
