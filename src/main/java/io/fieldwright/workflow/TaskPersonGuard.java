package io.fieldwright.workflow;

import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;

/**
 * Adds to the engine's coarse rights (process by group) that only those work on a task who are asked to. It stands where
 * every interface comes past: Tasklist, engine REST and our own. People who are limited to some sites know of no task about another.
 */
class TaskPersonGuard extends AuthorizationCommandChecker {

    private final TaskRules rules;

    TaskPersonGuard(TaskRules rules) {
        this.rules = rules;
    }

    @Override
    public void checkReadTask(TaskEntity task) {
        rules.requireVisibleSite(task);
        super.checkReadTask(task);
    }

    @Override
    public void checkReadTaskVariable(TaskEntity task) {
        rules.requireVisibleSite(task);
        super.checkReadTaskVariable(task);
    }

    @Override
    public void checkUpdateTaskVariable(TaskEntity task) {
        rules.requireVisibleSite(task);
        super.checkUpdateTaskVariable(task);
    }

    @Override
    public void checkTaskWork(TaskEntity task) {
        rules.requireAsked(task);
        super.checkTaskWork(task);
    }

    /** Whoever claimed a task may also give it back or hand it to another candidate. */
    @Override
    public void checkTaskAssign(TaskEntity task) {
        rules.requireVisibleSite(task);
        if (!rules.isAssignedToCaller(task)) {
            super.checkTaskAssign(task);
            rules.requireCoordinator(task);
        }
    }
}
