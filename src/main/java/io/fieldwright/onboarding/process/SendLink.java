package io.fieldwright.onboarding.process;

import io.fieldwright.onboarding.Invitations;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Mails a new link; the model has a way on for an address that the mail server refuses for good. */
@Component
class SendLink implements JavaDelegate {

    private final Invitations invitations;

    SendLink(Invitations invitations) {
        this.invitations = invitations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Instant until = invitations
                .sendLink(TenantInvitation.invitationId(execution))
                .orElseThrow(() ->
                        new BpmnError(TenantInvitation.RECIPIENT_REFUSED, "The mail server refuses the recipient"));
        execution.setVariable(TenantInvitation.EXPIRES_AT, until.toString());
    }
}
