package io.fieldwright.onboarding.process;

import io.fieldwright.api.Identifiers;
import io.fieldwright.onboarding.Invitations;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.VariableScope;

/** The variables of the process {@code tenant-invitation}, and the error it knows. */
final class TenantInvitation {

    static final String INVITATION_ID = Invitations.INVITATION_ID;
    static final String EXPIRES_AT = "expiresAt";
    static final String OUTCOME = "outcome";
    static final String REASON = "reason";
    static final String SEND_AGAIN = "sendAgain";

    static final String RECIPIENT_REFUSED = "recipient-refused";

    private TenantInvitation() {}

    static UUID invitationId(VariableScope scope) {
        return Identifiers.parse(INVITATION_ID, (String) scope.getVariable(INVITATION_ID));
    }

    static String reason(VariableScope scope) {
        return (String) scope.getVariable(REASON);
    }
}
