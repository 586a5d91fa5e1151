package io.fieldwright.onboarding.process;

import io.fieldwright.api.Problem;
import io.fieldwright.onboarding.Invitations;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.TaskTenants;
import io.fieldwright.workflow.UserTaskForm;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Shows compliance what was handed in; the task is shared with the circle that a vendor invites for. */
@Component
class ReviewComplianceForm extends UserTaskForm {

    private static final String APPROVE = "approve";
    private static final Set<String> OUTCOMES = Set.of(APPROVE, "more", "reject");

    private static final int LONGEST_REASON = 2_000;

    private final Invitations invitations;
    private final InvitationText text;

    ReviewComplianceForm(Invitations invitations, InvitationText text) {
        this.invitations = invitations;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        UUID id = TenantInvitation.invitationId(task);
        TaskTenants.share(task, invitations.reviewTenant(id));
        task.setVariableLocal("organisationSummary", text.organisation(id));
        task.setVariableLocal("documentList", text.documents(id));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        String outcome = answers.required(TenantInvitation.OUTCOME);
        if (!OUTCOMES.contains(outcome)) {
            throw Problem.invalid(TenantInvitation.OUTCOME, "must be approve, more or reject");
        }
        String reason = outcome.equals(APPROVE)
                ? answers.text(TenantInvitation.REASON)
                : answers.required(TenantInvitation.REASON);
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw Problem.invalid(
                    TenantInvitation.REASON, "must not be longer than %d characters".formatted(LONGEST_REASON));
        }
        task.getExecution().setVariable(TenantInvitation.OUTCOME, outcome);
        task.getExecution().setVariable(TenantInvitation.REASON, reason);
    }
}
