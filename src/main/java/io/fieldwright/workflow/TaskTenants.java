package io.fieldwright.workflow;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;

/** Moves single tasks between tenants (ADR 0004). */
public final class TaskTenants {

    private TaskTenants() {}

    /** Shares one new task of a circle's process with the vendor it works with, and nothing else of that process. */
    public static void share(DelegateTask task, String tenantId) {
        ((TaskEntity) task).setTenantId(tenantId);
    }
}
