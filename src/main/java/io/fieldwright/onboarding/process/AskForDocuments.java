package io.fieldwright.onboarding.process;

import io.fieldwright.onboarding.Invitations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Compliance needs more before it decides. */
@Component
class AskForDocuments implements JavaDelegate {

    private final Invitations invitations;

    AskForDocuments(Invitations invitations) {
        this.invitations = invitations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        invitations.askForDocuments(TenantInvitation.invitationId(execution), TenantInvitation.reason(execution));
    }
}
