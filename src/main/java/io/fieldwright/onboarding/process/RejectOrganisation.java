package io.fieldwright.onboarding.process;

import io.fieldwright.onboarding.Invitations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Compliance says no. */
@Component
class RejectOrganisation implements JavaDelegate {

    private final Invitations invitations;

    RejectOrganisation(Invitations invitations) {
        this.invitations = invitations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        invitations.reject(TenantInvitation.invitationId(execution), TenantInvitation.reason(execution));
    }
}
