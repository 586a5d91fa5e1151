package io.fieldwright.onboarding;

import static io.fieldwright.RoleHolders.PASSWORD;
import static io.fieldwright.RoleHolders.username;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.MailServerTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.notification.Notification;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.notification.Notifications;
import io.fieldwright.people.People;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.tenancy.ComplianceDocument;
import io.fieldwright.tenancy.ComplianceDocuments;
import io.fieldwright.tenancy.Engagements;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import jakarta.mail.internet.MimeMessage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.JobQuery;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.data.domain.Pageable;

/** A circle of its own for each test, which invites a vendor. Jobs and timers run when the test says so. */
abstract class InvitationTest extends MailServerTest {

    private static final Pattern TOKEN = Pattern.compile("/invitations/accept\\?token=([A-Za-z0-9_-]{43})");

    @Autowired
    Invitations invitations;

    @Autowired
    Organisations organisations;

    @Autowired
    ComplianceDocuments documents;

    @Autowired
    Engagements engagements;

    @Autowired
    People people;

    @Autowired
    PersonDirectory directory;

    @Autowired
    RoleHolders holders;

    @Autowired
    Notifications notifications;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    TaskService tasks;

    @Autowired
    HistoryService history;

    @Autowired
    TestRestTemplate http;

    final String unique = UUID.randomUUID().toString().substring(0, 8);
    final String corporate = "corporate-" + unique;
    final String circle = "circle-" + unique;
    final String vendor = "vendor-" + unique;
    final String email = "join@" + unique + ".example.org";

    @BeforeEach
    void aCircleThatInvites() {
        organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(circle, Organisation.Kind.CIRCLE, "Circle", corporate);
        holders.appoint(corporate, "platform-admin");
        holders.appoint(circle, "tenant-admin");
        holders.appoint(circle, "compliance");
    }

    @AfterEach
    void leaveNothingBehind() {
        runtime.createProcessInstanceQuery()
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "end of the test"));
    }

    String administrator() {
        return username(circle, "tenant-admin");
    }

    Invitations.Description vendorDescription(String address) {
        return new Invitations.Description(
                Organisation.Kind.VENDOR,
                "Vertex " + unique,
                vendor,
                null,
                address,
                "en",
                "We need you in Pune.",
                new Invitations.PlannedEngagement(circle, null, LocalDate.of(2026, 1, 1), null));
    }

    /** The circle invites a vendor, and the mail has left. */
    Invitation invite() {
        Invitation invitation = holders.as(administrator(), () -> invitations.invite(circle, vendorDescription(email)));
        runJobs(invitation);
        return now(invitation);
    }

    Invitation now(Invitation invitation) {
        return invitations.get(invitation.id());
    }

    /** The token in the newest mail to {@code address}. */
    String mailedToken(String address) {
        return tokenIn(Arrays.stream(mailServer.getReceivedMessages())
                .filter(mail -> recipientOf(mail).equals(address))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("no mail to " + address)));
    }

    static String tokenIn(MimeMessage mail) {
        try {
            Matcher link = TOKEN.matcher((String) mail.getContent());
            assertThat(link.find()).as("a link in the mail").isTrue();
            return link.group(1);
        } catch (Exception unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static String recipientOf(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (Exception unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    Invitations.Answer answer() {
        return new Invitations.Answer(
                new Invitations.NewOrganisation(vendor, "Vertex Services"),
                new Invitations.NewAdministrator("boss." + vendor, PASSWORD, "The Boss"),
                mandatoryDocuments());
    }

    static List<ComplianceDocuments.Description> mandatoryDocuments() {
        return Arrays.stream(ComplianceDocument.Kind.values())
                .filter(kind -> kind.mandatoryFor(Organisation.Kind.VENDOR))
                .map(InvitationTest::document)
                .toList();
    }

    static ComplianceDocuments.Description document(ComplianceDocument.Kind kind) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return new ComplianceDocuments.Description(
                kind, "NO-42", "The authority", today.minusYears(1), today.plusYears(1));
    }

    /** Invites and has the invited accept, so that the review is open. */
    Invitation accepted() {
        Invitation invitation = invite();
        invitations.accept(mailedToken(email), answer());
        return now(invitation);
    }

    /** Runs what the job executor would run now: the asynchronous steps, not the timers. */
    void runJobs(Invitation invitation) {
        List<Job> due;
        do {
            due = jobs(invitation).messages().list();
            due.forEach(job -> management.executeJob(job.getId()));
        } while (!due.isEmpty());
    }

    void fireTimer(Invitation invitation) {
        management.executeJob(jobs(invitation).timers().singleResult().getId());
    }

    JobQuery jobs(Invitation invitation) {
        return management
                .createJobQuery()
                .processInstanceId(instance(invitation).getId())
                .withRetriesLeft();
    }

    ProcessInstance instance(Invitation invitation) {
        return runtime.createProcessInstanceQuery()
                .variableValueEquals(Invitations.INVITATION_ID, invitation.id().toString())
                .singleResult();
    }

    boolean ended(Invitation invitation) {
        return instance(invitation) == null;
    }

    Task task(Invitation invitation) {
        return tasks.createTaskQuery()
                .processVariableValueEquals(
                        Invitations.INVITATION_ID, invitation.id().toString())
                .singleResult();
    }

    void complete(String username, Invitation invitation, @Nullable Object... answers) {
        Map<String, Object> given = new HashMap<>();
        for (int i = 0; i < answers.length; i += 2) {
            given.put((String) answers[i], answers[i + 1]);
        }
        String id = task(invitation).getId();
        holders.as(username, () -> tasks.complete(id, given));
        if (!ended(invitation)) {
            runJobs(invitation);
        }
    }

    void review(Invitation invitation, @Nullable Object... answers) {
        complete(username(circle, "compliance"), invitation, answers);
    }

    List<String> endEvents(Invitation invitation) {
        return history
                .createHistoricVariableInstanceQuery()
                .variableValueEquals(Invitations.INVITATION_ID, invitation.id().toString())
                .list()
                .stream()
                .flatMap(variable -> history
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(variable.getProcessInstanceId())
                        .list()
                        .stream())
                .filter(activity -> activity.getActivityType().endsWith("EndEvent"))
                .map(activity -> activity.getActivityId())
                .toList();
    }

    List<NotificationEvent> toldTo(String username) {
        return TenantScope.asSystem(() -> notifications.of(username, null, Pageable.unpaged())).getContent().stream()
                .map(Notification::event)
                .toList();
    }

    Organisation.State stateOf(String organisation) {
        return organisations.get(organisation).state();
    }
}
