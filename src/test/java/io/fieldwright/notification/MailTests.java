package io.fieldwright.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.fieldwright.OwnApplicationTest;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.JobQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Pageable;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** E-mail over a real mail server that can be switched off; the engine's jobs are run by hand. */
@OwnApplicationTest
class MailTests {

    private static final ServerSetup SMTP = new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);

    @Autowired
    private Notifications notifications;

    @Autowired
    private NotificationRepository rows;

    @Autowired
    private DeliveryRepository deliveries;

    @Autowired
    private MailDelivery mailDelivery;

    @Autowired
    private Organisations organisations;

    @Autowired
    private People people;

    @Autowired
    private ManagementService management;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TransactionTemplate transaction;

    private final GreenMail mailServer = new GreenMail(SMTP);

    private String circle;
    private Person lead;

    @DynamicPropertySource
    static void mailServer(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.host", SMTP::getBindAddress);
        properties.add("spring.mail.port", SMTP::getPort);
        properties.add("spring.mail.properties.mail.from", () -> "fieldwright@example.org");
        properties.add("camunda.bpm.job-execution.enabled", () -> "false");
        properties.add("fieldwright.database.name", () -> "mail");
    }

    @BeforeEach
    void aCircleWithATeamLead() {
        mailServer.start();
        String unique = UUID.randomUUID().toString().substring(0, 8);
        circle = "circle-" + unique;
        organisations.create("corporate-" + unique, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(circle, Organisation.Kind.CIRCLE, "Circle", "corporate-" + unique);
        lead = person("lead-" + unique, "lead-" + unique + "@example.org", true);
    }

    @AfterEach
    void leaveNothingBehind() {
        ClockUtil.reset();
        mailServer.stop();
        runtime.createProcessInstanceQuery()
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "end of the test"));
    }

    @Test
    void recipientIsToldOnceOnEachChannel() throws Exception {
        notifications.tell(
                List.of(lead, lead),
                NotificationEvent.TEAM_OFFERED,
                circle,
                Map.of("site", "MH-0042", "team", "North"));

        assertThat(inbox()).singleElement().satisfies(notification -> {
            assertThat(notification.text().subject()).isEqualTo("New assignment: MH-0042");
            assertThat(notification.text().body()).contains("MH-0042 of the project  is offered to the team North.");
        });
        assertThat(mailServer.getReceivedMessages()).isEmpty();

        runTheJob();

        Delivery delivery = emailDelivery();
        assertThat(delivery.state()).isEqualTo(Delivery.State.SENT);
        assertThat(delivery.attempts()).isEqualTo(1);
        assertThat(mailServer.getReceivedMessages()).singleElement().satisfies(mail -> {
            assertThat(mail.getSubject()).isEqualTo("New assignment: MH-0042");
            assertThat(mail.getContentType()).startsWith("text/plain");
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(lead.email());
            assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("fieldwright@example.org");
            assertThat(mail.getMessageID()).isEqualTo("<" + delivery.id() + "@fieldwright>");
        });
    }

    @Test
    void deliveryThatWasSentIsNotSentAgain() {
        notifications.tell(List.of(lead), NotificationEvent.SITE_DONE, circle, Map.of());
        UUID id = emailDelivery().id();

        mailDelivery.send(id);
        runTheJob();

        assertThat(mailServer.getReceivedMessages()).hasSize(1);
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    }

    @Test
    void silentMailServerIsTriedAgainThenShownAsIncidentAndRepeatedByHand() {
        Instant now = Instant.parse("2026-03-01T10:00:00Z");
        ClockUtil.setCurrentTime(Date.from(now));
        notifications.tell(List.of(lead), NotificationEvent.SITE_HELD, circle + "~vendor", Map.of("reason", "storm"));
        mailServer.stop();

        for (int minutes : List.of(1, 2, 4)) {
            assertThatThrownBy(this::runTheJob).hasMessageContaining("Mail server connection failed");
            assertThat(theJob().getDuedate().toInstant()).isEqualTo(now.plus(Duration.ofMinutes(minutes)));
            assertThat(incidents()).isEmpty();
        }
        assertThatThrownBy(this::runTheJob).hasMessageContaining("Mail server connection failed");

        assertThat(theJob().getRetries()).isZero();
        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.getIncidentMessage()).contains("Mail server connection failed");
            assertThat(incident.getTenantId()).isEqualTo(circle + "~vendor");
        });
        assertThat(emailDelivery()).satisfies(delivery -> {
            assertThat(delivery.state()).isEqualTo(Delivery.State.FAILED);
            assertThat(delivery.attempts()).isEqualTo(4);
            assertThat(delivery.failure()).contains("Mail server connection failed");
        });

        mailServer.start();
        management.setJobRetries(theJob().getId(), 1);
        runTheJob();

        assertThat(incidents()).isEmpty();
        assertThat(mailServer.getReceivedMessages()).hasSize(1);
        assertThat(emailDelivery()).satisfies(delivery -> {
            assertThat(delivery.state()).isEqualTo(Delivery.State.SENT);
            assertThat(delivery.attempts()).isEqualTo(5);
            assertThat(delivery.failure()).isNull();
        });
    }

    @Test
    void nothingIsToldOfWhatRolledBack() {
        transaction.executeWithoutResult(status -> {
            notifications.tell(List.of(lead), NotificationEvent.SITE_DONE, circle, Map.of());
            notifications.tellAddress("client@example.org", "en", NotificationEvent.SITE_DONE, circle, Map.of());
            status.setRollbackOnly();
        });

        assertThat(inbox()).isEmpty();
        assertThat(deliveriesHere()).isEmpty();
        assertThat(jobs().count()).isZero();
    }

    @Test
    void clientWithoutAnAccountIsToldByMailOnly() throws Exception {
        notifications.tellAddress(
                "client@example.org", "mr", NotificationEvent.SITE_DONE, circle + "~vendor", Map.of("site", "पुणे १"));

        runTheJob();

        assertThat(deliveriesHere()).singleElement().satisfies(delivery -> {
            assertThat(delivery.channel()).isEqualTo(Delivery.Channel.EMAIL);
            assertThat(delivery.tenantId()).isEqualTo(circle);
        });
        MimeMessage mail = mailServer.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Work finished: पुणे १");
        assertThat((String) mail.getContent()).contains("पुणे १");
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("client@example.org");
    }

    @Test
    void personWithoutAnAddressIsToldInTheApplicationOnlyAndTheInactiveNotAtAll() {
        Person unreachable = person("unreachable-" + circle, null, true);
        Person gone = person("gone-" + circle, "gone@example.org", false);

        notifications.tell(List.of(unreachable, gone), NotificationEvent.SITE_DONE, circle, Map.of());

        assertThat(deliveriesHere()).singleElement().satisfies(delivery -> {
            assertThat(delivery.channel()).isEqualTo(Delivery.Channel.IN_APP);
            assertThat(delivery.state()).isEqualTo(Delivery.State.SENT);
        });
        assertThat(jobs().count()).isZero();
    }

    @Test
    void valuesCannotAddHeadersOrPlaceholders() throws Exception {
        notifications.tell(
                List.of(lead),
                NotificationEvent.SITE_HELD,
                circle,
                Map.of("site", "X\r\nBcc: everybody@example.org\u2028{reason}", "reason", "secret"));

        runTheJob();

        MimeMessage mail = mailServer.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("On hold: X Bcc: everybody@example.org {reason}");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
    }

    @Test
    void addressThatIsNoneIsAFailureThatDoesNotRepeatTheAddress() {
        String address = "nobody@example.org\r\nBcc: everybody@example.org";
        notifications.tellAddress(address, "en", NotificationEvent.SITE_DONE, circle, Map.of());

        assertThatThrownBy(this::runTheJob).hasMessageNotContaining("nobody@");

        assertThat(emailDelivery().state()).isEqualTo(Delivery.State.FAILED);
        assertThat(emailDelivery().failure()).isNotBlank().doesNotContain("nobody@");
        assertThat(mailServer.getReceivedMessages()).isEmpty();
    }

    private Person person(String username, String email, boolean active) {
        return people.create(
                circle,
                username,
                "correct horse battery",
                new People.Profile("Somebody", email, null, "en", active, Set.of("team-lead")));
    }

    private List<Notification> inbox() {
        return notifications.of(lead.username(), null, Pageable.unpaged()).getContent();
    }

    private List<Delivery> deliveriesHere() {
        return deliveries.findAll().stream()
                .filter(delivery -> delivery.tenantId().equals(circle))
                .toList();
    }

    private Delivery emailDelivery() {
        return deliveriesHere().stream()
                .filter(delivery -> delivery.channel() == Delivery.Channel.EMAIL)
                .findFirst()
                .orElseThrow();
    }

    private JobQuery jobs() {
        return management.createJobQuery().processDefinitionKey(Notifications.DELIVERY_PROCESS);
    }

    private Job theJob() {
        return jobs().singleResult();
    }

    private void runTheJob() {
        management.executeJob(theJob().getId());
    }

    private List<Incident> incidents() {
        return runtime.createIncidentQuery().list();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }
}
