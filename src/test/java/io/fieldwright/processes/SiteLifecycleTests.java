package io.fieldwright.processes;

import static io.fieldwright.processes.Field.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.api.Problem;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.logistics.DismantleEvent;
import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.DismantleState;
import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.Trip;
import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.AllocationEvent;
import io.fieldwright.projects.AllocationState;
import io.fieldwright.projects.Project;
import io.fieldwright.projects.Projects;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.groups.Tuple;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

@FieldwrightTest
class SiteLifecycleTests {

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    TestRestTemplate http;

    Field field;

    @BeforeEach
    void furnish() {
        field = fields.getObject().furnish();
    }

    private String coordinator() {
        return RoleHolders.username(field.circle, "coordinator");
    }

    private String vendorLead() {
        return RoleHolders.username(field.vendor, "team-lead");
    }

    private List<Tuple> historyOf(Allocation allocation) {
        return field.allocations.history(allocation.id()).stream()
                .map((AllocationEvent event) ->
                        tuple(event.fromState(), event.toState(), event.what(), event.who(), event.why()))
                .toList();
    }

    private AllocationEvent lastOf(Allocation allocation) {
        List<AllocationEvent> history = field.allocations.history(allocation.id());
        return history.get(history.size() - 1);
    }

    private Allocation now(Allocation allocation) {
        return field.allocations.get(allocation.id());
    }

    /** A site where everything that can be asked before pickup is asked: permit, deviations, a warehouse by hand. */
    private void makeEverythingDifficult() {
        field.site = field.site("PUNE-2", true);
        EquipmentItem found = field.radio("R-3", field.site);
        field.radio("R-4", field.site);
        field.radios = List.of(found);
        field.leaveTheWarehouseToStructures();
    }

    @Test
    void subcontractorsTeamWorksInTheChainThatLeadsToIt() {
        String subcontractor = field.subcontractor;
        field.vendorCrew = field.subcontractorCrew();
        String chain = String.join("~", field.circle, field.vendor, subcontractor);

        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        String key = allocation.businessKey();

        assertThat(now(allocation).tenantId()).isEqualTo(chain);
        field.completeAs(
                RoleHolders.username(subcontractor, "team-lead"), key, "Task_AcceptAssignment", "answer", "accept");
        field.runJobs(key);
        assertThat(field.record().tenantId()).isEqualTo(chain);
        assertThat(field.openTaskEntities(key))
                .extracting(Task::getTenantId)
                .contains(chain)
                .doesNotContain(field.circle + "~" + field.vendor);
        for (String organisation : List.of(field.vendor, subcontractor)) {
            assertThat(field.asPerson(
                            RoleHolders.username(organisation, "team-lead"),
                            () -> field.allocations.get(allocation.id())))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"DISMANTLE, dismantle", "FIELD_VERIFICATION, field-verification"})
    void startedWorkIsOfTheKindThatTheProjectIsFor(Project.WorkType workType, String word) {
        Project project = field.project;
        field.as(
                "project-manager",
                () -> field.projects.change(
                        project.id(),
                        "*",
                        new Projects.Description(
                                project.name(),
                                project.manager().username(),
                                project.designPhase(),
                                workType,
                                false,
                                project.requiredSkill(),
                                project.startsOn(),
                                null)));
        Allocation allocation = field.walkTo("Task_AcceptAssignment");

        field.agree(allocation.businessKey(), "Task_AcceptAssignment");

        assertThat(field.variable(allocation.businessKey(), "site-lifecycle", "workType"))
                .isEqualTo(word);
    }

    @Test
    void declinedAssignmentReturnsToTheCoordinatorWithItsReason() {
        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        String key = allocation.businessKey();
        assertThat(now(allocation).tenantId()).isEqualTo(field.circle + "~" + field.vendor);

        field.completeAs(
                vendorLead(), key, "Task_AcceptAssignment", "answer", "decline", "declineReason", "no crane this week");

        assertThat(now(allocation).state()).isEqualTo(AllocationState.ALLOCATED);
        assertThat(now(allocation).team()).isEmpty();
        assertThat(now(allocation).tenantId()).isEqualTo(field.circle);
        assertThat(historyOf(allocation))
                .containsExactly(
                        tuple(null, AllocationState.ALLOCATED, "allocated", coordinator(), null),
                        tuple(AllocationState.ALLOCATED, AllocationState.ASSIGNED, "assigned", coordinator(), null),
                        tuple(
                                AllocationState.ASSIGNED,
                                AllocationState.ALLOCATED,
                                "returned to coordinator",
                                vendorLead(),
                                "no crane this week"));
        assertThat(field.openTasks(key)).containsExactly("Task_AssignTeam");
        assertThat(field.endEvents("site-lifecycle")).containsExactly("EndEvent_Declined");
        assertThat(field.timers(key)).isEmpty();
        assertThat(field.records()).isEmpty();
    }

    @Test
    void declineWithoutAReasonIsRefusedAndChangesNothing() {
        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        String key = allocation.businessKey();
        List<Object> before = field.picture(key);

        Problem refusal =
                refusalOf(() -> field.completeAs(vendorLead(), key, "Task_AcceptAssignment", "answer", "decline"));

        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly("declineReason");
        assertThat(field.picture(key)).isEqualTo(before);
    }

    @Test
    void unansweredAssignmentReturnsToTheCoordinatorAfterTwoHours() {
        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        String key = allocation.businessKey();
        Job clock = field.timers(key).get(0);
        assertThat(clock.getDuedate().toInstant())
                .isCloseTo(clock.getCreateTime().toInstant().plus(2, ChronoUnit.HOURS), within(1, ChronoUnit.MINUTES));

        field.fireTimers(key);

        assertThat(now(allocation).state()).isEqualTo(AllocationState.ALLOCATED);
        assertThat(now(allocation).team()).isEmpty();
        assertThat(historyOf(allocation))
                .last()
                .isEqualTo(tuple(
                        AllocationState.ASSIGNED,
                        AllocationState.ALLOCATED,
                        "returned to coordinator",
                        "system",
                        "no answer in time"));
        assertThat(field.openTasks(key)).containsExactly("Task_AssignTeam");
        assertThat(field.endEvents("site-lifecycle")).containsExactly("EndEvent_NoAnswer");
    }

    @Test
    void unassignedTeamLosesTheSiteToTheCoordinator() {
        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        String key = allocation.businessKey();

        field.as("coordinator", () -> field.allocations.unassign(allocation.id(), "wrong skills"));

        assertThat(now(allocation).state()).isEqualTo(AllocationState.ALLOCATED);
        assertThat(historyOf(allocation))
                .last()
                .isEqualTo(tuple(
                        AllocationState.ASSIGNED,
                        AllocationState.ALLOCATED,
                        "team unassigned",
                        coordinator(),
                        "wrong skills"));
        assertThat(field.openTasks(key)).containsExactly("Task_AssignTeam");
        assertThat(field.endEvents("site-lifecycle")).isEmpty();
        assertThat(field.timers(key)).isEmpty();
        Problem unseen = refusalOf(() -> field.asPerson(vendorLead(), () -> field.allocations.get(allocation.id())));
        assertThat(unseen.status()).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void coordinatorWhoNamesNoTeamDoesNotGetTheFormerOneAgain() {
        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        String key = allocation.businessKey();
        field.as("coordinator", () -> field.allocations.unassign(allocation.id(), "wrong skills"));
        List<Object> before = field.picture(key);

        Problem refusal = refusalOf(() -> field.complete("coordinator", key, "Task_AssignTeam"));

        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly("teamId");
        assertThat(field.picture(key)).isEqualTo(before);
    }

    @Test
    void reassignedBeforeWorkTheNewTeamIsAsked() {
        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        String key = allocation.businessKey();

        field.as("coordinator", () -> field.allocations.reassign(allocation.id(), field.crew.id(), "nearer"));

        assertThat(now(allocation).state()).isEqualTo(AllocationState.ASSIGNED);
        assertThat(now(allocation).team()).map(team -> team.id()).contains(field.crew.id());
        assertThat(now(allocation).tenantId()).isEqualTo(field.circle);
        assertThat(historyOf(allocation))
                .endsWith(
                        tuple(
                                AllocationState.ASSIGNED,
                                AllocationState.ALLOCATED,
                                "team unassigned",
                                coordinator(),
                                "nearer"),
                        tuple(
                                AllocationState.ALLOCATED,
                                AllocationState.ASSIGNED,
                                "reassigned",
                                coordinator(),
                                "nearer"));
        assertThat(field.openTaskEntities(key))
                .extracting(Task::getTaskDefinitionKey, Task::getAssignee, Task::getTenantId)
                .containsExactly(
                        tuple("Task_AcceptAssignment", RoleHolders.username(field.circle, "team-lead"), field.circle));
        assertThat(field.timers(key)).hasSize(1);
        assertThat(field.records()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Task_AuthoriseDismantle",
                "Task_ObtainPermit",
                "Task_DismantleAndScan",
                "Task_ResolveDeviations",
                "Task_ChooseWarehouseByHand"
            })
    void reassignedDuringWorkTheFormerRecordIsCancelledAndTheNewTeamOpensItsOwn(String task) {
        makeEverythingDifficult();
        Allocation allocation = field.walkTo(task);
        String key = allocation.businessKey();

        field.as("coordinator", () -> field.allocations.reassign(allocation.id(), field.crew.id(), "vendor left"));

        assertThat(now(allocation).state()).isEqualTo(AllocationState.ASSIGNED);
        assertThat(historyOf(allocation))
                .last()
                .isEqualTo(tuple(
                        AllocationState.WIP, AllocationState.ASSIGNED, "reassigned", coordinator(), "vendor left"));
        assertThat(field.ended(key, "dismantle-to-warehouse")).isTrue();
        assertThat(field.openTasks(key)).containsExactly("Task_AcceptAssignment");
        assertThat(field.records()).singleElement().satisfies(record -> assertThat(
                        field.dismantleRecords.history(record.id()))
                .last()
                .extracting(DismantleEvent::toState, DismantleEvent::who, DismantleEvent::why)
                .containsExactly(DismantleState.CANCELLED, coordinator(), "vendor left"));

        field.agree(key, "Task_AcceptAssignment");

        assertThat(now(allocation).state()).isEqualTo(AllocationState.WIP);
        assertThat(field.openTasks(key)).containsExactly("Task_AuthoriseDismantle");
        assertThat(field.records())
                .extracting(DismantleRecord::state, DismantleRecord::teamId)
                .containsExactly(
                        tuple(DismantleState.CANCELLED, field.vendorCrew.id()),
                        tuple(DismantleState.PENDING, field.crew.id()));
        assertThat(field.placeOf(field.radios.get(0))).isEqualTo(Place.site(field.site.id()));
        assertThat(field.equipment.custodyBreaks(field.circle)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Task_AssignTeam, ",
        "Task_AcceptAssignment, accept",
        "Task_AcceptAssignment, decline",
        "Task_AuthoriseDismantle, authorise",
        "Task_AuthoriseDismantle, refuse",
        "Task_ObtainPermit, ",
        "Task_DismantleAndScan, ",
        "Task_ResolveDeviations, accept",
        "Task_ResolveDeviations, rescan",
        "Task_ChooseWarehouseByHand, "
    })
    void taskOfAHeldSiteIsRefusedUntilItIsResumed(String task, String answer) {
        makeEverythingDifficult();
        Allocation allocation = field.walkTo(task);
        String key = allocation.businessKey();
        AllocationState state = now(allocation).state();
        field.as("coordinator", () -> field.allocations.hold(allocation.id(), "storm"));
        assertThat(historyOf(allocation)).last().isEqualTo(tuple(state, state, "held", coordinator(), "storm"));
        List<Object> held = field.picture(key);

        Problem refusal = refusalOf(() -> {
            if (answer == null) {
                field.agree(key, task);
            } else {
                answer(key, task, answer);
            }
        });

        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refusal).hasMessageContaining("on hold");
        assertThat(field.picture(key)).isEqualTo(held);

        field.as("coordinator", () -> field.allocations.resume(allocation.id()));
        field.agree(key, task);

        assertThat(now(allocation).heldSince()).isNull();
        assertThat(historyOf(allocation)).contains(tuple(state, state, "resumed", coordinator(), null));
        assertThat(field.endEvents("site-lifecycle")).contains("EndEvent_WorkResumed");
        assertThat(field.openTasks(key)).doesNotContain(task);
    }

    private void answer(String key, String task, String answer) {
        switch (task) {
            case "Task_AcceptAssignment" ->
                field.completeAs(vendorLead(), key, task, "answer", answer, "declineReason", "storm");
            case "Task_AuthoriseDismantle" ->
                field.complete("asset-owner", key, task, "answer", answer, "reason", "storm");
            default -> field.complete("project-manager", key, task, "answer", answer, "reason", "storm");
        }
    }

    @Test
    void heldSiteStopsTheAnswerClockAndResumingSetsItBackByTheHeldTime() {
        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        String key = allocation.businessKey();
        Instant due = field.timers(key).get(0).getDuedate().toInstant();

        field.as("coordinator", () -> field.allocations.hold(allocation.id(), "monsoon"));
        field.fireTimers(key);

        assertThat(field.timers(key)).singleElement().satisfies(clock -> assertThat(clock.isSuspended())
                .isTrue());
        assertThat(field.openTasks(key)).containsExactly("Task_AcceptAssignment");
        assertThat(now(allocation).state()).isEqualTo(AllocationState.ASSIGNED);

        field.letHoldLast(allocation, Duration.ofHours(3));
        field.as("coordinator", () -> field.allocations.resume(allocation.id()));

        Job clock = field.timers(key).get(0);
        assertThat(clock.isSuspended()).isFalse();
        assertThat(clock.getDuedate().toInstant())
                .isCloseTo(due.plus(3, ChronoUnit.HOURS), within(1, ChronoUnit.MINUTES));
        field.fireTimers(key);
        assertThat(now(allocation).state()).isEqualTo(AllocationState.ALLOCATED);
        assertThat(field.openTasks(key)).containsExactly("Task_AssignTeam");
    }

    @Test
    void teamThatGetsAHeldSiteHasItsTwoHoursFromTheResumption() {
        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        String key = allocation.businessKey();
        field.as("coordinator", () -> field.allocations.hold(allocation.id(), "monsoon"));
        field.letHoldLast(allocation, Duration.ofHours(3));
        field.as("coordinator", () -> field.allocations.reassign(allocation.id(), field.crew.id(), "nearer"));

        field.fireTimers(key);

        assertThat(field.openTasks(key)).containsExactly("Task_AcceptAssignment");
        assertThat(now(allocation).team()).map(team -> team.id()).contains(field.crew.id());

        field.as("coordinator", () -> field.allocations.resume(allocation.id()));

        assertThat(field.timers(key)).singleElement().satisfies(clock -> {
            assertThat(clock.isSuspended()).isFalse();
            assertThat(clock.getDuedate().toInstant())
                    .isCloseTo(
                            clock.getCreateTime().toInstant().plus(2, ChronoUnit.HOURS), within(1, ChronoUnit.MINUTES));
        });
    }

    @Test
    void secondHoldIsRefused() {
        Allocation allocation = field.walkTo("Task_AuthoriseDismantle");
        field.as("coordinator", () -> field.allocations.hold(allocation.id(), "storm"));
        List<Object> held = field.picture(allocation.businessKey());

        Problem refusal = refusalOf(
                () -> field.as("coordinator", () -> field.allocations.hold(allocation.id(), "another storm")));

        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(field.picture(allocation.businessKey())).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({
        "Task_AssignTeam, ALLOCATED, false",
        "Task_AcceptAssignment, ASSIGNED, false",
        "Task_AcceptAssignment, ASSIGNED, true",
        "Task_AuthoriseDismantle, WIP, false",
        "Task_ObtainPermit, WIP, false",
        "Task_DismantleAndScan, WIP, true",
        "Task_ResolveDeviations, WIP, false",
        "Task_ChooseWarehouseByHand, WIP, false"
    })
    void cancelledSiteEndsAllWorkAndMayBeAllocatedAnew(String task, AllocationState state, boolean held) {
        makeEverythingDifficult();
        Allocation allocation = field.walkTo(task);
        String key = allocation.businessKey();
        if (held) {
            field.as("coordinator", () -> field.allocations.hold(allocation.id(), "storm"));
        }

        field.as("coordinator", () -> field.allocations.cancel(allocation.id(), "site sold"));

        assertThat(now(allocation).cancelledAt()).isNotNull();
        assertThat(now(allocation).state()).isEqualTo(state);
        assertThat(historyOf(allocation))
                .last()
                .isEqualTo(tuple(state, state, "cancelled", coordinator(), "site sold"));
        assertThat(field.openTasks(key)).isEmpty();
        assertThat(field.ended(key, "site-lifecycle")).isTrue();
        assertThat(field.ended(key, "dismantle-to-warehouse")).isTrue();
        assertThat(field.endEvents("site-lifecycle")).containsExactly("EndEvent_SiteCancelled");
        assertThat(field.records()).allSatisfy(record -> assertThat(field.dismantleRecords.history(record.id()))
                .last()
                .extracting(DismantleEvent::toState, DismantleEvent::why)
                .containsExactly(DismantleState.CANCELLED, "site sold"));
        assertThat(field.placeOf(field.radios.get(0))).isEqualTo(Place.site(field.site.id()));
        assertThat(field.equipment.custodyBreaks(field.circle)).isEmpty();

        Allocation anew = field.walkTo("Task_AuthoriseDismantle");
        assertThat(now(anew).state()).isEqualTo(AllocationState.WIP);
    }

    @Test
    void refusedAuthorisationCancelsTheAllocationWithTheOwnersReason() {
        Allocation allocation = field.walkTo("Task_AuthoriseDismantle");
        String key = allocation.businessKey();
        String owner = RoleHolders.username(field.circle, "asset-owner");
        List<Object> before = field.picture(key);
        Problem incomplete =
                refusalOf(() -> field.complete("asset-owner", key, "Task_AuthoriseDismantle", "answer", "refuse"));
        assertThat(incomplete.errors()).extracting(Problem.FieldError::field).containsExactly("reason");
        assertThat(field.picture(key)).isEqualTo(before);

        field.complete("asset-owner", key, "Task_AuthoriseDismantle", "answer", "refuse", "reason", "still in use");

        assertThat(now(allocation).cancelledAt()).isNotNull();
        assertThat(historyOf(allocation))
                .last()
                .isEqualTo(tuple(AllocationState.WIP, AllocationState.WIP, "cancelled", owner, "still in use"));
        assertThat(field.dismantleRecords.history(field.record().id()))
                .extracting(
                        DismantleEvent::fromState, DismantleEvent::toState, DismantleEvent::who, DismantleEvent::why)
                .endsWith(tuple(DismantleState.PENDING, DismantleState.CANCELLED, owner, "still in use"));
        assertThat(field.endEvents("site-lifecycle")).containsExactly("EndEvent_AllocationCancelled");
        assertThat(field.endEvents("dismantle-to-warehouse"))
                .containsExactlyInAnyOrder("EndEvent_DismantleRefused", "EndEvent_WorkWithdrawn");
        assertThat(field.ended(key, "site-lifecycle")).isTrue();
        assertThat(field.ended(key, "dismantle-to-warehouse")).isTrue();
        assertThat(field.radios)
                .allSatisfy(item -> assertThat(field.placeOf(item)).isEqualTo(Place.site(field.site.id())));
    }

    @Test
    void dismantleCancelledBeforeTheSiteIsDoneCancelsTheAllocation() {
        Allocation allocation = field.walkTo("Task_DismantleAndScan");
        String key = allocation.businessKey();

        field.as(
                "project-manager",
                () -> field.dismantleRecords.requestCancellation(field.record().id(), "client withdrew"));

        String manager = RoleHolders.username(field.circle, "project-manager");
        assertThat(field.record().state()).isEqualTo(DismantleState.CANCELLED);
        assertThat(now(allocation).cancelledAt()).isNotNull();
        assertThat(historyOf(allocation))
                .last()
                .isEqualTo(tuple(AllocationState.WIP, AllocationState.WIP, "cancelled", manager, "client withdrew"));
        assertThat(field.endEvents("site-lifecycle")).containsExactly("EndEvent_AllocationCancelled");
        assertThat(field.endEvents("dismantle-to-warehouse")).containsExactly("EndEvent_DismantleCancelled");
        assertThat(field.openTasks(key)).isEmpty();
    }

    @Test
    void dismantleCancelledAfterTheSiteIsDoneCancelsOnlyThePickup() {
        Allocation allocation = field.walkTo("Task_ConfirmTrip");
        String key = allocation.businessKey();
        assertThat(now(allocation).state()).isEqualTo(AllocationState.DONE);
        List<Tuple> history = historyOf(allocation);

        field.as(
                "coordinator",
                () -> field.dismantleRecords.requestCancellation(field.record().id(), "equipment stays"));

        assertThat(now(allocation).state()).isEqualTo(AllocationState.DONE);
        assertThat(now(allocation).cancelledAt()).isNull();
        assertThat(historyOf(allocation)).isEqualTo(history);
        assertThat(field.record().state()).isEqualTo(DismantleState.CANCELLED);
        assertThat(field.trips()).extracting(Trip::state).containsExactly(Trip.State.CANCELLED);
        assertThat(field.receipts()).extracting(Receipt::state).containsExactly(Receipt.State.CANCELLED);
        assertThat(field.endEvents("site-lifecycle"))
                .containsExactlyInAnyOrder("EndEvent_SiteDone", "EndEvent_PickupCancelled");
        assertThat(field.endEvents("dismantle-to-warehouse"))
                .containsExactlyInAnyOrder("EndEvent_EquipmentSealed", "EndEvent_DismantleCancelled");
        assertThat(field.endEvents("transport-trip")).isEmpty();
        assertThat(field.ended(key, "transport-trip")).isTrue();
        assertThat(field.radios)
                .allSatisfy(item -> assertThat(field.placeOf(item)).isEqualTo(Place.site(field.site.id())));
    }

    @Test
    void doneSiteClosesWhenItsDismantleDoes() {
        Allocation allocation = field.walkTo("Task_SignArrival");
        String key = allocation.businessKey();
        assertThat(now(allocation).state()).isEqualTo(AllocationState.DONE);
        assertThat(now(allocation).doneAt()).isNotNull();
        assertThat(field.ended(key, "site-lifecycle")).isFalse();

        field.goOnToTheEnd(key);

        assertThat(field.ended(key, "site-lifecycle")).isTrue();
        assertThat(field.endEvents("site-lifecycle"))
                .containsExactlyInAnyOrder("EndEvent_SiteDone", "EndEvent_WorkClosed", "EndEvent_SiteClosed");
        assertThat(historyOf(allocation))
                .extracting(event -> event.toList().get(1))
                .containsExactly(
                        AllocationState.ALLOCATED, AllocationState.ASSIGNED, AllocationState.WIP, AllocationState.DONE);
        assertThat(field.projects.progress(field.project.id()).percentDone()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "Task_AssignTeam, unassign",
        "Task_AssignTeam, reassign",
        "Task_AssignTeam, resume",
        "Task_AcceptAssignment, resume",
        "Task_AcceptAssignment, reassign to the same team",
        "Task_AuthoriseDismantle, unassign",
        "Task_AuthoriseDismantle, resume",
        "Task_AuthoriseDismantle, reassign to the same team",
        "Task_ConfirmTrip, unassign",
        "Task_ConfirmTrip, reassign",
        "Task_ConfirmTrip, hold",
        "Task_ConfirmTrip, resume",
        "Task_ConfirmTrip, cancel"
    })
    void messageInAWrongStateIsRefusedAndChangesNothing(String task, String message) {
        Allocation allocation = field.walkTo(task);
        List<Object> before = field.picture(allocation.businessKey());

        Problem refusal = refusalOf(() -> steer(allocation.id(), message));

        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(field.picture(allocation.businessKey())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unassign", "reassign", "hold", "resume", "cancel"})
    void cancelledSiteRefusesEveryMessage(String message) {
        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        field.as("coordinator", () -> field.allocations.cancel(allocation.id(), "site sold"));
        List<Object> before = field.picture(allocation.businessKey());

        Problem refusal = refusalOf(() -> steer(allocation.id(), message));

        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(field.picture(allocation.businessKey())).isEqualTo(before);
    }

    private void steer(UUID id, String message) {
        field.as("coordinator", () -> {
            switch (message) {
                case "unassign" -> field.allocations.unassign(id, "because");
                case "reassign" -> field.allocations.reassign(id, field.crew.id(), "because");
                case "reassign to the same team" -> field.allocations.reassign(id, field.vendorCrew.id(), "because");
                case "hold" -> field.allocations.hold(id, "because");
                case "resume" -> field.allocations.resume(id);
                default -> field.allocations.cancel(id, "because");
            }
        });
    }

    @Test
    void reassignmentToATeamThatMayNotWorkHereIsRefused() {
        Allocation allocation = field.walkTo("Task_AcceptAssignment");
        Field others = fields.getObject().furnish();
        List<Object> before = field.picture(allocation.businessKey());

        Problem refusal = refusalOf(() -> field.as(
                "coordinator", () -> field.allocations.reassign(allocation.id(), others.crew.id(), "because")));

        assertThat(refusal.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly("team");
        assertThat(field.picture(allocation.businessKey())).isEqualTo(before);
    }

    @Test
    void siteAllocatedTwiceIsRefused() {
        Allocation allocation = field.allocate();
        List<Object> before = field.picture(allocation.businessKey());

        Problem refusal = refusalOf(() -> field.allocate());

        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly("site");
        assertThat(field.picture(allocation.businessKey())).isEqualTo(before);
    }

    @RepeatedTest(3)
    void siteAllocatedByTwoAtOnceIsAllocatedOnce() throws Exception {
        Caller coordinator = Caller.signedIn(http, coordinator(), RoleHolders.PASSWORD);
        String body = "{\"project\": \"%s\", \"site\": \"%s\"}".formatted(field.project.id(), field.site.id());
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<ResponseEntity<JsonNode>> allocating = () -> {
            together.await();
            return coordinator.post("/api/v1/allocations", body);
        };
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            var answers = both.invokeAll(List.of(allocating, allocating));
            assertThat(List.of(
                            answers.get(0).get().getStatusCode().value(),
                            answers.get(1).get().getStatusCode().value()))
                    .containsExactlyInAnyOrder(201, 409);
        } finally {
            both.shutdown();
        }
        String key = field.project.code() + "/" + field.site.code();
        field.runJobs(key);
        assertThat(field.openTasks(key)).containsExactly("Task_AssignTeam");
        assertThat(field.projects.progress(field.project.id()).total()).isEqualTo(1);
    }
}
