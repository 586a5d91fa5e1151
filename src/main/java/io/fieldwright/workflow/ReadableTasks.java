package io.fieldwright.workflow;

import io.fieldwright.api.Problem;
import io.fieldwright.people.CandidateGroup;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.HistoricTaskInstanceQueryImpl;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.persistence.GenericManagerFactory;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.jspecify.annotations.Nullable;

/**
 * Knows four things that the engine does not. Whoever holds a group in a vendor only has the rights of that group: rights
 * are per process, and whose tasks these are, tenants and candidates say. And it spares task lists the join with the
 * engine's rights where the answer is known: whoever asks for tasks assigned to themselves or offered to their own groups
 * may read them, because {@link ProcessRights} grants just that. The tenants are compared as ever. It does not ask who may
 * read a saved list either: there are only {@link TaskLists}, everybody's, and nobody is granted to save another. And who
 * may read a task now may read what the history has of it, where the engine looks before it takes a comment.
 */
public class ReadableTasks extends AuthorizationManager {

    /** Puts it in the place of the engine's own. */
    static class Factory extends GenericManagerFactory {

        Factory() {
            super(ReadableTasks.class);
        }

        @Override
        public Class<?> getSessionType() {
            return AuthorizationManager.class;
        }
    }

    @Override
    public void configureTaskQuery(TaskQueryImpl query) {
        if (!asksForTheCallersOwn(query, getCurrentAuthentication())) {
            super.configureTaskQuery(query);
        }
    }

    @Override
    public void configureHistoricTaskInstanceQuery(HistoricTaskInstanceQueryImpl query) {
        if (query.getTaskId() == null || !isReadable(query.getTaskId())) {
            super.configureHistoricTaskInstanceQuery(query);
        }
    }

    private boolean isReadable(String taskId) {
        try {
            return TaskRules.findReadable(taskId).isPresent();
        } catch (AuthorizationException | Problem refused) {
            return false;
        }
    }

    @Override
    public boolean isAuthorized(Permission permission, Resource resource, @Nullable String resourceId) {
        return resource == Resources.FILTER && permission == Permissions.READ
                || super.isAuthorized(permission, resource, resourceId);
    }

    /**
     * All groups of the caller. The engine would leave out those without any rights, and read all rights of everybody in
     * each command to know them; a right that nobody has is found for nobody as well.
     */
    @Override
    public List<String> filterAuthenticatedGroupIds(@Nullable List<String> groups) {
        return groups == null
                ? List.of()
                : groups.stream().map(CandidateGroup::unqualified).distinct().toList();
    }

    private static boolean asksForTheCallersOwn(TaskQueryImpl query, @Nullable Authentication caller) {
        if (caller == null || caller.getGroupIds().isEmpty()) {
            return false;
        }
        List<String> groups = query.getCandidateGroups();
        return caller.getUserId().equals(query.getAssignee())
                || groups != null && !groups.isEmpty() && caller.getGroupIds().containsAll(groups);
    }
}
