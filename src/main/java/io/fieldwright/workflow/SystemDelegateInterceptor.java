package io.fieldwright.workflow;

import org.camunda.bpm.engine.impl.delegate.DefaultDelegateInterceptor;
import org.camunda.bpm.engine.impl.delegate.DelegateInvocation;

/**
 * Runs delegates and listeners on the system's behalf: what follows from a task may reach beyond its completer. What
 * belongs to no process, such as {@code ${currentUser()}} in a task list's filter, stays in the caller's name.
 */
class SystemDelegateInterceptor extends DefaultDelegateInterceptor {

    private final SystemWork system;

    SystemDelegateInterceptor(SystemWork system) {
        this.system = system;
    }

    @Override
    protected void handleInvocationInContext(DelegateInvocation invocation) throws Exception {
        if (invocation.getContextExecution() == null) {
            super.handleInvocationInContext(invocation);
            return;
        }
        system.call(() -> {
            super.handleInvocationInContext(invocation);
            return Boolean.TRUE;
        });
    }
}
