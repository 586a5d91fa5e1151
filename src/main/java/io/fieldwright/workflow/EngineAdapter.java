package io.fieldwright.workflow;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** Fits the engine into the application: who people are, what they may do, and in whose name its work runs. */
@Component
class EngineAdapter extends AbstractProcessEnginePlugin {

    private final ProcessTenants tenants;
    private final PeopleOfEngine people;
    private final SystemWork system;
    private final TaskRules taskRules;
    private final DeploymentRules deploymentRules;
    private final DeploymentCompletion deploymentCompletion;
    private final ProcessRights rights;
    private final CandidatesOfOwner candidates;
    private final ApplicationContext context;

    EngineAdapter(
            ProcessTenants tenants,
            PeopleOfEngine people,
            SystemWork system,
            TaskRules taskRules,
            DeploymentRules deploymentRules,
            DeploymentCompletion deploymentCompletion,
            ProcessRights rights,
            CandidatesOfOwner candidates,
            ApplicationContext context) {
        this.tenants = tenants;
        this.people = people;
        this.system = system;
        this.taskRules = taskRules;
        this.deploymentRules = deploymentRules;
        this.deploymentCompletion = deploymentCompletion;
        this.rights = rights;
        this.candidates = candidates;
        this.context = context;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setTenantIdProvider(tenants);
        engine.setIdentityProviderSessionFactory(people);
        engine.setDelegateInterceptor(new SystemDelegateInterceptor(system));
        engine.setResourceAuthorizationProvider(new NoRightsPerTask());
        engine.setCommandCheckers(List.of(new TenantGuard(), new TaskPersonGuard(taskRules)));
        engine.setCustomHistoryEventHandlers(new ArrayList<>(List.of(new OperationTenants())));
        engine.setCustomSessionFactories(new ArrayList<>(List.of(
                new BlindSession.Factory(),
                new TasksAtVisibleSites.Factory(),
                new ReadableTasks.Factory(),
                new Timers.Factory())));
        engine.setTaskService(new GuardedTaskService(taskRules));
        engine.setManagementService(new GuardedManagementService(engine));
        engine.setFormService(new GuardedFormService(taskRules));
        engine.setBeans(new DelegateBeans(context));
        engine.setCustomPreCommandInterceptorsTxRequired(List.of(new BlindRepetition(), new ProblemInterceptor()));
        engine.setCustomPreCommandInterceptorsTxRequiresNew(List.of(new BlindRepetition(), new ProblemInterceptor()));
        engine.setCustomPreBPMNParseListeners(new ArrayList<>(List.of(new CalledProcessTenants(), candidates)));
        engine.setCustomPreDeployers(new ArrayList<>(List.of(deploymentRules, deploymentCompletion)));
        engine.setCustomPostDeployers(new ArrayList<>(List.of(rights)));
    }
}
