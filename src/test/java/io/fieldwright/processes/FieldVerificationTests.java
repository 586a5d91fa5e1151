package io.fieldwright.processes;

import static io.fieldwright.RoleHolders.username;
import static io.fieldwright.processes.Field.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.api.Problem;
import io.fieldwright.equipment.ChecklistQuestion;
import io.fieldwright.equipment.ChecklistQuestion.Kind;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.fieldwork.EvidenceContent;
import io.fieldwright.fieldwork.EvidenceContent.Serial.Method;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTaskEvent;
import io.fieldwright.fieldwork.FieldTaskState;
import io.fieldwright.fieldwork.GpsOutcome;
import io.fieldwright.fieldwork.GpsReason;
import io.fieldwright.fieldwork.RiggedLottery;
import io.fieldwright.fieldwork.SerialFinding;
import io.fieldwright.fieldwork.Verdict;
import io.fieldwright.files.StoredFile;
import io.fieldwright.notification.Notification;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.AllocationState;
import io.fieldwright.sites.Site;
import io.fieldwright.tenancy.TenantScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

@FieldwrightTest
class FieldVerificationTests {

    private static final String PROCESS = "field-verification";
    private static final String OUT_OF_TIME =
            "Evidence was captured before the visit was ordered or after it was received";

    @Autowired
    ObjectProvider<Visit> visits;

    @Autowired
    RiggedLottery lottery;

    @Autowired
    RepositoryService repository;

    @Autowired
    TestRestTemplate http;

    Visit visit;
    Field field;

    @BeforeEach
    void furnish() {
        visit = visits.getObject().furnish();
        field = visit.field;
    }

    private List<String> open(FieldTask task) {
        return field.openTasks(task.businessKey());
    }

    private void approve(FieldTask task) {
        field.complete("supervisor", task.businessKey(), "Task_ReviewEvidence", "answer", "approve");
    }

    /** Evidence that a person has to look at: the accuracy is worse than required. */
    private void submitDoubtful(FieldTask task) {
        visit.evidence(task)
                .fix(field.site.latitude(), field.site.longitude(), 12)
                .photos(5)
                .allSerials()
                .signature()
                .submit();
    }

    private void giveUpAfterThreeRounds(FieldTask task) {
        for (int round = 1; round <= 3; round++) {
            submitDoubtful(task);
            visit.askAgain(task, "gps,photos", "too vague");
        }
        field.complete(
                "project-manager",
                task.businessKey(),
                "Task_DecideEscalation",
                "answer",
                "abandon",
                "decisionReason",
                "the tower is gone");
    }

    @Test
    void flawlessEvidenceVerifiesTheSiteWithoutAnybodyLooking() {
        FieldTask task = visit.order(false);
        assertThat(open(task)).containsExactly("Task_AcceptFieldTask");
        visit.accept(task);
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.CAPTURING);

        visit.evidence(task).complete().submit();

        Execution execution = visit.execution(task);
        assertThat(execution.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(execution.score()).isEqualTo(100);
        assertThat(execution.gpsOutcome()).isEqualTo(GpsOutcome.INSIDE);
        assertThat(execution.gpsProbability()).isGreaterThan(0.99);
        assertThat(execution.reasons()).isEmpty();
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.DONE);
        assertThat(field.ended(task.businessKey(), PROCESS)).isTrue();
        assertThat(field.as("coordinator", () -> visit.fieldTasks.history(task.id())))
                .extracting(FieldTaskEvent::toState)
                .containsExactly(
                        FieldTaskState.ORDERED,
                        FieldTaskState.OFFERED,
                        FieldTaskState.CAPTURING,
                        FieldTaskState.SUBMITTED,
                        FieldTaskState.DONE);
        field.radios.forEach(radio ->
                assertThat(field.equipment.item(radio.id()).verifiedBy()).isEqualTo(visit.engineer()));
    }

    @Test
    void verifiedEvidenceThatIsDrawnIsReviewed() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        lottery.drawNext();

        visit.evidence(task).complete().submit();

        assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(visit.execution(task).sampled()).isTrue();
        assertThat(open(task)).containsExactly("Task_ReviewEvidence");
        approve(task);
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.DONE);
        assertThat(visit.execution(task).reviewedBy()).isEqualTo(username(field.circle, "supervisor"));
    }

    @Test
    void doubtfulEvidenceIsReviewedByTheOwnersSupervisorsOnly() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        field.holders.appoint(field.vendor, "supervisor");

        submitDoubtful(task);

        assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.NEEDS_REVIEW);
        assertThat(visit.execution(task).gpsReasons()).containsExactly(GpsReason.ACCURACY_TOO_POOR);
        Task review = field.task(task.businessKey(), "Task_ReviewEvidence");
        assertThat(review.getTenantId()).isEqualTo(field.circle);
        assertThat(field.asPerson(username(field.vendor, "supervisor"), () -> field.tasks
                        .createTaskQuery()
                        .taskId(review.getId())
                        .count()))
                .isZero();
        approve(task);
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void whoeverGatheredEvidenceDoesNotReviewIt() {
        String both = "both." + field.circle;
        field.holders.appointAs(field.circle, both, "field-engineer", "supervisor");
        field.addToCrew(both);
        FieldTask task = visit.order(field.crew, false);
        field.completeAs(both, task.businessKey(), "Task_AcceptFieldTask", "answer", "accept");
        visit.evidence(task)
                .by(both)
                .fix(field.site.latitude(), field.site.longitude(), 12)
                .photos(5)
                .allSerials()
                .signature()
                .submit();

        Problem refusal =
                refusalOf(() -> field.completeAs(both, task.businessKey(), "Task_ReviewEvidence", "answer", "approve"));

        assertThat(refusal.status()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(open(task)).containsExactly("Task_ReviewEvidence");
    }

    @Test
    void evidenceAskedForAgainGoesBackWithReasonsAndEscalatesAfterThreeRounds() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        for (int round = 1; round <= 3; round++) {
            assertThat(visit.now(task).round()).isEqualTo(round);
            submitDoubtful(task);
            visit.askAgain(task, "gps,photos", "too vague " + round);
        }

        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.ESCALATED);
        assertThat(visit.now(task).askedAgain()).containsExactlyInAnyOrder("gps", "photos");
        assertThat(open(task)).containsExactly("Task_DecideEscalation");
        Instant escalated = Instant.now();

        field.complete(
                "project-manager",
                task.businessKey(),
                "Task_DecideEscalation",
                "answer",
                "again",
                "decisionReason",
                "one last time");
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.CAPTURING);
        assertThat(visit.now(task).visitFrom()).isAfter(escalated);
        assertThat(field.toldTo(visit.engineer()))
                .filteredOn(message -> message.event() == NotificationEvent.EVIDENCE_ASKED_AGAIN)
                .hasSize(3)
                .last()
                .satisfies(message -> assertThat(message.text().body()).contains("one last time"));
        submitDoubtful(task);
        visit.askAgain(task, "gps,photos", "still too vague");
        field.complete(
                "project-manager",
                task.businessKey(),
                "Task_DecideEscalation",
                "answer",
                "accept",
                "decisionReason",
                "trees stand there");

        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.DONE);
        assertThat(visit.execution(task).review()).isEqualTo(Execution.Review.APPROVED);
    }

    @Test
    void whatTheTaskDoesNotAskForIsNotAskedForAgain() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        submitDoubtful(task);

        Problem refusal = refusalOf(() -> visit.askAgain(task, "photos,checklist", "the fence?"));

        assertThat(refusal.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refusal).hasMessage("items: must be some of gps, photos, serials, signature");
        assertThat(open(task)).containsExactly("Task_ReviewEvidence");
    }

    @Test
    void verificationThatIsGivenUpIsCancelled() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        giveUpAfterThreeRounds(task);

        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.CANCELLED);
        assertThat(field.ended(task.businessKey(), PROCESS)).isTrue();
    }

    @Test
    void rejectedEvidenceGoesBackWithoutAnybodyLooking() {
        FieldTask task = visit.order(false);
        visit.accept(task);

        visit.evidence(task)
                .fix(18.6, 73.9, 5)
                .photos(5)
                .allSerials()
                .signature()
                .submit();

        assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(visit.execution(task).gpsOutcome()).isEqualTo(GpsOutcome.OUTSIDE);
        assertThat(visit.now(task).round()).isEqualTo(2);
        assertThat(visit.now(task).remark()).contains("outside");
        assertThat(open(task)).containsExactly("Task_CaptureEvidence");
        visit.evidence(task).complete().submit();
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void rejectedEvidenceWithMoreReasonsThanAnybodyReadsGoesBackWithTheFirst() {
        field.askAboutRadios(IntStream.range(0, 50)
                .mapToObj(number -> new ChecklistQuestion(
                        "q" + number, ("Question %d ".formatted(number) + "?".repeat(90)), Kind.TEXT, List.of(), true))
                .toArray(ChecklistQuestion[]::new));
        FieldTask task = visit.order(false);
        visit.accept(task);

        visit.evidence(task).complete().submit();

        assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(visit.execution(task).reasons()).hasSizeGreaterThan(50);
        assertThat(visit.now(task).round()).isEqualTo(2);
        assertThat(visit.now(task).remark())
                .hasSizeLessThan(1_100)
                .startsWith(visit.execution(task).reasons().get(0))
                .contains("Not answered: Question 0 ")
                .containsPattern("\\?; and \\d+ more$");
    }

    @Test
    void visitIsOrderedForATimeThatThereIsACalendarFor() {
        Caller coordinator = Caller.signedIn(http, username(field.circle, "coordinator"), RoleHolders.PASSWORD);
        Map.of(
                        "visitFrom", "+1000000000-12-31T23:59:59Z",
                        "visitUntil", "+300000-01-01T00:00:00Z")
                .forEach((name, time) -> {
                    ResponseEntity<JsonNode> refusal = coordinator.post(
                            "/api/v1/field-tasks",
                            """
                            {"project": "%s", "site": "%s", "team": "%s", "%s": "%s"}"""
                                    .formatted(visit.project.id(), field.site.id(), field.vendorCrew.id(), name, time));
                    assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
                    assertThat(refusal.getBody()
                                    .get("errors")
                                    .get(0)
                                    .get("field")
                                    .asText())
                            .isEqualTo(name);
                });
    }

    @Test
    void clientAcceptsOrHasItDoneAgain() {
        FieldTask task = visit.order(true);
        visit.accept(task);
        visit.evidence(task).complete().submit();
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.AWAITING_CLIENT);

        field.complete(
                "client",
                task.businessKey(),
                "Task_AcceptVerification",
                "answer",
                "refuse",
                "refusalReason",
                "the cabinet is missing");
        assertThat(visit.now(task).round()).isEqualTo(2);
        assertThat(visit.now(task).remark()).isEqualTo("the cabinet is missing");
        visit.evidence(task).complete().submit();
        field.complete("client", task.businessKey(), "Task_AcceptVerification", "answer", "accept");

        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void declinedTaskIsOfferedToSomebodyByTheCoordinator() {
        FieldTask task = visit.order(false);
        field.completeAs(
                visit.engineer(),
                task.businessKey(),
                "Task_AcceptFieldTask",
                "answer",
                "decline",
                "declineReason",
                "no car");
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.ORDERED);

        String lead = username(field.vendor, "team-lead");
        field.complete("coordinator", task.businessKey(), "Task_ArrangeVisit", "answer", "offer", "person", lead);

        assertThat(field.task(task.businessKey(), "Task_AcceptFieldTask").getAssignee())
                .isEqualTo(lead);
        field.completeAs(lead, task.businessKey(), "Task_AcceptFieldTask", "answer", "accept");
        assertThat(visit.now(task).engineer()).isEqualTo(lead);
    }

    @Test
    void taskThatNobodyAnswersIsGivenUpByTheCoordinator() {
        FieldTask task = visit.order(false);
        field.fireTimers(task.businessKey());
        assertThat(open(task)).containsExactly("Task_ArrangeVisit");

        Problem refusal = refusalOf(
                () -> field.complete("coordinator", task.businessKey(), "Task_ArrangeVisit", "answer", "cancel"));
        assertThat(refusal.errors()).singleElement().extracting("field").isEqualTo("cancelReason");
        field.complete(
                "coordinator",
                task.businessKey(),
                "Task_ArrangeVisit",
                "answer",
                "cancel",
                "cancelReason",
                "nobody near");

        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.CANCELLED);
    }

    @Test
    void lateVisitIsReportedAndStillPossible() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        field.fireTimers(task.businessKey());

        assertThat(open(task)).containsExactly("Task_CaptureEvidence");
        assertThat(field.endEvents(PROCESS)).contains("EndEvent_LateVisitReported");
        visit.evidence(task).complete().submit();
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void siteThatNeedsAPermitIsOfferedOnceThereIsOne() {
        field.site = field.site("PUNE-9", true);
        visit.drawBoundary();
        field.radios = List.of(field.radio("R-9", field.site));
        FieldTask task = visit.order(false);
        assertThat(open(task)).containsExactly("Task_ObtainPermit");

        field.complete(
                "coordinator",
                task.businessKey(),
                "Task_ObtainPermit",
                "permitNumber",
                "P-1",
                "permitValidFrom",
                LocalDate.now(ZoneOffset.UTC).toString(),
                "permitValidTo",
                LocalDate.now(ZoneOffset.UTC).plusDays(7).toString());

        assertThat(open(task)).containsExactly("Task_AcceptFieldTask");
        visit.accept(task);
        visit.evidence(task).complete().submit();
        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void everybodyIsToldWhatConcernsThemAndWhy() {
        String supervisor = username(field.circle, "supervisor");
        String manager = username(field.circle, "project-manager");
        String coordinator = username(field.circle, "coordinator");
        String lead = username(field.vendor, "team-lead");
        FieldTask task = visit.order(false);
        field.fireTimers(task.businessKey());
        field.complete("coordinator", task.businessKey(), "Task_ArrangeVisit", "answer", "offer");
        visit.accept(task);
        field.fireTimers(task.businessKey());
        giveUpAfterThreeRounds(task);

        assertThat(events(visit.engineer()))
                .containsExactlyInAnyOrder(
                        NotificationEvent.FIELD_TASK_OFFERED,
                        NotificationEvent.FIELD_TASK_OFFERED,
                        NotificationEvent.EVIDENCE_ASKED_AGAIN,
                        NotificationEvent.EVIDENCE_ASKED_AGAIN,
                        NotificationEvent.VERIFICATION_CANCELLED);
        assertThat(events(lead))
                .containsExactlyInAnyOrder(
                        NotificationEvent.FIELD_TASK_OFFERED,
                        NotificationEvent.FIELD_TASK_OFFERED,
                        NotificationEvent.VISIT_LATE,
                        NotificationEvent.VERIFICATION_CANCELLED);
        assertThat(events(coordinator))
                .containsExactlyInAnyOrder(NotificationEvent.FIELD_TASK_NOT_ACCEPTED, NotificationEvent.VISIT_LATE);
        assertThat(events(supervisor)).hasSize(3).containsOnly(NotificationEvent.EVIDENCE_TO_REVIEW);
        assertThat(field.toldTo(supervisor))
                .allSatisfy(message ->
                        assertThat(message.text().body()).contains("PUNE-1", "the accuracy is worse than required"));
        assertThat(events(manager)).containsExactly(NotificationEvent.VERIFICATION_ESCALATED);

        FieldTask next = visit.order(false);
        visit.accept(next);
        lottery.drawNext();
        visit.evidence(next).complete().submit();
        approve(next);

        assertThat(field.toldTo(supervisor))
                .anySatisfy(message -> assertThat(message.text().body()).contains("drawn as a sample"));
        assertThat(events(manager)).contains(NotificationEvent.VERIFICATION_DONE);
    }

    private List<NotificationEvent> events(String username) {
        return field.toldTo(username).stream().map(Notification::event).toList();
    }

    @Test
    void reasonThatIsLongerThanTheEngineKeepsIsRefusedByName() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        submitDoubtful(task);

        Problem refusal = refusalOf(() -> visit.askAgain(task, "gps", "x".repeat(4_001)));
        assertThat(refusal.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refusal.errors()).singleElement().extracting("field").isEqualTo("againReason");
        visit.askAgain(task, "gps", "x".repeat(4_000));
        assertThat(visit.now(task).round()).isEqualTo(2);
    }

    @Test
    void captureIsNotCompletedByHand() {
        FieldTask task = visit.order(false);
        visit.accept(task);

        Problem refusal =
                refusalOf(() -> field.completeAs(visit.engineer(), task.businessKey(), "Task_CaptureEvidence"));
        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);

        refusal = refusalOf(() -> field.completeAs(
                visit.engineer(),
                task.businessKey(),
                "Task_CaptureEvidence",
                "submittedExecution",
                UUID.randomUUID().toString()));
        assertThat(refusal.errors()).singleElement().extracting("field").isEqualTo("submittedExecution");
        assertThat(open(task)).containsExactly("Task_CaptureEvidence");
    }

    @Test
    void differencesAreRecordedWhenTheReviewerSaysSo() {
        EquipmentItem elsewhere = field.radio("R-7", field.site("PUNE-7", false));
        FieldTask task = visit.order(false);
        visit.accept(task);
        visit.evidence(task)
                .fixAtTheSite()
                .photos(5)
                .serials(
                        field.radios.get(0).serialNumber().toLowerCase(),
                        elsewhere.serialNumber().toLowerCase(),
                        "UNHEARD-OF")
                .signature()
                .submit();

        assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.NEEDS_REVIEW);
        assertThat(field.as("coordinator", () -> visit.executions
                        .details(task.id(), visit.execution(task).id())
                        .serials()))
                .extracting(SerialFinding::serialNumber, SerialFinding::finding)
                .containsExactlyInAnyOrder(
                        tuple(field.radios.get(0).serialNumber(), SerialFinding.Finding.MATCHED),
                        tuple(field.radios.get(1).serialNumber(), SerialFinding.Finding.MISSING),
                        tuple(elsewhere.serialNumber(), SerialFinding.Finding.UNEXPECTED),
                        tuple("UNHEARD-OF", SerialFinding.Finding.UNEXPECTED));
        Problem unclear = Field.refusalOf(() -> field.complete(
                "supervisor",
                task.businessKey(),
                "Task_ReviewEvidence",
                "answer",
                "approve",
                "differences",
                "perhaps"));
        assertThat(unclear.errors()).singleElement().extracting("field").isEqualTo("differences");
        field.complete(
                "supervisor", task.businessKey(), "Task_ReviewEvidence", "answer", "approve", "differences", "record");

        assertThat(field.placeOf(field.radios.get(0))).isEqualTo(Place.site(field.site.id()));
        assertThat(field.placeOf(field.radios.get(1))).isEqualTo(Place.lost());
        assertThat(field.placeOf(elsewhere)).isEqualTo(Place.site(field.site.id()));
        assertThat(field.as("coordinator", () -> field.equipment.custodyBreaks(field.circle)))
                .isEmpty();
    }

    @Test
    void differencesAreThoseOfTheEvidenceThatWasReviewedAndOfNoOther() {
        FieldTask task = visit.order(true);
        visit.accept(task);
        visit.evidence(task)
                .fixAtTheSite()
                .photos(5)
                .serials(field.radios.get(0).serialNumber())
                .signature()
                .submit();
        field.complete(
                "supervisor", task.businessKey(), "Task_ReviewEvidence", "answer", "approve", "differences", "record");
        field.complete(
                "client",
                task.businessKey(),
                "Task_AcceptVerification",
                "answer",
                "refuse",
                "refusalReason",
                "the other radio is there");
        for (int round = 2; round <= 3; round++) {
            visit.evidence(task)
                    .fix(field.site.latitude() + 1, field.site.longitude(), 5)
                    .submit();
            assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.REJECTED);
        }
        field.complete(
                "project-manager",
                task.businessKey(),
                "Task_DecideEscalation",
                "answer",
                "accept",
                "decisionReason",
                "somebody else was there");
        field.complete("client", task.businessKey(), "Task_AcceptVerification", "answer", "accept");

        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.DONE);
        assertThat(field.radios)
                .allSatisfy(radio -> assertThat(field.placeOf(radio)).isEqualTo(Place.site(field.site.id())));
    }

    @Test
    void whatIsFoundTogetherStaysTogether() {
        Site other = field.site("PUNE-7", false);
        EquipmentItem cabinet = field.radio("R-7", other);
        EquipmentItem module = field.radio("R-8", other);
        field.as("coordinator", () -> field.equipment.attach(module.id(), cabinet.id()));
        FieldTask task = visit.order(false);
        visit.accept(task);
        visit.evidence(task)
                .fixAtTheSite()
                .photos(5)
                .allSerials()
                .serials(cabinet.serialNumber(), module.serialNumber())
                .signature()
                .submit();

        field.complete(
                "supervisor", task.businessKey(), "Task_ReviewEvidence", "answer", "approve", "differences", "record");

        assertThat(List.of(cabinet, module))
                .allSatisfy(item -> assertThat(field.placeOf(item)).isEqualTo(Place.site(field.site.id())));
        assertThat(field.as(
                        "coordinator", () -> field.equipment.item(module.id()).parentId()))
                .isEqualTo(cabinet.id());
    }

    @Test
    void reviewerIsToldHowEachSerialNumberWasFound() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        String ticked = field.radios.get(0).serialNumber();
        String scanned = field.radios.get(1).serialNumber();
        visit.evidence(task)
                .fixAtTheSite()
                .photos(5)
                .add(new EvidenceContent.Serial(ticked, Method.TICKED, null))
                .add(new EvidenceContent.Serial(scanned, Method.SCANNED, null))
                .add(new EvidenceContent.Serial(scanned, Method.TICKED, null))
                .add(new EvidenceContent.Serial("UNHEARD-OF", Method.TYPED, null))
                .signature()
                .submit();

        SpinJsonNode found = (SpinJsonNode) field.tasks.getVariable(
                field.task(task.businessKey(), "Task_ReviewEvidence").getId(), "serialFindings");

        assertThat(found.elements())
                .extracting(row -> row.prop("serialNumber").stringValue(), row -> row.prop("method")
                        .stringValue())
                .containsExactlyInAnyOrder(
                        tuple(ticked, "ticked"), tuple(scanned, "scanned"), tuple("UNHEARD-OF", "typed"));
    }

    @Test
    void newestAnswerCountsInWhateverOrderAnswersArrive() {
        field.askAboutRadios(new ChecklistQuestion("door", "Is the door shut?", Kind.YES_NO, List.of(), true));
        FieldTask task = visit.order(false);
        visit.accept(task);

        visit.evidence(task)
                .complete()
                .answer("door", "perhaps")
                .capturedAgo(Duration.ofMinutes(1))
                .answer("door", "yes")
                .submit();
        assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(visit.execution(task).reasons()).contains("Not answered: Is the door shut?");

        visit.evidence(task)
                .complete()
                .answer("door", "yes")
                .capturedAgo(Duration.ofMinutes(1))
                .answer("door", "perhaps")
                .submit();
        assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void photoOfAnotherVisitIsFound() {
        FieldTask first = visit.order(false);
        visit.accept(first);
        byte[] picture = visit.picture();
        Visit.Evidence evidence = visit.evidence(first);
        UUID photo = evidence.upload(StoredFile.Kind.PHOTO, picture);
        evidence.fixAtTheSite().photos(4).photo(photo).allSerials().signature().submit();
        assertThat(visit.now(first).state()).isEqualTo(FieldTaskState.DONE);

        FieldTask second = visit.order(false);
        visit.accept(second);
        Visit.Evidence again = visit.evidence(second);
        again.fixAtTheSite()
                .photos(4)
                .photo(again.upload(StoredFile.Kind.PHOTO, picture))
                .allSerials()
                .signature()
                .submit();

        Instant captured = TenantScope.asSystem(() -> visit.executions.counting(visit.execution(first)).stream()
                .filter(piece -> piece.file().filter(photo::equals).isPresent())
                .findFirst()
                .orElseThrow()
                .capturedAt());
        assertThat(visit.execution(second).verdict()).isEqualTo(Verdict.NEEDS_REVIEW);
        assertThat(visit.execution(second).reasons())
                .contains("Photo 5 is, or looks like, one of %s, captured on %s"
                        .formatted(first.businessKey(), LocalDate.ofInstant(captured, ZoneOffset.UTC)));
    }

    @Test
    void clockThatIsWrongIsNamedAndItsTimesCorrected() {
        FieldTask task = visit.order(false);
        visit.accept(task);

        visit.evidence(task).withClockBehind(Duration.ofHours(2)).complete().submit();

        Execution execution = visit.execution(task);
        assertThat(execution.gpsOutcome()).isEqualTo(GpsOutcome.UNCERTAIN);
        assertThat(execution.gpsReasons()).containsExactly(GpsReason.CLOCK_SKEW);
        assertThat(Duration.between(execution.startedAt(), execution.openedAt()).abs())
                .isLessThan(Duration.ofMinutes(1));
        assertThat(open(task)).containsExactly("Task_ReviewEvidence");
    }

    @Test
    void evidenceFromBeforeTheOrderIsReviewed() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        Visit.Evidence evidence = visit.evidence(task).capturedAgo(Duration.ofDays(30));

        evidence.complete().submit();

        Execution execution = visit.execution(task);
        assertThat(execution.gpsOutcome()).isEqualTo(GpsOutcome.INSIDE);
        assertThat(execution.score()).isEqualTo(100);
        assertThat(execution.verdict()).isEqualTo(Verdict.NEEDS_REVIEW);
        assertThat(execution.reasons())
                .containsExactly(
                        OUT_OF_TIME,
                        "Captured before the task was ordered at %s: gps (1), photos (5), serials (2), signature (1), the first at %s"
                                .formatted(toTheSecond(task.openedAt()), toTheSecond(evidence.firstCapture())));
        assertThat(open(task)).containsExactly("Task_ReviewEvidence");
    }

    @Test
    void evidenceFromAfterItsReceiptIsReviewed() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        Visit.Evidence evidence = visit.evidence(task).complete().capturedAgo(Duration.ofHours(-3));

        evidence.photos(1).submit();

        Execution execution = visit.execution(task);
        assertThat(execution.verdict()).isEqualTo(Verdict.NEEDS_REVIEW);
        assertThat(execution.reasons())
                .containsExactly(
                        OUT_OF_TIME,
                        "Captured after it was received: photos (1), the last at "
                                + toTheSecond(evidence.lastCapture()));
    }

    @Test
    void evidenceIsInTimeAsFarAsClocksGo() {
        FieldTask task = visit.order(false);
        visit.accept(task);

        visit.evidence(task)
                .capturedAgo(Duration.ofMinutes(1))
                .complete()
                .capturedAgo(Duration.ofMinutes(-1))
                .photos(1)
                .submit();

        assertThat(visit.execution(task).reasons()).isEmpty();
        assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    private static Instant toTheSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    void categoriesThatNameTheirQuestionsAlikeAskAllOfThem() {
        ChecklistQuestion dry = new ChecklistQuestion("dry", "Is it dry?", Kind.YES_NO, List.of(), false);
        field.askAboutRadios(dry, new ChecklistQuestion("state", "State of the radio", Kind.TEXT, List.of(), false));
        field.batteryThatAsks(
                dry, new ChecklistQuestion("state", "State of the battery", Kind.NUMBER, List.of(), true));
        FieldTask task = visit.order(false);
        visit.accept(task);

        assertThat(task.requirements().checklist())
                .extracting(ChecklistQuestion::key, ChecklistQuestion::question)
                .containsExactly(
                        tuple("dry", "Is it dry?"),
                        tuple("state", "State of the battery"),
                        tuple("radio.state", "State of the radio"));
        visit.evidence(task)
                .complete()
                .serials("B-1")
                .answer("radio.state", "rusted")
                .submit();
        assertThat(visit.execution(task).reasons()).contains("Not answered: State of the battery");
        visit.evidence(task)
                .complete()
                .serials("B-1")
                .answer("radio.state", "rusted")
                .answer("state", "12.5")
                .submit();
        assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void pointsBeyondAHundredAreAHundredAndFewerThanNoneAreNone() throws IOException {
        FieldTask task = visit.order(false);
        visit.accept(task);

        assertThat(scoreWhereTheStartOfEverySumIs(-500, task)).isZero();
        assertThat(visit.execution(task).reasons()).containsExactly("The evidence has fewer than 50 points");
        assertThat(scoreWhereTheStartOfEverySumIs(500, task)).isEqualTo(100);
        assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    /** The points of flawless evidence after a process owner has changed the table. */
    private @Nullable Integer scoreWhereTheStartOfEverySumIs(int points, FieldTask task) throws IOException {
        String table = Files.readString(Path.of("processes/decisions/evidence-score.dmn"));
        assertThat(table).containsOnlyOnce("<text>0</text>\n        </outputEntry>");
        Deployment edited = repository
                .createDeployment()
                .addString(
                        "evidence-score.dmn",
                        table.replace(
                                "<text>0</text>\n        </outputEntry>",
                                "<text>%d</text>\n        </outputEntry>".formatted(points)))
                .deploy();
        try {
            visit.evidence(task).complete().submit();
        } finally {
            repository.deleteDeployment(edited.getId(), true);
        }
        return visit.execution(task).score();
    }

    @Test
    void cancelledVerificationStopsWhereverItIs() {
        FieldTask task = visit.order(false);
        visit.accept(task);

        field.as("coordinator", () -> visit.fieldTasks.requestCancellation(task.id(), "sold"));
        field.runJobs(task.businessKey());

        assertThat(visit.now(task).state()).isEqualTo(FieldTaskState.CANCELLED);
        assertThat(field.ended(task.businessKey(), PROCESS)).isTrue();
        assertThat(refusalOf(() ->
                                field.as("coordinator", () -> visit.fieldTasks.requestCancellation(task.id(), "sold")))
                        .status())
                .isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void allocationOfAVerificationIsDoneWithIt() {
        field.project = visit.project;
        Allocation allocation = field.walkTo("Task_AcceptFieldTask");
        String key = allocation.businessKey();
        FieldTask task = field.as("coordinator", () -> visit.fieldTasks
                .search(visit.project.id(), null, null, null, Pageable.unpaged())
                .getContent()
                .get(0));
        assertThat(task.tenantId()).isEqualTo(field.circle + "~" + field.vendor);
        assertThat(task.allocationId()).isEqualTo(allocation.id());

        visit.accept(task);
        visit.evidence(task).complete().submit();
        field.runJobs(key);

        assertThat(field.allocations.get(allocation.id()).state()).isEqualTo(AllocationState.DONE);
        assertThat(field.ended(key, "site-lifecycle")).isTrue();
    }

    private FieldTask taskOf(Allocation allocation) {
        return field.as("coordinator", () -> visit.fieldTasks
                .search(allocation.project().id(), null, null, null, Pageable.unpaged())
                .getContent()
                .get(0));
    }

    private void hold(Allocation allocation) {
        field.as("coordinator", () -> field.allocations.hold(allocation.id(), "monsoon"));
    }

    private void resume(Allocation allocation) {
        field.as("coordinator", () -> field.allocations.resume(allocation.id()));
    }

    private Job theClock(Allocation allocation) {
        List<Job> clocks = field.timers(allocation.businessKey());
        assertThat(clocks).hasSize(1);
        return clocks.get(0);
    }

    @Test
    void heldSiteStopsTheAnswerClockOfTheWorkThatItCalled() {
        field.project = visit.project;
        Allocation allocation = field.walkTo("Task_AcceptFieldTask");
        FieldTask task = taskOf(allocation);
        Instant due = theClock(allocation).getDuedate().toInstant();

        hold(allocation);
        field.fireTimers(allocation.businessKey());

        assertThat(theClock(allocation).isSuspended()).isTrue();
        assertThat(open(task)).containsExactly("Task_AcceptFieldTask");

        field.letHoldLast(allocation, Duration.ofHours(3));
        resume(allocation);

        assertThat(theClock(allocation).isSuspended()).isFalse();
        assertThat(theClock(allocation).getDuedate().toInstant())
                .isCloseTo(due.plus(3, ChronoUnit.HOURS), within(1, ChronoUnit.MINUTES));
        field.fireTimers(allocation.businessKey());
        assertThat(open(task)).containsExactly("Task_ArrangeVisit");
    }

    @Test
    void workCalledWhileTheSiteIsHeldHasItsTwoHoursFromTheResumption() {
        field.project = visit.project;
        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        String key = allocation.businessKey();
        Task offer = field.task(key, "Task_AcceptAssignment");
        field.asPerson(offer.getAssignee(), () -> {
            field.tasks.complete(offer.getId(), Map.of("answer", "accept"));
            return true;
        });
        hold(allocation);

        field.runJobs(key);
        field.fireTimers(key);

        assertThat(field.openTasks(key)).containsExactly("Task_AcceptFieldTask");
        assertThat(theClock(allocation).isSuspended()).isTrue();
        Instant due = theClock(allocation).getDuedate().toInstant();

        field.letHoldLast(allocation, Duration.ofHours(3));
        resume(allocation);

        assertThat(theClock(allocation).isSuspended()).isFalse();
        assertThat(theClock(allocation).getDuedate().toInstant())
                .isCloseTo(due.plus(3, ChronoUnit.HOURS), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void roundThatBeginsWhileTheSiteIsHeldHasItsWindowFromTheResumption() {
        field.project = visit.project;
        Allocation allocation = field.walkTo("Task_AcceptFieldTask");
        FieldTask task = taskOf(allocation);
        visit.accept(task);
        visit.evidence(task)
                .fix(18.6, 73.9, 5)
                .photos(5)
                .allSerials()
                .signature()
                .announce(null);
        hold(allocation);

        field.runJobs(task.businessKey());
        field.fireTimers(task.businessKey());

        assertThat(visit.now(task).round()).isEqualTo(2);
        assertThat(theClock(allocation).isSuspended()).isTrue();
        assertThat(field.endEvents(PROCESS)).doesNotContain("EndEvent_LateVisitReported");
        Instant due = theClock(allocation).getDuedate().toInstant();

        field.letHoldLast(allocation, Duration.ofDays(8));
        resume(allocation);

        assertThat(theClock(allocation).getDuedate().toInstant())
                .isCloseTo(due.plus(8, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
        assertThat(visit.now(task).visitUntil()).isCloseTo(due.plus(8, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
        field.fireTimers(task.businessKey());
        assertThat(field.endEvents(PROCESS)).contains("EndEvent_LateVisitReported");
    }

    @Test
    void visitAcceptedAfterAHoldIsLateSoMuchLater() {
        field.project = visit.project;
        Allocation allocation = field.walkTo("Task_AcceptFieldTask");
        FieldTask task = taskOf(allocation);
        Instant until = task.visitUntil();
        hold(allocation);
        field.letHoldLast(allocation, Duration.ofDays(8));
        resume(allocation);

        visit.accept(task);

        assertThat(theClock(allocation).getDuedate().toInstant())
                .isCloseTo(until.plus(8, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
        assertThat(visit.now(task).visitUntil())
                .isCloseTo(until.plus(8, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
        assertThat(visit.now(task).visitFrom())
                .as("the window is as long as it was, and so are those of later rounds")
                .isCloseTo(task.visitFrom(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void teamThatLosesTheSiteLosesItsFieldTask() {
        field.project = visit.project;
        Allocation allocation = field.walkTo("Task_AcceptFieldTask");
        field.as(
                "coordinator",
                () -> field.allocations.reassign(allocation.id(), field.crew.id(), "closer to the site"));
        field.runJobs(allocation.businessKey());

        assertThat(field.as("coordinator", () -> visit.fieldTasks
                        .search(visit.project.id(), null, null, null, Pageable.unpaged())
                        .getContent()))
                .singleElement()
                .extracting(FieldTask::state)
                .isEqualTo(FieldTaskState.CANCELLED);
    }

    @Test
    void siteIsVerifiedOnceAtATime() {
        visit.order(false);

        assertThat(refusalOf(() -> visit.order(false)).status()).isEqualTo(HttpStatus.CONFLICT);
    }
}
