package io.fieldwright.onboarding.process;

import io.fieldwright.onboarding.Invitation;
import io.fieldwright.onboarding.Invitations;
import io.fieldwright.tenancy.ComplianceDocument;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.workflow.FormText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells the reader of a form who invited whom, and what was handed in. */
@Component
class InvitationText {

    private final Invitations invitations;
    private final Organisations organisations;

    InvitationText(Invitations invitations, Organisations organisations) {
        this.invitations = invitations;
        this.organisations = organisations;
    }

    String invitation(UUID id) {
        return about(invitations.get(id)).toString();
    }

    String organisation(UUID id) {
        Organisation organisation = invitations.organisation(id);
        Invitation invitation = invitations.get(id);
        return new FormText()
                .line("Organisation", "%s (%s)".formatted(organisation.name(), organisation.code()))
                .line("First administrator", invitation.administrator())
                .toString()
                .concat(about(invitation).toString());
    }

    private FormText about(Invitation invitation) {
        return new FormText()
                .line("Invited as", invitation.name() + ", " + inWords(invitation.kind()))
                .line("Invited by", "%s of %s".formatted(invitation.invitedBy(), name(invitation.tenantId())))
                .line("E-mail", invitation.email())
                .line("Circle to work for", invitation.circleCode() == null ? null : name(invitation.circleCode()))
                .line("From", invitation.validFrom())
                .line("To", invitation.validTo());
    }

    private String name(String organisation) {
        return organisations.get(organisation).name();
    }

    String documents(UUID id) {
        Organisation.Kind kind = invitations.organisation(id).kind();
        List<ComplianceDocument> handedIn = invitations.handedIn(id);
        List<String> lines = new ArrayList<>();
        handedIn.forEach(document -> lines.add(line(document)));
        for (ComplianceDocument.Kind needed : ComplianceDocument.Kind.values()) {
            if (needed.mandatoryFor(kind) && handedIn.stream().noneMatch(document -> document.kind() == needed)) {
                lines.add("MISSING: " + needed.label());
            }
        }
        return new FormText()
                .list(lines, "Nothing was handed in, and nothing is needed.")
                .toString();
    }

    private static String line(ComplianceDocument document) {
        return "%s %s, issued by %s on %s, %s%s"
                .formatted(
                        document.kind().label(),
                        document.number(),
                        document.issuer(),
                        document.issuedOn(),
                        document.expiresOn() == null ? "does not expire" : "valid until " + document.expiresOn(),
                        document.state() == ComplianceDocument.State.SUBMITTED
                                ? ""
                                : " (%s)".formatted(inWords(document.state())));
    }

    private static String inWords(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
