package io.fieldwright.workflow;

import io.fieldwright.tenancy.TenantScope;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskManager;
import org.jspecify.annotations.Nullable;

/**
 * Narrows every task query of somebody who is limited to some sites, whatever interface it comes through, to processes
 * that work at one of these sites; saved filters and counts included.
 */
class TasksAtVisibleSites extends TaskManager {

    /** The process variable with the id of the site that a process works at. */
    static final String SITE_ID = "siteId";

    /** Has the engine use it instead of its own. */
    static class Factory implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return TaskManager.class;
        }

        @Override
        public Session openSession() {
            return new TasksAtVisibleSites();
        }
    }

    /** Whether somebody limited to {@code sites} may know of a task; null means no limit. */
    static boolean include(@Nullable Set<UUID> sites, TaskEntity task) {
        if (sites == null) {
            return true;
        }
        ExecutionEntity process = task.getProcessInstance();
        return process != null
                && process.getVariable(SITE_ID) instanceof String site
                && sites.stream().anyMatch(visible -> visible.toString().equals(site));
    }

    @Override
    protected void configureQuery(TaskQueryImpl query) {
        super.configureQuery(query);
        CommandContext context = Context.getCommandContext();
        Set<UUID> sites = TenantScope.visibleSites();
        if (sites == null || !context.isAuthorizationCheckEnabled() || context.getAuthentication() == null) {
            return;
        }
        TaskQueryImpl atOneOfThem = (TaskQueryImpl) query.or();
        sites.forEach(site -> atOneOfThem.processVariableValueEquals(SITE_ID, site.toString()));
        var engine = context.getProcessEngineConfiguration();
        atOneOfThem
                .getVariables()
                .forEach(variable -> variable.initialize(engine.getVariableSerializers(), engine.getDatabaseType()));
    }
}
