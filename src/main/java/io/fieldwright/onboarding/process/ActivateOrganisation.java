package io.fieldwright.onboarding.process;

import io.fieldwright.onboarding.Invitations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Compliance approved: the organisation takes part from now on. */
@Component
class ActivateOrganisation implements JavaDelegate {

    private final Invitations invitations;

    ActivateOrganisation(Invitations invitations) {
        this.invitations = invitations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        invitations.activate(TenantInvitation.invitationId(execution));
    }
}
