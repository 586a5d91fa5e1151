package io.fieldwright.workflow;

import io.fieldwright.api.Problem;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Service;

/** Completes user tasks for people who work through the domain API instead of Tasklist. */
@Service
public class UserTasks {

    private final TaskService tasks;

    UserTasks(TaskService tasks) {
        this.tasks = tasks;
    }

    /**
     * Completes the one open task {@code taskKey} of the process that works on {@code id}, as the signed-in person;
     * whether the task is theirs is checked as in Tasklist ({@link TaskPersonGuard}).
     *
     * @throws Problem 409 when the process is not at that task
     */
    public void complete(String taskKey, String idVariable, String id, Map<String, Object> answers) {
        Task task = tasks.createTaskQuery()
                .taskDefinitionKey(taskKey)
                .processVariableValueEquals(idVariable, id)
                .singleResult();
        if (task == null) {
            throw Problem.conflict("state", "the process is not waiting for this");
        }
        VariableMap passing = Variables.createVariables();
        answers.forEach((name, value) -> passing.putValue(name, Variables.untypedValue(value, true)));
        tasks.complete(task.getId(), passing);
    }
}
