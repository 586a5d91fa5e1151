package io.fieldwright.workflow;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.DelegateTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Attachment;
import org.camunda.bpm.engine.task.Comment;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/**
 * The engine's task service with {@link TaskRules} put before what people do: they answer the form they were given and
 * hand work only to those it is offered to. Each check shares command and transaction with the change it guards.
 */
class GuardedTaskService extends TaskServiceImpl {

    private static final String CANDIDATES = "Whom a task is offered to follows from its process.";
    private static final String OUTCOMES = "How a task can end follows from its form.";

    private final TaskRules rules;

    GuardedTaskService(TaskRules rules) {
        this.rules = rules;
    }

    @Override
    public void claim(String taskId, @Nullable String userId) {
        guarded(
                taskId,
                task -> {
                    if (!rules.isCaller(userId)) {
                        giveTo(task, userId);
                    }
                },
                new ClaimTaskCmd(taskId, userId));
    }

    @Override
    public void setAssignee(String taskId, @Nullable String userId) {
        guarded(taskId, task -> giveTo(task, userId), new AssignTaskCmd(taskId, userId));
    }

    @Override
    public void delegateTask(String taskId, @Nullable String userId) {
        guarded(taskId, task -> giveTo(task, userId), new DelegateTaskCmd(taskId, userId));
    }

    private void giveTo(TaskEntity task, @Nullable String userId) {
        if (userId != null) {
            rules.requireCandidate(task, userId);
        }
    }

    @Override
    public void complete(String taskId) {
        complete(taskId, null);
    }

    @Override
    public void complete(String taskId, @Nullable Map<String, Object> variables) {
        guarded(taskId, task -> answer(task, variables), new CompleteTaskCmd(taskId, variables));
    }

    @Override
    public VariableMap completeWithVariablesInReturn(
            String taskId, @Nullable Map<String, Object> variables, boolean deserializeValues) {
        return guarded(
                taskId,
                task -> answer(task, variables),
                new CompleteTaskCmd(taskId, variables, true, deserializeValues));
    }

    @Override
    public void resolveTask(String taskId) {
        resolveTask(taskId, null);
    }

    @Override
    public void resolveTask(String taskId, @Nullable Map<String, Object> variables) {
        guarded(taskId, task -> answer(task, variables), new ResolveTaskCmd(taskId, variables));
    }

    private void answer(TaskEntity task, @Nullable Map<String, Object> variables) {
        rules.requireAsked(task);
        rules.requireAnswers(task, variables == null ? null : variables.keySet());
    }

    private <T> T guarded(String taskId, Consumer<TaskEntity> rule, Command<T> command) {
        return commandExecutor.execute(context -> {
            rule.accept(rules.require(taskId));
            return command.execute(context);
        });
    }

    @Override
    public void addUserIdentityLink(String taskId, String userId, String type) {
        process(CANDIDATES, () -> super.addUserIdentityLink(taskId, userId, type));
    }

    @Override
    public void addGroupIdentityLink(String taskId, String groupId, String type) {
        process(CANDIDATES, () -> super.addGroupIdentityLink(taskId, groupId, type));
    }

    @Override
    public void addCandidateUser(String taskId, String userId) {
        process(CANDIDATES, () -> super.addCandidateUser(taskId, userId));
    }

    @Override
    public void addCandidateGroup(String taskId, String groupId) {
        process(CANDIDATES, () -> super.addCandidateGroup(taskId, groupId));
    }

    @Override
    public void deleteUserIdentityLink(String taskId, String userId, String type) {
        process(CANDIDATES, () -> super.deleteUserIdentityLink(taskId, userId, type));
    }

    @Override
    public void deleteGroupIdentityLink(String taskId, String groupId, String type) {
        process(CANDIDATES, () -> super.deleteGroupIdentityLink(taskId, groupId, type));
    }

    @Override
    public void deleteCandidateUser(String taskId, String userId) {
        process(CANDIDATES, () -> super.deleteCandidateUser(taskId, userId));
    }

    @Override
    public void deleteCandidateGroup(String taskId, String groupId) {
        process(CANDIDATES, () -> super.deleteCandidateGroup(taskId, groupId));
    }

    @Override
    public void handleBpmnError(
            String taskId, String errorCode, @Nullable String errorMessage, @Nullable Map<String, Object> variables) {
        process(OUTCOMES, () -> super.handleBpmnError(taskId, errorCode, errorMessage, variables));
    }

    @Override
    public void handleBpmnError(String taskId, String errorCode, @Nullable String errorMessage) {
        handleBpmnError(taskId, errorCode, errorMessage, null);
    }

    @Override
    public void handleBpmnError(String taskId, String errorCode) {
        handleBpmnError(taskId, errorCode, null, null);
    }

    @Override
    public void handleEscalation(String taskId, String escalationCode, @Nullable Map<String, Object> variables) {
        process(OUTCOMES, () -> super.handleEscalation(taskId, escalationCode, variables));
    }

    @Override
    public void handleEscalation(String taskId, String escalationCode) {
        handleEscalation(taskId, escalationCode, null);
    }

    @Override
    public Comment createComment(String taskId, @Nullable String processInstanceId, String message) {
        return readable(taskId, processInstanceId, () -> super.createComment(taskId, processInstanceId, message));
    }

    @Override
    public List<Comment> getTaskComments(String taskId) {
        return readable(taskId, null, () -> super.getTaskComments(taskId));
    }

    @Override
    public Comment getTaskComment(String taskId, String commentId) {
        return readable(taskId, null, () -> super.getTaskComment(taskId, commentId));
    }

    @Override
    public Attachment createAttachment(
            String type,
            String taskId,
            @Nullable String processInstanceId,
            String name,
            @Nullable String description,
            InputStream content) {
        return readable(
                taskId,
                processInstanceId,
                () -> super.createAttachment(type, taskId, processInstanceId, name, description, content));
    }

    @Override
    public Attachment createAttachment(
            String type,
            String taskId,
            @Nullable String processInstanceId,
            String name,
            @Nullable String description,
            String url) {
        return readable(
                taskId,
                processInstanceId,
                () -> super.createAttachment(type, taskId, processInstanceId, name, description, url));
    }

    @Override
    public List<Attachment> getTaskAttachments(String taskId) {
        return readable(taskId, null, () -> super.getTaskAttachments(taskId));
    }

    @Override
    public Attachment getTaskAttachment(String taskId, String attachmentId) {
        return readable(taskId, null, () -> super.getTaskAttachment(taskId, attachmentId));
    }

    @Override
    public InputStream getTaskAttachmentContent(String taskId, String attachmentId) {
        return readable(taskId, null, () -> super.getTaskAttachmentContent(taskId, attachmentId));
    }

    @Override
    public void deleteTaskAttachment(String taskId, String attachmentId) {
        guarded(taskId, rules::requireAsked, context -> {
            super.deleteTaskAttachment(taskId, attachmentId);
            return null;
        });
    }

    /** The engine itself asks for no right here, neither to a task nor to its tenant. */
    private <T> T readable(String taskId, @Nullable String processInstanceId, Supplier<T> work) {
        return commandExecutor.execute(context -> {
            rules.requireReadable(taskId, processInstanceId);
            return work.get();
        });
    }

    private void process(String reason, Runnable change) {
        commandExecutor.execute(context -> {
            rules.requireProcess(reason);
            change.run();
            return null;
        });
    }
}
