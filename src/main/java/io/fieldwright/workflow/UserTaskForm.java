package io.fieldwright.workflow;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

/**
 * What happens around one user task. Its name is followed by the business key, so that a list of many tells which work
 * each is about; {@link #prepare} shows what is needed to decide, as variables of the task alone;
 * {@link #submit} applies the answers, in the transaction that completes the task, and refuses wrong ones with a
 * {@link io.fieldwright.api.Problem} that the reader of the form sees.
 */
public abstract class UserTaskForm implements TaskListener {

    @Override
    public final void notify(DelegateTask task) {
        if (EVENTNAME_CREATE.equals(task.getEventName())) {
            task.setName("%s (%s)".formatted(task.getName(), task.getExecution().getProcessBusinessKey()));
            prepare(task);
        } else {
            submit(task, new FormAnswers(task));
        }
    }

    protected abstract void prepare(DelegateTask task);

    protected abstract void submit(DelegateTask task, FormAnswers answers);
}
