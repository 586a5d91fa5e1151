package io.fieldwright.workflow;

import java.util.Map;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

/**
 * Completes a task with what somebody answered in place of what its form proposed. The engine alone would keep the
 * proposal before the answer: one is a variable of the task, the other it sets behind that, on the execution.
 */
class CompleteWithAnswers extends CompleteTaskCmd {

    CompleteWithAnswers(String taskId, @Nullable Map<String, Object> answers) {
        this(taskId, answers, false, false);
    }

    CompleteWithAnswers(
            String taskId, @Nullable Map<String, Object> answers, boolean returnVariables, boolean deserializeValues) {
        super(taskId, answers, returnVariables, deserializeValues);
    }

    @Override
    protected void checkCompleteTask(TaskEntity task, CommandContext context) {
        super.checkCompleteTask(task, context);
        if (variables != null) {
            task.removeVariablesLocal(variables.keySet());
        }
    }
}
