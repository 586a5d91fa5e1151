package io.fieldwright.workflow;

import static org.camunda.bpm.engine.authorization.Permissions.ACCESS;
import static org.camunda.bpm.engine.authorization.Permissions.CREATE;
import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.Permissions.READ_TASK;
import static org.camunda.bpm.engine.authorization.Permissions.TASK_ASSIGN;
import static org.camunda.bpm.engine.authorization.Permissions.TASK_WORK;
import static org.camunda.bpm.engine.authorization.Permissions.UPDATE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.MIGRATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_HISTORY;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.READ_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.RETRY_JOB;
import static org.camunda.bpm.engine.authorization.Resources.APPLICATION;
import static org.camunda.bpm.engine.authorization.Resources.DECISION_DEFINITION;
import static org.camunda.bpm.engine.authorization.Resources.DEPLOYMENT;
import static org.camunda.bpm.engine.authorization.Resources.PROCESS_DEFINITION;

import io.fieldwright.people.CandidateGroup;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Grants rights per process and group, read from the models themselves: whoever a task may be offered to sees that
 * process's tasks. Which of them one may work on is the business of {@link TaskRules}.
 */
@Component
class ProcessRights implements Deployer {

    private static final Set<CandidateGroup> WATCHERS =
            EnumSet.of(CandidateGroup.PROCESS_OWNER, CandidateGroup.PLATFORM_ADMIN);
    private static final Set<CandidateGroup> TEAM = EnumSet.of(CandidateGroup.TEAM_LEAD, CandidateGroup.FIELD_ENGINEER);

    /** Grants what the models of a new deployment need, in the transaction that deploys them. */
    @Override
    public void deploy(DeploymentEntity deployment) {
        List<ProcessDefinitionEntity> processes = deployment.getDeployedArtifacts(ProcessDefinitionEntity.class);
        if (!deployment.isNew() || processes == null) {
            return;
        }
        AuthorizationService authorizations =
                Context.getProcessEngineConfiguration().getAuthorizationService();
        Context.getCommandContext().runWithoutAuthorization(() -> {
            for (ProcessDefinitionEntity process : processes) {
                for (CandidateGroup group : groupsOf(process)) {
                    grant(authorizations, group, PROCESS_DEFINITION, process.getKey(), READ, READ_TASK, TASK_WORK);
                }
            }
            return null;
        });
    }

    private static Set<CandidateGroup> groupsOf(ProcessDefinitionEntity process) {
        Set<CandidateGroup> groups = EnumSet.noneOf(CandidateGroup.class);
        for (TaskDefinition task : process.getTaskDefinitions().values()) {
            Stream.concat(
                            task.getCandidateGroupIdExpressions().stream(),
                            Stream.of(task)
                                    .map(TaskDefinition::getAssigneeExpression)
                                    .filter(assignee -> assignee != null))
                    .map(Expression::getExpressionText)
                    .forEach(candidate ->
                            CandidateGroup.of(candidate).ifPresentOrElse(groups::add, () -> groups.addAll(TEAM)));
        }
        return groups;
    }

    /** Grants what does not depend on any model. */
    void grantStandingRights(AuthorizationService authorizations) {
        for (CandidateGroup group : CandidateGroup.values()) {
            grant(authorizations, group, APPLICATION, "tasklist", ACCESS);
        }
        for (CandidateGroup watcher : WATCHERS) {
            grant(authorizations, watcher, APPLICATION, "cockpit", ACCESS);
        }
        grant(authorizations, CandidateGroup.PLATFORM_ADMIN, DECISION_DEFINITION, Authorization.ANY, READ);
        grant(
                authorizations,
                CandidateGroup.PLATFORM_ADMIN,
                PROCESS_DEFINITION,
                Authorization.ANY,
                READ,
                READ_INSTANCE,
                READ_HISTORY);
        grant(
                authorizations,
                CandidateGroup.PROCESS_OWNER,
                PROCESS_DEFINITION,
                Authorization.ANY,
                READ,
                READ_INSTANCE,
                READ_HISTORY,
                READ_TASK,
                UPDATE,
                RETRY_JOB,
                MIGRATE_INSTANCE);
        grant(
                authorizations,
                CandidateGroup.PROCESS_OWNER,
                DECISION_DEFINITION,
                Authorization.ANY,
                READ,
                UPDATE,
                Permissions.READ_HISTORY);
        grant(authorizations, CandidateGroup.PROCESS_OWNER, DEPLOYMENT, Authorization.ANY, READ, CREATE);
        grant(authorizations, CandidateGroup.COORDINATOR, PROCESS_DEFINITION, Authorization.ANY, TASK_ASSIGN);
    }

    /** Grants these permissions and takes away others that an earlier version granted. */
    private static void grant(
            AuthorizationService authorizations,
            CandidateGroup group,
            Resource resource,
            String resourceId,
            Permission... permissions) {
        AuthorizationEntity present = (AuthorizationEntity) find(authorizations, group, resource, resourceId);
        AuthorizationEntity grant = present == null
                ? (AuthorizationEntity) authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT)
                : present;
        int before = grant.getPermissions();
        grant.setPermissions(permissions);
        if (present != null && grant.getPermissions() == before) {
            return;
        }
        grant.setGroupId(group.id());
        grant.setResource(resource);
        grant.setResourceId(resourceId);
        authorizations.saveAuthorization(grant);
    }

    private static @Nullable Authorization find(
            AuthorizationService authorizations, CandidateGroup group, Resource resource, String resourceId) {
        return authorizations
                .createAuthorizationQuery()
                .groupIdIn(group.id())
                .resourceType(resource)
                .resourceId(resourceId)
                .authorizationType(Authorization.AUTH_TYPE_GRANT)
                .singleResult();
    }
}
