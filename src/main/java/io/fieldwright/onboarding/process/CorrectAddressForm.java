package io.fieldwright.onboarding.process;

import io.fieldwright.onboarding.Invitation;
import io.fieldwright.onboarding.Invitations;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Asks for an address at which the invited can be reached. */
@Component
class CorrectAddressForm extends UserTaskForm {

    private final Invitations invitations;
    private final InvitationText text;

    CorrectAddressForm(Invitations invitations, InvitationText text) {
        this.invitations = invitations;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        UUID id = TenantInvitation.invitationId(task);
        Invitation invitation = invitations.get(id);
        task.setVariableLocal("invitationSummary", text.invitation(id));
        task.setVariableLocal("bounceReason", invitation.reason());
        task.setVariableLocal("email", invitation.email());
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        boolean sendAgain = answers.choice("answer", "send", "revoke");
        String email = sendAgain ? answers.required("email") : answers.text("email");
        if (sendAgain && email != null) {
            invitations.correctAddress(TenantInvitation.invitationId(task), email);
        }
        task.getExecution().setVariable(TenantInvitation.SEND_AGAIN, sendAgain);
    }
}
