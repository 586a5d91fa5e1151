package io.fieldwright.onboarding;

import static io.fieldwright.RoleHolders.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.fieldwright.api.Problem;
import io.fieldwright.api.SuspiciousRequest;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.tenancy.Organisation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Pageable;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@RecordApplicationEvents
class TenantInvitationTests extends InvitationTest {

    @Autowired
    ApplicationEvents events;

    private static Problem refusalOf(ThrowingCallable work) {
        return catchThrowableOfType(Problem.class, work);
    }

    private void assertThatLinkIsDead(String token) {
        assertThat(invitations.awaiting(token)).isEmpty();
        Problem refusal = refusalOf(() -> invitations.accept(token, answer()));
        assertThat(refusal.status().value()).isEqualTo(404);
        assertThat(refusal.getMessage()).isEqualTo("There is no open invitation for this token.");
    }

    @Test
    void invitedVendorIsReviewedActivatedAndEngaged() throws Exception {
        Invitation invitation = invite();

        assertThat(invitation.state()).isEqualTo(Invitation.State.INVITED);
        assertThat(mailServer.getReceivedMessages()).singleElement().satisfies(mail -> {
            assertThat(mail.getSubject()).isEqualTo("Circle invites Vertex " + unique);
            assertThat((String) mail.getContent()).contains("We need you in Pune.");
        });
        assertThat(instance(invitation).getTenantId()).isEqualTo(circle);

        invitations.accept(mailedToken(email), answer());

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.UNDER_REVIEW);
        assertThat(stateOf(vendor)).isEqualTo(Organisation.State.PENDING);
        assertThat(people.find("boss." + vendor)).get().satisfies(boss -> {
            assertThat(boss.email()).isEqualTo(email);
            assertThat(boss.tenantId()).isEqualTo(vendor);
        });
        Task review = task(invitation);
        assertThat(review.getTenantId()).isEqualTo(circle);
        assertThat((String) tasks.getVariable(review.getId(), "organisationSummary"))
                .contains("Vertex Services", vendor, administrator());
        assertThat((String) tasks.getVariable(review.getId(), "documentList")).contains("GST registration NO-42");

        review(invitation, "outcome", "approve");

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.ACTIVATED);
        assertThat(stateOf(vendor)).isEqualTo(Organisation.State.ACTIVE);
        assertThat(documents.lacking(vendor)).isEmpty();
        assertThat(directory.loadUserByUsername("boss." + vendor).tenants()).contains(circle + "~" + vendor);
        assertThat(toldTo(administrator())).containsExactly(NotificationEvent.ORGANISATION_ACTIVATED);
        assertThat(toldTo("boss." + vendor)).containsExactly(NotificationEvent.ORGANISATION_ACTIVATED);
        assertThat(endEvents(invitation)).containsExactly("EndEvent_OrganisationActivated");
        assertThat(ended(invitation)).isTrue();
    }

    @Test
    void linkIsKeptNowhereButInTheMail() {
        Invitation invitation = invite();
        String token = mailedToken(email);

        assertThat(runtime.getVariables(instance(invitation).getId()).values()).doesNotContain(token);
        assertThat(history.createHistoricVariableInstanceQuery()
                        .variableValueEquals("token", token)
                        .count())
                .isZero();
        assertThat(new InvitationToken(token)).hasToString("a token");
        assertThat(invitation.expiresAt())
                .isCloseTo(Instant.now().plus(7, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
        assertThat(jobs(invitation).timers().singleResult().getDuedate().toInstant())
                .isCloseTo(invitation.expiresAt(), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void moreDocumentsAreAskedForAndHandedInOverANewLink() throws Exception {
        Invitation invitation = invite();
        String first = mailedToken(email);
        invitations.accept(first, new Invitations.Answer(answer().organisation(), answer().administrator(), List.of()));

        review(invitation, "outcome", "more", "reason", "We need all five papers.");

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.ACCEPTED);
        String second = mailedToken(email);
        assertThat(second).isNotEqualTo(first);
        assertThat((String) mailServer.getReceivedMessages()[1].getContent()).contains("We need all five papers.");
        assertThatLinkIsDead(first);
        assertThat(refusalOf(() -> invitations.accept(second, answer())).errors())
                .extracting(Problem.FieldError::field)
                .containsExactly("organisation");
        assertThat(refusalOf(() -> invitations.accept(second, new Invitations.Answer(null, null, List.of())))
                        .errors())
                .extracting(Problem.FieldError::field)
                .containsExactly("documents");

        invitations.accept(second, new Invitations.Answer(null, null, mandatoryDocuments()));
        review(invitation, "outcome", "approve");

        assertThat(stateOf(vendor)).isEqualTo(Organisation.State.ACTIVE);
    }

    @Test
    void approvalWithoutAMandatoryDocumentIsRefusedAndNamesIt() {
        Invitation invitation = invite();
        invitations.accept(
                mailedToken(email),
                new Invitations.Answer(
                        answer().organisation(),
                        answer().administrator(),
                        mandatoryDocuments().subList(1, mandatoryDocuments().size())));
        assertThat((String) tasks.getVariable(task(invitation).getId(), "documentList"))
                .contains("MISSING: GST registration");

        Problem refusal = refusalOf(() -> review(invitation, "outcome", "approve"));

        assertThat(refusal.getMessage()).contains("GST registration").doesNotContain("insurance");
        assertThat(now(invitation).state()).isEqualTo(Invitation.State.UNDER_REVIEW);
        assertThat(stateOf(vendor)).isEqualTo(Organisation.State.PENDING);
        assertThat(task(invitation).getTaskDefinitionKey()).isEqualTo("Task_ReviewCompliance");
    }

    @Test
    void rejectedOrganisationIsClosedAndBothAreToldWhy() {
        Invitation invitation = accepted();

        review(invitation, "outcome", "reject", "reason", "The papers are forged.");

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.REJECTED);
        assertThat(now(invitation).reason()).isEqualTo("The papers are forged.");
        assertThat(stateOf(vendor)).isEqualTo(Organisation.State.CLOSED);
        assertThat(toldTo(administrator())).containsExactly(NotificationEvent.ORGANISATION_REJECTED);
        management.executeJob(management
                .createJobQuery()
                .processDefinitionKey("notification-delivery")
                .singleResult()
                .getId());
        assertThat(mailServer.getReceivedMessages()).hasSize(2);
        assertThat(endEvents(invitation)).containsExactly("EndEvent_OrganisationRejected");
    }

    @Test
    void unansweredInvitationExpiresAndItsLinkDies() {
        Invitation invitation = invite();

        fireTimer(invitation);

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.EXPIRED);
        assertThat(toldTo(administrator())).containsExactly(NotificationEvent.INVITATION_EXPIRED);
        assertThat(endEvents(invitation)).containsExactly("EndEvent_InvitationExpired");
        assertThatLinkIsDead(mailedToken(email));
    }

    @Test
    void linkIsDeadOnceItsTimeIsOverEvenBeforeTheTimerRuns() {
        Invitation invitation = invite();
        Instant until = invitation.expiresAt();

        assertThat(invitation.answerableAt(until.minusMillis(1))).isTrue();
        assertThat(invitation.answerableAt(until)).isFalse();
    }

    @Test
    void organisationThatNeverHandsInWhatWasAskedForIsClosed() {
        Invitation invitation = accepted();
        review(invitation, "outcome", "more", "reason", "Your licence is unreadable.");

        fireTimer(invitation);

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.EXPIRED);
        assertThat(stateOf(vendor)).isEqualTo(Organisation.State.CLOSED);
    }

    @Test
    void resentInvitationHasANewLinkAndTheOldOneIsDeadAtOnce() {
        Invitation invitation = invite();
        String first = mailedToken(email);
        Job timer = jobs(invitation).timers().singleResult();

        holders.as(administrator(), () -> invitations.resend(invitation.id()));

        assertThatLinkIsDead(first);
        runJobs(invitation);
        assertThat(jobs(invitation).timers().singleResult().getId()).isNotEqualTo(timer.getId());
        assertThat(mailedToken(email)).isNotEqualTo(first);
        assertThatLinkIsDead(first);
        invitations.accept(mailedToken(email), answer());
        assertThat(now(invitation).state()).isEqualTo(Invitation.State.UNDER_REVIEW);
    }

    @Test
    void revokedInvitationEndsAndItsLinkIsDead() {
        Invitation invitation = invite();

        holders.as(administrator(), () -> invitations.revoke(invitation.id(), "we found another"));

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.REVOKED);
        assertThat(now(invitation).reason()).isEqualTo("we found another");
        assertThat(endEvents(invitation)).containsExactly("EndEvent_InvitationRevoked");
        assertThatLinkIsDead(mailedToken(email));
        assertThat(refusalOf(() -> invitations.revoke(invitation.id(), "again")).getMessage())
                .isEqualTo("the invitation is REVOKED");
        assertThat(refusalOf(() -> invitations.resend(invitation.id())).status().value())
                .isEqualTo(409);
    }

    @Test
    void revocationDuringTheReviewClosesTheOrganisation() {
        Invitation invitation = accepted();

        holders.as(administrator(), () -> invitations.revoke(invitation.id(), "we found another"));

        assertThat(stateOf(vendor)).isEqualTo(Organisation.State.CLOSED);
        assertThat(task(invitation)).isNull();
        assertThat(ended(invitation)).isTrue();
    }

    @Test
    void silentMailServerIsTriedAgainAndTheInvitationCanBeRevokedMeanwhile() {
        mailServer.stop();
        Invitation invitation = holders.as(administrator(), () -> invitations.invite(circle, vendorDescription(email)));

        for (int attempt = 0; attempt < 4; attempt++) {
            assertThatThrownBy(() -> runJobs(invitation)).hasMessageContaining("Mail server connection failed");
        }

        assertThat(runtime.createIncidentQuery()
                        .processInstanceId(instance(invitation).getId())
                        .singleResult())
                .satisfies(incident -> assertThat(incident.getIncidentMessage())
                        .contains("Mail server connection failed")
                        .doesNotContain(email));
        assertThat(now(invitation).sentAt()).isNull();

        holders.as(administrator(), () -> invitations.revoke(invitation.id(), "too late"));

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.REVOKED);
        assertThat(ended(invitation)).isTrue();
    }

    @Test
    void refusedRecipientIsCorrectedAndGetsTheLink() throws Exception {
        mailServer.stop();
        Invitation invitation = holders.as(administrator(), () -> invitations.invite(circle, vendorDescription(email)));
        try (RefusingMailServer refusing = new RefusingMailServer(mailPort())) {
            runJobs(invitation);
        }
        mailServer.start();

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.BOUNCED);
        assertThat(now(invitation).reason()).isNotBlank().doesNotContain(email);
        Task correction = task(invitation);
        assertThat(correction.getTaskDefinitionKey()).isEqualTo("Task_CorrectAddress");
        assertThat(tasks.getVariable(correction.getId(), "email")).isEqualTo(email);

        complete(administrator(), invitation, "answer", "send", "email", "office@" + unique + ".example.org");

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.INVITED);
        assertThat(now(invitation).email()).isEqualTo("office@" + unique + ".example.org");
        invitations.accept(mailedToken("office@" + unique + ".example.org"), answer());
        assertThat(now(invitation).state()).isEqualTo(Invitation.State.UNDER_REVIEW);
    }

    @Test
    void reportedBounceIsWithdrawnByTheAdministrator() {
        Invitation invitation = invite();
        String token = mailedToken(email);

        holders.as(administrator(), () -> invitations.reportBounce(invitation.id(), "mailbox unknown"));

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.BOUNCED);
        assertThatLinkIsDead(token);
        assertThat(tasks.getVariable(task(invitation).getId(), "bounceReason")).isEqualTo("mailbox unknown");

        complete(administrator(), invitation, "answer", "revoke");

        assertThat(now(invitation).state()).isEqualTo(Invitation.State.REVOKED);
        assertThat(endEvents(invitation)).containsExactly("EndEvent_InvitationWithdrawn");
    }

    @Test
    void vendorInvitesASubVendorAndTheCircleReviewsIt() {
        review(accepted(), "outcome", "approve");
        String boss = "boss." + vendor;
        UUID parent = holders.as(
                boss,
                () -> engagements.list(Pageable.unpaged()).getContent().get(0).id());
        String sub = "sub-" + unique;
        String subEmail = "sub@" + unique + ".example.org";

        Invitation invitation = holders.as(
                boss,
                () -> invitations.invite(
                        vendor,
                        new Invitations.Description(
                                Organisation.Kind.VENDOR,
                                "Sub",
                                null,
                                null,
                                subEmail,
                                "en",
                                null,
                                new Invitations.PlannedEngagement(null, parent, LocalDate.now(ZoneOffset.UTC), null))));
        runJobs(invitation);
        invitations.accept(
                mailedToken(subEmail),
                new Invitations.Answer(
                        new Invitations.NewOrganisation(sub, "Sub"),
                        new Invitations.NewAdministrator("boss." + sub, PASSWORD, "Boss of Sub"),
                        mandatoryDocuments()));

        assertThat(instance(invitation).getTenantId()).isEqualTo(vendor);
        assertThat(task(invitation).getTenantId()).isEqualTo(circle + "~" + vendor);
        assertThatThrownBy(() -> complete(boss, invitation, "outcome", "approve"))
                .hasMessageContaining("not offered to you");

        review(invitation, "outcome", "approve");

        assertThat(directory.loadUserByUsername("boss." + sub).tenants()).contains(circle + "~" + vendor + "~" + sub);
    }

    @ParameterizedTest
    @CsvSource({"reject,,reason", "more,,reason", "perhaps,because,outcome", ",,outcome"})
    void reviewThatMakesNoSenseIsRefusedByField(String outcome, String reason, String field) {
        Invitation invitation = accepted();

        Problem refusal = refusalOf(() -> review(invitation, "outcome", outcome, "reason", reason));

        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly(field);
        assertThat(now(invitation).state()).isEqualTo(Invitation.State.UNDER_REVIEW);
    }

    @ParameterizedTest
    @CsvSource({"send,nobody,email", "send,,email", "perhaps,a@example.org,answer"})
    void correctionThatMakesNoSenseIsRefusedByField(String answer, String address, String field) {
        Invitation invitation = invite();
        holders.as(administrator(), () -> invitations.reportBounce(invitation.id(), "mailbox unknown"));

        Problem refusal = refusalOf(() -> complete(administrator(), invitation, "answer", answer, "email", address));

        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly(field);
        assertThat(now(invitation).state()).isEqualTo(Invitation.State.BOUNCED);
    }

    @Test
    void usedTokenIsRememberedAsSuspicious() {
        Invitation invitation = accepted();

        assertThatLinkIsDead(mailedToken(email));

        assertThat(events.stream(SuspiciousRequest.class)).singleElement().satisfies(remembered -> {
            assertThat(remembered.kind()).isEqualTo("reused-invitation-token");
            assertThat(remembered.detail()).contains(invitation.id().toString());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "' or 1=1 --", "ünïcode"})
    void malformedTokenIsRememberedAsSuspicious(String token) {
        assertThatLinkIsDead(token);

        assertThat(events.stream(SuspiciousRequest.class))
                .extracting(SuspiciousRequest::kind)
                .containsExactly("malformed-invitation-token");
    }

    @Test
    void unknownTokenIsJustUnknown() {
        assertThatLinkIsDead(InvitationToken.random().text());

        assertThat(events.stream(SuspiciousRequest.class)).isEmpty();
    }

    /** Speaks just enough SMTP to say that there is no such mailbox. */
    private static final class RefusingMailServer implements AutoCloseable {

        private final ServerSocket socket;

        RefusingMailServer(int port) throws IOException {
            socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
            new Thread(this::serve).start();
        }

        private void serve() {
            try (Socket client = socket.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                    OutputStream out = client.getOutputStream()) {
                say(out, "220 ready");
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    say(out, line.startsWith("RCPT") ? "550 no such mailbox" : "250 ok");
                }
            } catch (IOException hungUp) {
                // The sender has its answer.
            }
        }

        private static void say(OutputStream out, String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
