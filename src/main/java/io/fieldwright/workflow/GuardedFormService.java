package io.fieldwright.workflow;

import java.util.Map;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/** The engine's form service, which Tasklist completes tasks with, behind the same rules as {@link GuardedTaskService}. */
class GuardedFormService extends FormServiceImpl {

    private final TaskRules rules;

    GuardedFormService(TaskRules rules) {
        this.rules = rules;
    }

    @Override
    public void submitTaskForm(String taskId, @Nullable Map<String, Object> answers) {
        submit(taskId, answers, new SubmitTaskFormCmd(taskId, answers, false, false));
    }

    @Override
    public VariableMap submitTaskFormWithVariablesInReturn(
            String taskId, @Nullable Map<String, Object> answers, boolean deserializeValues) {
        return submit(taskId, answers, new SubmitTaskFormCmd(taskId, answers, true, deserializeValues));
    }

    private VariableMap submit(String taskId, @Nullable Map<String, Object> answers, SubmitTaskFormCmd command) {
        return commandExecutor.execute(context -> {
            TaskEntity task = rules.require(taskId);
            rules.requireAsked(task);
            rules.requireAnswers(task, answers == null ? null : answers.keySet());
            return command.execute(context);
        });
    }
}
