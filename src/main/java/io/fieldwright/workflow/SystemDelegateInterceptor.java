package io.fieldwright.workflow;

import org.camunda.bpm.engine.impl.delegate.DefaultDelegateInterceptor;
import org.camunda.bpm.engine.impl.delegate.DelegateInvocation;

/**
 * Runs delegates and listeners on the system's behalf: what follows from a task may reach beyond its completer. What is
 * evaluated outside any process, such as the query of a task list, stays in the name of whoever asks.
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
