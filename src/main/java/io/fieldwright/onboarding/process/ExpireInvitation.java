package io.fieldwright.onboarding.process;

import io.fieldwright.onboarding.Invitations;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Nobody answered in time. */
@Component
class ExpireInvitation implements JavaDelegate {

    private final Invitations invitations;

    ExpireInvitation(Invitations invitations) {
        this.invitations = invitations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        invitations.expire(TenantInvitation.invitationId(execution));
    }
}
