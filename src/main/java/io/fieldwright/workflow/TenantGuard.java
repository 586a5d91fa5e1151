package io.fieldwright.workflow;

import io.fieldwright.api.Problem;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantCommandChecker;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TenantManager;

/**
 * The engine's tenant checks, with two differences. A person who names what is out of their sight is not told that it
 * belongs to others, but answered as if it did not exist ({@link BlindRepetition}); so these checks come before all
 * others, which would tell. And nobody acts on all instances of a model at once: models are shared, their instances are
 * not.
 */
class TenantGuard extends TenantCommandChecker {

    private static final TenantManager TENANTS = new TenantManager() {
        @Override
        public boolean isAuthenticatedTenant(String tenantId) {
            if (!super.isAuthenticatedTenant(tenantId)) {
                throw new OutOfSightException();
            }
            return true;
        }
    };

    @Override
    protected TenantManager getTenantManager() {
        return TENANTS;
    }

    @Override
    public void checkUpdateProcessInstanceByProcessDefinitionId(String processDefinitionId) {
        requireSystem();
    }

    @Override
    public void checkUpdateRetriesProcessInstanceByProcessDefinitionId(String processDefinitionId) {
        requireSystem();
    }

    @Override
    public void checkUpdateProcessInstanceSuspensionStateByProcessDefinitionId(String processDefinitionId) {
        requireSystem();
    }

    @Override
    public void checkUpdateProcessInstanceByProcessDefinitionKey(String processDefinitionKey) {
        requireSystem();
    }

    @Override
    public void checkUpdateProcessInstanceSuspensionStateByProcessDefinitionKey(String processDefinitionKey) {
        requireSystem();
    }

    private static void requireSystem() {
        CommandContext context = Context.getCommandContext();
        if (context.isAuthorizationCheckEnabled() && context.getAuthentication() != null) {
            throw Problem.forbidden("A model's instances belong to many tenants; name those that you mean.");
        }
    }
}
