package io.fieldwright.workflow;

import io.fieldwright.api.Problem;
import io.fieldwright.people.SignedInPerson;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.task.IdentityLink;
import org.springframework.stereotype.Component;

/**
 * Lets only those complete a task who are asked to: its assignee, or while it is unclaimed its candidates. The engine's
 * own rights are kept coarse (process by group), because rows per task make task lists slow.
 */
@Component
class TaskPersonGuard implements TaskListener {

    @Override
    public void notify(DelegateTask task) {
        Optional<SignedInPerson> signedIn = SignedInPerson.current();
        if (signedIn.isEmpty()) {
            return;
        }
        SignedInPerson person = signedIn.get();
        String assignee = task.getAssignee();
        if (assignee != null ? !assignee.equals(person.username()) : !isCandidate(task, person)) {
            throw Problem.forbidden(
                    assignee == null
                            ? "The task “%s” is not offered to you.".formatted(task.getName())
                            : "The task “%s” is claimed by %s.".formatted(task.getName(), assignee));
        }
    }

    private static boolean isCandidate(DelegateTask task, SignedInPerson person) {
        return task.getCandidates().stream()
                .anyMatch((IdentityLink link) -> person.username().equals(link.getUserId())
                        || person.groups().contains(link.getGroupId()));
    }
}
