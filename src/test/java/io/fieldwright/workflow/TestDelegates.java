package io.fieldwright.workflow;

import io.fieldwright.api.Problem;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the models in {@code src/test/resources/workflow} call. */
@Configuration
class TestDelegates {

    @Bean
    TaskListener answerForm() {
        return task -> {
            if (task.getEventName().equals(TaskListener.EVENTNAME_CREATE)) {
                task.setVariableLocal("question", "Is the door locked?");
            } else {
                apply(task);
            }
        };
    }

    private static void apply(DelegateTask task) {
        if (new FormAnswers(task).required("answer").equals("perhaps")) {
            throw Problem.invalid("answer", "must be certain");
        }
    }

    @Bean
    JavaDelegate refuseWork() {
        return execution -> {
            throw Problem.conflict("door", "The door is locked.");
        };
    }
}
