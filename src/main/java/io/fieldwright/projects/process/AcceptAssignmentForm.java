package io.fieldwright.projects.process;

import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.Allocations;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.TaskTenants;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Asks the team lead; the task is shared with the vendor whose team it is, the rest of the lifecycle is not. */
@Component
class AcceptAssignmentForm extends UserTaskForm {

    private final Allocations allocations;
    private final SiteSummaries summaries;

    AcceptAssignmentForm(Allocations allocations, SiteSummaries summaries) {
        this.allocations = allocations;
        this.summaries = summaries;
    }

    @Override
    protected void prepare(DelegateTask task) {
        Allocation allocation = allocations.get(SiteLifecycle.allocationId(task));
        TaskTenants.share(task, allocation.tenantId());
        task.setVariableLocal("siteSummary", summaries.of(allocation));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        boolean accepted = answers.choice("answer", "accept", "decline");
        String reason = accepted ? answers.text("declineReason") : answers.required("declineReason");
        allocations.requireNotHeld(SiteLifecycle.allocationId(task));
        task.getExecution().setVariable(SiteLifecycle.ACCEPTED, accepted);
        if (!accepted) {
            task.getExecution().setVariable(SiteLifecycle.REASON, reason);
        }
    }
}
