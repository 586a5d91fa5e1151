package io.fieldwright.onboarding.process;

import io.fieldwright.onboarding.Invitations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The inviting organisation takes the invitation back. */
@Component
class WithdrawInvitation implements JavaDelegate {

    private final Invitations invitations;

    WithdrawInvitation(Invitations invitations) {
        this.invitations = invitations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        invitations.withdraw(TenantInvitation.invitationId(execution));
    }
}
