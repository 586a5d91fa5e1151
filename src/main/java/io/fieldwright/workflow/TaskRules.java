package io.fieldwright.workflow;

import io.fieldwright.api.Problem;
import io.fieldwright.people.CandidateGroup;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.TenantScope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may do what with a task. The rules hold for people, whatever interface they come through; the system's own work
 * (delegates, jobs, {@link SystemWork}) is free of them.
 */
@Component
class TaskRules {

    private final PersonDirectory people;
    private final TaskForms forms;

    TaskRules(PersonDirectory people, TaskForms forms) {
        this.people = people;
        this.forms = forms;
    }

    /**
     * Finds a task for the caller to work on.
     *
     * @throws Problem 404 when it does not exist, is in a tenant the caller takes no part in or is about a site the caller
     *     is not limited to
     */
    TaskEntity require(String taskId) {
        CommandContext context = Context.getCommandContext();
        TaskEntity task = taskId == null ? null : context.getTaskManager().findTaskById(taskId);
        if (task == null || caller().filter(person -> !takesPart(person, task)).isPresent()) {
            throw Problem.notFound("task", taskId);
        }
        return task;
    }

    /**
     * Only candidates work on a task, and on a claimed one only its assignee.
     *
     * @throws Problem 403 for everybody else, 404 where the caller must not know of the task
     */
    void requireAsked(TaskEntity task) {
        Optional<Authentication> caller = caller();
        if (caller.isEmpty()) {
            return;
        }
        Authentication person = caller.get();
        if (!takesPart(person, task)) {
            throw Problem.notFound("task", task.getId());
        }
        String assignee = task.getAssignee();
        if (assignee == null && !isCandidate(task, person.getUserId(), person.getGroupIds())) {
            throw Problem.forbidden("The task “%s” is not offered to you.".formatted(task.getName()));
        }
        if (assignee != null && !assignee.equals(person.getUserId())) {
            throw Problem.forbidden("The task “%s” is claimed by %s.".formatted(task.getName(), assignee));
        }
        requireStillOffered(task);
    }

    /**
     * A right that was taken away is not kept by tasks claimed before. Who was given a task that is offered to nobody
     * keeps it.
     *
     * @throws Problem 403 for the assignee whom the task would not be offered to any more
     */
    void requireStillOffered(TaskEntity task) {
        boolean lost = caller().filter(person -> person.getUserId().equals(task.getAssignee()))
                .filter(person -> !task.getCandidates().isEmpty())
                .filter(person -> !isCandidate(task, person.getUserId(), person.getGroupIds()))
                .isPresent();
        if (lost) {
            throw Problem.forbidden(
                    "The task “%s” is no longer offered to you; give it back.".formatted(task.getName()));
        }
    }

    /** @throws Problem 404 where the caller must not know of the task, because it is about another site than theirs */
    void requireVisibleSite(TaskEntity task) {
        if (caller().isPresent() && !TasksAtVisibleSites.include(TenantScope.visibleSites(), task)) {
            throw Problem.notFound("task", task.getId());
        }
    }

    /**
     * Judges what belongs to a task, such as a comment, as the task itself or what the history keeps of it.
     *
     * @param processInstanceId where else it is to belong; the engine takes any, also other people's
     * @throws Problem 400 for a process instance that is not the task's; 404 where the caller must not know of the task, for
     *     somebody limited to some sites also when it is over, because the history knows no sites
     */
    void requireReadable(String taskId, @Nullable String processInstanceId) {
        if (caller().isEmpty()) {
            return;
        }
        String ofTask = processInstanceOfReadable(taskId);
        if (processInstanceId != null && !processInstanceId.equals(ofTask)) {
            throw Problem.invalid("processInstanceId", "must be the task's");
        }
    }

    private static String processInstanceOfReadable(String taskId) {
        Optional<TaskEntity> task = findReadable(taskId);
        if (task.isPresent()) {
            return task.get().getProcessInstanceId();
        }
        HistoricTaskInstance past = TenantScope.visibleSites() != null
                ? null
                : Context.getProcessEngineConfiguration()
                        .getHistoryService()
                        .createHistoricTaskInstanceQuery()
                        .taskId(taskId)
                        .singleResult();
        if (past == null) {
            throw Problem.notFound("task", taskId);
        }
        return past.getProcessInstanceId();
    }

    /**
     * Finds a task that is not over for the caller to read.
     *
     * @throws AuthorizationException for whom the engine refuses it
     * @throws Problem 404 for whom the rules here do
     */
    static Optional<TaskEntity> findReadable(String taskId) {
        CommandContext context = Context.getCommandContext();
        Optional<TaskEntity> found =
                Optional.ofNullable(context.getTaskManager().findTaskById(taskId));
        found.ifPresent(task -> context.getProcessEngineConfiguration()
                .getCommandCheckers()
                .forEach(checker -> checker.checkReadTask(task)));
        return found;
    }

    /** @throws Problem 403 for whoever is the coordinator of somebody else than the task's owner, such as its vendor */
    void requireCoordinator(TaskEntity task) {
        String tenant = task.getTenantId();
        boolean other = caller().map(Authentication::getGroupIds)
                .filter(groups -> !groups.contains(CandidateGroup.COORDINATOR.id()))
                .filter(groups -> tenant == null
                        || !groups.contains(CandidateGroup.COORDINATOR.idIn(
                                Collaboration.parse(tenant).owner(), Organisation.Kind.VENDOR)))
                .isPresent();
        if (other) {
            throw Problem.forbidden(
                    "The task “%s” is handed out by the coordinator of its owner.".formatted(task.getName()));
        }
    }

    /** Nothing is assigned to a caller without groups, such as a key that is not for tasks. */
    boolean isAssignedToCaller(TaskEntity task) {
        return caller().filter(person -> !person.getGroupIds().isEmpty())
                .filter(person -> person.getUserId().equals(task.getAssignee()))
                .isPresent();
    }

    boolean isCaller(@Nullable String username) {
        return caller().filter(person -> person.getUserId().equals(username)).isPresent();
    }

    /** @throws Problem 400 when {@code username} is nobody the task may be given to */
    void requireCandidate(TaskEntity task, String username) {
        if (caller().isEmpty()) {
            return;
        }
        boolean candidate = people.find(username)
                .filter(SignedInPerson::active)
                .filter(person -> task.getTenantId() == null || person.tenants().contains(task.getTenantId()))
                .filter(person -> TasksAtVisibleSites.include(person.sites(), task))
                .filter(person -> isCandidate(task, person.username(), person.groups()))
                .isPresent();
        if (!candidate) {
            throw Problem.invalid("assignee", username + " is nobody this task is offered to");
        }
    }

    /** @throws Problem 403 when a person asks for what only the process may do, with {@code reason} */
    void requireProcess(String reason) {
        if (caller().isPresent()) {
            throw Problem.forbidden(reason);
        }
    }

    /**
     * Answers may only fill in the task's form: whoever could send any variable could set any state.
     *
     * @throws Problem 400 naming each variable that the form does not ask for or that is no plain value
     */
    void requireAnswers(TaskEntity task, @Nullable Collection<String> names) {
        if (caller().isEmpty() || names == null || names.isEmpty()) {
            return;
        }
        Set<String> fields = forms.fieldsOf(task);
        List<Problem.FieldError> strangers = names.stream()
                .filter(name -> !fields.contains(name))
                .filter(name -> !task.getVariableNamesLocal().contains(name))
                .sorted()
                .map(name -> new Problem.FieldError(name, "is not asked for by this task"))
                .toList();
        if (!strangers.isEmpty()) {
            throw Problem.invalid(strangers);
        }
    }

    private static Optional<Authentication> caller() {
        CommandContext context = Context.getCommandContext();
        return context.isAuthorizationCheckEnabled()
                ? Optional.ofNullable(context.getAuthentication())
                : Optional.empty();
    }

    private static boolean takesPart(Authentication person, TaskEntity task) {
        return (task.getTenantId() == null || person.getTenantIds().contains(task.getTenantId()))
                && TasksAtVisibleSites.include(TenantScope.visibleSites(), task);
    }

    private static boolean isCandidate(TaskEntity task, String username, Collection<String> groups) {
        return task.getCandidates().stream()
                .anyMatch(link -> username.equals(link.getUserId())
                        || link.getGroupId() != null && groups.contains(link.getGroupId()));
    }
}
