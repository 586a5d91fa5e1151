package io.fieldwright.processes;

import static io.fieldwright.RoleHolders.username;
import static io.fieldwright.processes.Field.refusalOf;
import static io.fieldwright.processes.Phone.outcomes;
import static io.fieldwright.processes.Phone.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.api.Problem;
import io.fieldwright.fieldwork.Capture;
import io.fieldwright.fieldwork.Evidence;
import io.fieldwright.fieldwork.EvidenceContent;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTaskState;
import io.fieldwright.fieldwork.GpsReason;
import io.fieldwright.fieldwork.Verdict;
import io.fieldwright.files.StoredFile;
import io.fieldwright.projects.Allocation;
import io.fieldwright.tenancy.TenantScope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of work that arrives late, twice, out of order, or after others decided (requirements, section 8). */
@FieldwrightTest
class OfflineWorkTests {

    private static final String CONFLICT = "evidence-conflict";

    @Autowired
    ObjectProvider<Visit> visits;

    @Autowired
    TestRestTemplate http;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    Visit visit;
    Field field;
    List<Phone> phones = new ArrayList<>();

    /** One thread for each who waits for another, however few cores there are. */
    private final ExecutorService together = Executors.newCachedThreadPool();

    @BeforeEach
    void furnish() {
        visit = visits.getObject().furnish();
        field = visit.field;
    }

    @AfterEach
    void endThreads() {
        together.shutdownNow();
    }

    /** Nothing that was submitted is dropped: it is kept with the outcome that was answered. */
    @AfterEach
    void everyOperationIsKeptWithItsOutcome() {
        for (Phone phone : phones) {
            Map<UUID, List<String>> kept = asSystem(() -> jdbc
                    .sql("select operation_id, outcome from sync_operation where device_id = :device")
                    .param("device", phone.id)
                    .query((row, number) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                    .list()
                    .stream()
                    .collect(Collectors.groupingBy(
                            Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
            assertThat(kept).containsAllEntriesOf(phone.answered);
            assertThat(kept.keySet()).isEqualTo(phone.answered.keySet());
        }
    }

    private <T> T asSystem(Supplier<T> work) {
        return TenantScope.asSystem(() -> transaction.execute(status -> work.get()));
    }

    private Phone phone() {
        return phone(visit.engineer());
    }

    private Phone phone(String person) {
        Phone phone = new Phone(http, person);
        phones.add(phone);
        return phone.register();
    }

    private FieldTask ordered() {
        return visit.order(false);
    }

    /** A complete visit that a person has to look at: its position is less accurate than it has to be. */
    private Phone.Attempt doubtful(Phone phone, FieldTask task) {
        Phone.Attempt attempt = phone.attempt(task).accept().start().complete(visit);
        ((ObjectNode) attempt.operations.get(2).get("content")).put("accuracyMetres", 12);
        return attempt;
    }

    private FieldTaskState state(FieldTask task) {
        field.runJobs(task.businessKey());
        return visit.now(task).state();
    }

    /** What the evidence of a task looks like from outside. */
    private String picture(FieldTask task) {
        return TenantScope.asSystem(() -> visit.executions.of(task.id()).stream()
                .map(execution -> execution.id() + " " + execution.state() + " "
                        + visit.executions.details(task.id(), execution.id()).evidence().stream()
                                .map(piece -> piece.id().toString())
                                .toList())
                .toList()
                .toString());
    }

    private void cancel(FieldTask task) {
        field.as("coordinator", () -> visit.fieldTasks.requestCancellation(task.id(), "not needed any more"));
        field.runJobs(task.businessKey());
    }

    private void resolve(FieldTask task, String answer) {
        field.runJobs(task.businessKey());
        field.complete(
                "supervisor",
                task.businessKey(),
                "Task_ResolveConflict",
                "answer",
                answer,
                "resolutionReason",
                "I asked");
    }

    @Test
    void workDoneOfflineIsAppliedInOneBatch() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();

        List<JsonNode> results = phone.send(attempt.operations);

        assertThat(outcomes(results)).containsOnly("APPLIED");
        assertThat(results)
                .allSatisfy(result -> assertThat(result.get("next").asText()).isEqualTo("NONE"));
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        Execution execution = visit.execution(task);
        assertThat(execution.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(execution.deviceId()).isEqualTo(phone.id);
        assertThat(execution.startedAt()).isNotNull();
    }

    @Test
    void replayedBatchIsAnsweredAsDuplicatesAndChangesNothing() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();
        phone.send(attempt.operations);
        state(task);
        String before = picture(task);

        List<JsonNode> results = phone.send(attempt.operations);

        assertThat(outcomes(results)).containsOnly("DUPLICATE");
        assertThat(picture(task)).isEqualTo(before);
        assertThat(field.openTasks(task.businessKey())).isEmpty();
    }

    @Test
    void batchThatBrokeOffIsSentAgainAsAWholeAndOnlyTheRestIsApplied() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();
        phone.send(attempt.operations.subList(0, 5));

        List<JsonNode> results = phone.send(attempt.operations);

        assertThat(outcomes(results.subList(0, 5))).containsOnly("DUPLICATE");
        assertThat(outcomes(results.subList(5, results.size()))).containsOnly("APPLIED");
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void repeatedAnswerSaysAgainWhatIsToBeDone() {
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(ordered());
        ObjectNode photo = attempt.photo(UUID.randomUUID());

        JsonNode first = phone.send(photo).get(0);
        JsonNode second = phone.send(photo).get(0);

        assertThat(first.get("outcome").asText()).isEqualTo("APPLIED");
        assertThat(second.get("outcome").asText()).isEqualTo("DUPLICATE");
        for (String field : List.of("next", "reason", "message", "missing")) {
            assertThat(second.get(field)).isEqualTo(first.get(field));
        }
        assertThat(second.get("next").asText()).isEqualTo("UPLOAD_FILE");
    }

    @Test
    void operationsInReverseOrderAmountToTheSame() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();
        List<ObjectNode> reversed = new ArrayList<>(attempt.operations);
        Collections.reverse(reversed);

        List<JsonNode> results = phone.send(reversed);

        assertThat(results.get(0).get("next").asText()).isEqualTo("SEND_EVIDENCE");
        assertThat(results.get(0).get("missing")).hasSize(9);
        // Whoever captured has accepted, and has begun: what says so later is late.
        int last = results.size() - 1;
        assertThat(outcomes(results.subList(0, last - 1))).containsOnly("APPLIED");
        assertThat(outcomes(results.subList(last - 1, last + 1))).containsOnly("STALE");
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void workOnATaskThatWasGivenToOthersWaitsForASupervisor() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();
        field.staffVendorCrew();

        List<JsonNode> results = phone.send(attempt.operations);

        assertThat(reasons(results)).containsOnly("TASK_REASSIGNED");
        assertThat(results)
                .allSatisfy(result -> assertThat(result.get("next").asText()).isEqualTo("STOP"));
        assertThat(state(task)).isEqualTo(FieldTaskState.OFFERED);
        assertThat(field.openTasks(task.businessKey())).containsExactly("Task_AcceptFieldTask", "Task_ResolveConflict");
    }

    @Test
    void workOfATeamThatWasReplacedWaitsForASupervisor() {
        field.project = visit.project;
        Allocation allocation = field.allocate();
        field.assign(allocation.businessKey(), field.vendorCrew);
        field.agree(allocation.businessKey(), "Task_AcceptAssignment");
        FieldTask task = TenantScope.asSystem(() -> visit.fieldTasks
                .search(visit.project.id(), field.site.id(), null, null, Pageable.unpaged())
                .getContent()
                .get(0));
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();
        phone.send(attempt.operations.subList(0, 3));
        field.as("coordinator", () -> field.allocations.reassign(allocation.id(), field.crew.id(), "too far"));
        field.runJobs(allocation.businessKey());

        List<JsonNode> results = phone.send(attempt.operations.subList(3, attempt.operations.size()));

        assertThat(reasons(results)).containsOnly("TASK_CANCELLED");
        assertThat(field.openTasks(allocation.businessKey())).contains("Task_AcceptAssignment");
        field.runJobs(task.businessKey());
        assertThat(field.openTasks(task.businessKey())).contains("Task_ResolveConflict");
    }

    @Test
    void workOnACancelledTaskWaitsForASupervisor() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();
        phone.send(attempt.operations.subList(0, 4));
        cancel(task);

        List<JsonNode> results = phone.send(attempt.operations);

        assertThat(outcomes(results.subList(0, 4))).containsOnly("DUPLICATE");
        assertThat(reasons(results.subList(4, results.size()))).containsOnly("TASK_CANCELLED");
        assertThat(state(task)).isEqualTo(FieldTaskState.CANCELLED);
        assertThat(field.openTasks(task.businessKey())).containsExactly("Task_ResolveConflict");
    }

    @Test
    void workOnATaskThatIsDoneWaitsForASupervisor() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone other = phone();
        other.send(other.attempt(task).accept().start().complete(visit).submit().operations);
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        String before = picture(task);

        List<JsonNode> results =
                phone.send(phone.attempt(task).start().complete(visit).submit().operations);

        assertThat(reasons(results)).containsOnly("TASK_DONE");
        assertThat(picture(task)).isEqualTo(before);
    }

    @Test
    void firstOfTwoDevicesThatSubmitsCountsAndTheOtherWaitsForASupervisor() {
        FieldTask task = visit.order(true);
        Phone one = phone();
        Phone two = phone();
        Phone.Attempt first = one.attempt(task).accept().start().complete(visit).submit();
        Phone.Attempt second = two.attempt(task).start().complete(visit).submit();
        assertThat(outcomes(two.send(second.operations.subList(0, 3)))).containsOnly("APPLIED");

        assertThat(outcomes(one.send(first.operations))).containsOnly("STALE", "APPLIED");
        List<JsonNode> late = two.send(second.operations.subList(3, second.operations.size()));

        assertThat(reasons(late)).containsOnly("OTHER_EXECUTION_SUBMITTED");
        assertThat(late)
                .allSatisfy(result -> assertThat(result.get("next").asText()).isEqualTo("WAIT_FOR_SUPERVISOR"));
        assertThat(state(task)).isEqualTo(FieldTaskState.AWAITING_CLIENT);
        assertThat(TenantScope.asSystem(() -> visit.executions.get(first.id).state()))
                .isEqualTo(Execution.State.JUDGED);
        assertThat(TenantScope.asSystem(() -> visit.executions.get(second.id).state()))
                .isEqualTo(Execution.State.SET_ASIDE);
    }

    @Test
    void taskIsAcceptedByOneOfTwoEngineers() {
        FieldTask task = ordered();
        Phone one = phone();
        Phone two = phone(username(field.vendor, "team-lead"));

        assertThat(outcomes(one.send(one.attempt(task).accept().operations))).containsExactly("APPLIED");
        List<JsonNode> late = two.send(two.attempt(task).accept().start().fix(field).operations);

        assertThat(reasons(late)).containsOnly("ACCEPTED_BY_OTHER");
        assertThat(visit.now(task).engineer()).isEqualTo(visit.engineer());
    }

    @Test
    void declinedTaskGoesToTheCoordinator() {
        FieldTask task = ordered();
        Phone phone = phone();

        List<JsonNode> results = phone.send(phone.operation(task.id(), null, "DECLINE", "reason", "no car"));

        assertThat(outcomes(results)).containsExactly("APPLIED");
        assertThat(state(task)).isEqualTo(FieldTaskState.ORDERED);
        assertThat(reasons(phone.send(phone.attempt(task).accept().operations))).containsExactly("TASK_NOT_OFFERED");
    }

    @Test
    void clockTwoHoursWrongIsCorrectedAndNamed() {
        FieldTask task = ordered();
        Phone phone = phone().withClockBehind(Duration.ofHours(2));
        Instant before = Instant.now().minusSeconds(1);

        assertThat(outcomes(phone.send(
                        phone.attempt(task).accept().start().complete(visit).submit().operations)))
                .containsOnly("APPLIED");

        state(task);
        Execution execution = visit.execution(task);
        assertThat(execution.gpsReasons()).contains(GpsReason.CLOCK_SKEW);
        assertThat(execution.startedAt()).isBetween(before, Instant.now().plusSeconds(5));
        assertThat(asSystem(() -> jdbc.sql(
                                "select extract(epoch from max(received_at - at))::int / 60 from sync_operation where device_id = :device")
                        .param("device", phone.id)
                        .query(Integer.class)
                        .single()))
                .isEqualTo(120);
    }

    @Test
    void deviceThatIsBlockedInTheMiddleOfABatchIsStoppedBetweenTwoOperations() throws Exception {
        FieldTask free = ordered();
        FieldTask held = visit.orderAt("PUNE-2");
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(free).accept().start().fix(field);
        List<ObjectNode> operations = new ArrayList<>(attempt.operations);
        operations.addAll(phone.attempt(held).accept().operations);
        IntStream.range(0, 40)
                .forEach(number -> operations.add(attempt.say("ANSWER", "question", "q" + number, "value", "yes")));
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> holder = CompletableFuture.runAsync(
                () -> asSystem(() -> {
                    visit.fieldTasks.lock(held.id());
                    locked.countDown();
                    return uninterrupted(release);
                }),
                together);
        locked.await();

        CompletableFuture<List<JsonNode>> batch = CompletableFuture.supplyAsync(() -> phone.send(operations), together);
        awaitWaiting("%field_task%for no key update%");
        CompletableFuture<ResponseEntity<JsonNode>> block = CompletableFuture.supplyAsync(
                () -> phone.caller.post("/api/v1/sync/devices/" + phone.id + "/block", "{\"reason\": \"lost\"}"),
                together);
        awaitWaiting("update device%");
        release.countDown();
        holder.join();

        List<String> outcomes = outcomes(batch.join());
        assertThat(block.join().getStatusCode()).isEqualTo(HttpStatus.OK);
        int applied = (int) outcomes.stream().filter("APPLIED"::equals).count();
        assertThat(applied).isBetween(4, operations.size() - 1);
        assertThat(outcomes.subList(0, applied)).containsOnly("APPLIED");
        assertThat(reasons(batch.join().subList(applied, operations.size()))).containsOnly("DEVICE_BLOCKED");
        assertThat(phone.tryToPull(null, 10).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    }

    private static boolean uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void awaitWaiting(String statement) {
        awaitWaiting(1, statement);
    }

    private void awaitWaiting(int sessions, String statement) {
        await().until(() -> asSystem(() -> jdbc.sql(
                                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like :statement")
                        .param("statement", statement)
                        .query(Long.class)
                        .single())
                >= sessions);
    }

    @Test
    void fiveHundredOperationsAreTakenAtOnceAndNotOneMore() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task);
        IntStream.range(0, 500).forEach(number -> attempt.say("ANSWER", "question", "q" + number, "value", "yes"));

        assertThat(outcomes(phone.send(attempt.operations))).hasSize(500).containsOnly("APPLIED");

        List<ObjectNode> more = Stream.concat(
                        attempt.operations.stream(),
                        attempt.accept().operations.stream().skip(500))
                .toList();
        ResponseEntity<JsonNode> refusal = phone.tryToSend(more);
        assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refusal.getBody().get("errors").get(0).get("field").asText()).isEqualTo("operations");
    }

    @Test
    void photoMayComeBeforeAndAfterItsExecutionAndItsFile() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task);
        Visit.Evidence files = visit.evidence(task);
        UUID before = files.uploadedPhoto();
        UUID after = UUID.randomUUID();
        ObjectNode known = attempt.photo(before);
        ObjectNode unknown = attempt.photo(after);
        ObjectNode start = phone.operation(task.id(), attempt.id, "START", "round", 1);

        List<JsonNode> results = phone.send(known, start, unknown);
        assertThat(outcomes(results)).containsOnly("APPLIED");
        assertThat(results)
                .extracting(result -> result.get("next").asText())
                .containsExactly("NONE", "NONE", "UPLOAD_FILE");
        assertThat(results.get(2).get("missing").get(0).asText()).isEqualTo(after.toString());

        attempt.fix(field).serials(field);
        for (int photo = 0; photo < 3; photo++) {
            attempt.photo(files.uploadedPhoto());
        }
        attempt.say(
                "SIGNATURE",
                "name",
                "S. Keeper",
                "file",
                files.uploadedSignature().toString());
        attempt.submit();
        List<JsonNode> rest = phone.send(attempt.operations.subList(2, attempt.operations.size()));
        assertThat(rest.get(rest.size() - 1).get("next").asText()).isEqualTo("UPLOAD_FILE");
        assertThat(state(task)).isEqualTo(FieldTaskState.CAPTURING);

        files.upload(after, StoredFile.Kind.PHOTO, visit.picture());

        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void idUsedForSomethingElseIsAConflictAndBothAreKept() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task);
        ObjectNode first = attempt.say("ANSWER", "question", "door", "value", "open");
        ObjectNode other = first.deepCopy();
        ((ObjectNode) other.get("content")).put("value", "shut");

        assertThat(outcomes(phone.send(first, other, first, other)))
                .containsExactly("APPLIED", "CONFLICT", "DUPLICATE", "DUPLICATE");

        List<JsonNode> again = phone.send(other);
        assertThat(again.get(0).get("reason").asText()).isEqualTo("OPERATION_ID_REUSED");
        assertThat(again.get(0).get("next").asText()).isEqualTo("CORRECT");
    }

    @Test
    void answersThatCrossedEachOtherAreBothKept() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task);
        ObjectNode older = attempt.say("ANSWER", "question", "door", "value", "open");
        ObjectNode newer = attempt.say("ANSWER", "question", "door", "value", "shut");
        older.put("at", phone.time().minusSeconds(60).toString());

        assertThat(outcomes(phone.send(newer, older))).containsOnly("APPLIED");
    }

    @Test
    void malformedOperationIsAConflictThatNamesTheFieldAndHoldsNothingUp() {
        FieldTask task = ordered();
        Phone phone = phone();
        UUID execution = UUID.randomUUID();
        Map<String, Function<Phone, ObjectNode>> malformed = Map.ofEntries(
                Map.entry("kind", it -> it.operation(task.id(), execution, "DANCE")),
                Map.entry("task", it -> it.operation("no task", execution, "ACCEPT")),
                Map.entry("execution", it -> it.operation(task.id(), null, "START", "round", 1)),
                Map.entry(
                        "at", it -> it.operation(task.id(), execution, "ACCEPT").put("at", "yesterday")),
                Map.entry("at:", it -> it.operation(task.id(), execution, "ACCEPT")
                        .put("at", "+100000-01-01T00:00:00Z")),
                Map.entry("content.reason", it -> it.operation(task.id(), null, "DECLINE")),
                Map.entry("content.round", it -> it.operation(task.id(), execution, "START", "round", "one")),
                Map.entry(
                        "content.latitude",
                        it -> it.operation(
                                task.id(),
                                execution,
                                "FIX",
                                "latitude",
                                "NaN",
                                "longitude",
                                1,
                                "fixedAt",
                                "2026-01-01T00:00:00Z")),
                Map.entry(
                        "content.fixedAt",
                        it -> it.operation(task.id(), execution, "FIX", "latitude", 1, "longitude", 1)),
                Map.entry("content.file", it -> it.operation(task.id(), execution, "PHOTO")),
                Map.entry(
                        "content.serialNumber", it -> it.operation(task.id(), execution, "SERIAL", "method", "TYPED")),
                Map.entry(
                        "content.value",
                        it -> it.operation(task.id(), execution, "ANSWER", "question", "door", "value", "a\0b")),
                Map.entry(
                        "content.note",
                        it -> it.operation(
                                task.id(), execution, "ANSWER", "question", "door", "value", "x", "note", "\ud800")),
                Map.entry(
                        "content.colour",
                        it -> it.operation(
                                task.id(), execution, "PHOTO", "file", execution.toString(), "colour", "red")),
                Map.entry("content.evidence", it -> it.operation(task.id(), execution, "SUBMIT", "evidence", "all")),
                Map.entry("content", it -> {
                    ObjectNode operation = it.operation(task.id(), execution, "ACCEPT");
                    operation.putArray("content").add(1);
                    return operation;
                }));
        List<String> fields = List.copyOf(malformed.keySet());
        List<ObjectNode> operations = new ArrayList<>(
                fields.stream().map(field -> malformed.get(field).apply(phone)).toList());
        operations.add(phone.operation(task.id(), null, "ACCEPT"));

        List<JsonNode> results = phone.send(operations);

        for (int number = 0; number < fields.size(); number++) {
            JsonNode result = results.get(number);
            assertThat(result.get("reason").asText()).as(result.toString()).isEqualTo("INVALID");
            assertThat(result.get("next").asText()).isEqualTo("CORRECT");
            assertThat(result.get("message").asText()).startsWith(fields.get(number));
        }
        assertThat(results.get(fields.size()).get("outcome").asText()).isEqualTo("APPLIED");
    }

    @Test
    void whatNoTextMayHoldIsShownToTheSupervisorAndHoldsNothingUp() {
        FieldTask task = ordered();
        Phone phone = phone();
        UUID execution = UUID.randomUUID();
        List<ObjectNode> unstorable = Stream.of(
                        Map.entry("value", "a\0b"), Map.entry("value", "a\ud800b"), Map.entry("a\0b", "x"))
                .map(entry -> phone.operation(
                        task.id(), execution, "ANSWER", "question", "door", entry.getKey(), entry.getValue()))
                .toList();

        assertThat(reasons(phone.send(unstorable.get(0)))).containsExactly("INVALID");
        field.runJobs(task.businessKey());
        Task shown = field.task(task.businessKey(), "Task_ResolveConflict");
        assertThat((String) field.tasks.getVariable(shown.getId(), "lateVersion"))
                .contains("value a\uFFFDb");

        List<JsonNode> results =
                phone.send(unstorable.get(1), unstorable.get(2), phone.operation(task.id(), null, "ACCEPT"));

        assertThat(results.get(0).get("reason").asText()).isEqualTo("INVALID");
        assertThat(results.get(1).get("reason").asText()).isEqualTo("INVALID");
        assertThat(results.get(1).get("message").asText()).isEqualTo("content.a\uFFFDb: is not a field of this");
        assertThat(results.get(2).get("outcome").asText()).isEqualTo("APPLIED");
        assertThat(field.openTasks(task.businessKey())).contains("Task_ResolveConflict");
        assertThat((String) field.tasks.getVariable(shown.getId(), "lateVersion"))
                .contains("value a\uFFFDb", "a\uFFFDb x");
        assertThat((String) field.tasks.getVariable(shown.getId(), "conflictSummary"))
                .contains("a\uFFFDb: is not a field of this");
    }

    @Test
    void batchThatCannotBeAnsweredIsRefusedAsAWhole() {
        Phone phone = phone();
        ObjectNode withoutId =
                phone.operation(UUID.randomUUID(), null, "ACCEPT").put("id", "mine");

        ResponseEntity<JsonNode> refusal = phone.tryToSend(List.of(withoutId));

        assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refusal.getBody().get("errors").get(0).get("field").asText()).isEqualTo("operations[0].id");
    }

    @Test
    void workOnAnUnknownTaskGoesToTheSupervisorOfTheSendersOrganisation() {
        Visit elsewhere = visits.getObject().furnish();
        FieldTask foreign = elsewhere.order(false);
        field.holders.appoint(field.vendor, "supervisor");
        Phone phone = phone();

        List<JsonNode> results = phone.send(Stream.of(foreign.id(), UUID.randomUUID())
                .map(task -> phone.operation(task, UUID.randomUUID(), "START", "round", 1))
                .toList());

        assertThat(reasons(results)).containsOnly("TASK_UNKNOWN");
        assertThat(results.get(0).get("message").asText().replace(foreign.id().toString(), ""))
                .isEqualTo(results.get(1).get("message").asText().replaceFirst("[0-9a-f-]{36}", ""));
        runJobsOf(field.vendor);
        Task task = field.tasks
                .createTaskQuery()
                .tenantIdIn(field.vendor)
                .taskDefinitionKey("Task_ResolveConflict")
                .singleResult();
        String supervisor = username(field.vendor, "supervisor");
        assertThat(refusalOf(() -> field.asPerson(supervisor, () -> {
                            field.tasks.complete(
                                    task.getId(), Map.of("answer", "adopt", "resolutionReason", "why not"));
                            return true;
                        }))
                        .status())
                .isEqualTo(HttpStatus.CONFLICT);
        field.asPerson(supervisor, () -> {
            field.tasks.complete(task.getId(), Map.of("answer", "setAside", "resolutionReason", "a mistake"));
            return true;
        });
        assertThat(elsewhere.now(foreign).state()).isEqualTo(FieldTaskState.OFFERED);
    }

    @Test
    void workOnAnUnknownTaskGoesToTheAdministratorWhereThereIsNoSupervisor() {
        field.holders.appoint(field.vendor, "tenant-admin");
        field.holders.appoint(field.circle, "tenant-admin");
        Phone phone = phone();

        phone.send(phone.operation(UUID.randomUUID(), UUID.randomUUID(), "START", "round", 1));

        runJobsOf(field.vendor);
        assertThat(offered(username(field.circle, "tenant-admin"))).isEmpty();
        assertThat(offered(username(field.circle, "supervisor"))).isEmpty();
        String administrator = username(field.vendor, "tenant-admin");
        List<Task> offered = offered(administrator);
        assertThat(offered).hasSize(1);
        field.asPerson(administrator, () -> {
            field.tasks.complete(
                    offered.get(0).getId(), Map.of("answer", "setAside", "resolutionReason", "nobody knows it"));
            return true;
        });
        assertThat(offered(administrator)).isEmpty();
    }

    /** The conflicts that somebody finds in their task list. */
    private List<Task> offered(String username) {
        return field.asPerson(username, () -> field.tasks
                .createTaskQuery()
                .taskDefinitionKey("Task_ResolveConflict")
                .list());
    }

    @Test
    void supervisorsAreToldOfAConflict() {
        FieldTask task = ordered();
        Phone phone = phone();
        cancel(task);
        phone.send(phone.attempt(task).accept().operations);

        field.runJobs(task.businessKey());

        assertThat(recipientsOf("EVIDENCE_CONFLICT")).containsExactly(username(field.circle, "supervisor"));
    }

    private void runJobsOf(String tenant) {
        field.management
                .createJobQuery()
                .tenantIdIn(tenant)
                .processDefinitionKey(CONFLICT)
                .list()
                .forEach(job -> field.management.executeJob(job.getId()));
    }

    @Test
    void sameBatchFromTwoThreadsIsAppliedOnce() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();

        List<CompletableFuture<ResponseEntity<JsonNode>>> both = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> phone.tryToSend(attempt.operations), together))
                .limit(2)
                .toList();

        List<JsonNode> one = new ArrayList<>();
        both.get(0).join().getBody().get("results").forEach(one::add);
        List<JsonNode> two = new ArrayList<>();
        both.get(1).join().getBody().get("results").forEach(two::add);
        for (int number = 0; number < attempt.operations.size(); number++) {
            List<String> outcomes = outcomes(List.of(one.get(number), two.get(number))).stream()
                    .sorted()
                    .toList();
            assertThat(outcomes).containsExactly("APPLIED", "DUPLICATE");
            phone.answered.put(
                    UUID.fromString(attempt.operations.get(number).get("id").asText()), List.of("APPLIED"));
        }
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        assertThat(TenantScope.asSystem(() -> visit.executions.of(task.id()))).hasSize(1);
    }

    @Test
    void adoptedEvidenceIsJudgedInsteadOfWhatCounted() {
        FieldTask task = ordered();
        Phone one = phone();
        Phone two = phone();
        Phone.Attempt doubtful = doubtful(one, task);
        one.send(doubtful.submit().operations);
        Phone.Attempt late = two.attempt(task).start().complete(visit).submit();
        assertThat(state(task)).isEqualTo(FieldTaskState.IN_REVIEW);
        assertThat(reasons(two.send(late.operations))).containsOnly("OTHER_EXECUTION_SUBMITTED");
        String cursor = two.pull(null).get("cursor").asText();

        field.runJobs(task.businessKey());
        Task shown = field.task(task.businessKey(), "Task_ResolveConflict");
        assertThat(shown.getTenantId()).isEqualTo(field.circle);
        assertThat((String) field.tasks.getVariable(shown.getId(), "lateVersion"))
                .contains("submit")
                .contains("Phone of " + visit.engineer().replace("_", "\\_"));
        assertThat((String) field.tasks.getVariable(shown.getId(), "countingVersion"))
                .contains("in review");
        resolve(task, "adopt");

        assertThat(TenantScope.asSystem(() -> visit.executions.get(late.id).verdict()))
                .isEqualTo(Verdict.VERIFIED);
        assertThat(TenantScope.asSystem(() -> visit.executions.get(doubtful.id).state()))
                .isEqualTo(Execution.State.SET_ASIDE);
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        JsonNode resolved = two.pull(cursor).get("resolved");
        assertThat(resolved).hasSize(late.operations.size());
        assertThat(resolved.get(0).get("resolution").asText()).isEqualTo("ADOPTED");
        assertThat(resolved.get(0).get("reason").asText()).isEqualTo("I asked");
    }

    @Test
    void ofTwoCompleteExecutionsInACaseTheFirstCounts() {
        FieldTask task = ordered();
        Phone.Attempt doubtful = doubtful(phone(), task);
        Phone.Attempt first = phone().attempt(task).start().complete(visit).submit();
        Phone.Attempt second = phone().attempt(task).start().complete(visit).submit();
        phones.get(0).send(doubtful.submit().operations);
        assertThat(state(task)).isEqualTo(FieldTaskState.IN_REVIEW);
        phones.get(1).send(first.operations);
        phones.get(2).send(second.operations);

        resolve(task, "adopt");

        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        assertThat(TenantScope.asSystem(() -> visit.executions.get(first.id).verdict()))
                .isEqualTo(Verdict.VERIFIED);
        assertThat(List.of(doubtful.id, second.id)).allSatisfy(id -> assertThat(
                        TenantScope.asSystem(() -> visit.executions.get(id).state()))
                .isEqualTo(Execution.State.SET_ASIDE));
    }

    /** The offer ran out while the engineer was at the site without a network. */
    @Test
    void evidenceIsAdoptedOnceSomebodyHasAcceptedTheVisit() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();
        field.fireTimers(task.businessKey());
        assertThat(reasons(phone.send(attempt.operations))).containsOnly("TASK_NOT_OFFERED");

        Problem early = refusalOf(() -> resolve(task, "adopt"));
        assertThat(early.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(early.errors()).singleElement().extracting("field").isEqualTo("answer");
        field.complete("coordinator", task.businessKey(), "Task_ArrangeVisit", "answer", "offer");
        assertThat(refusalOf(() -> resolve(task, "adopt")).status()).isEqualTo(HttpStatus.CONFLICT);
        visit.accept(task);
        resolve(task, "adopt");

        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        assertThat(visit.execution(task).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void adoptedEvidenceOfAnEarlierRoundCountsInsteadOfThatOfLaterOnes() {
        FieldTask task = ordered();
        Phone.Attempt early = doubtful(phone(), task);
        Phone.Attempt lost = phone().attempt(task).start().complete(visit).submit();
        phones.get(1).send(lost.operations.get(0));
        phones.get(0).send(early.submit().operations);
        state(task);
        visit.askAgain(task, "gps", "once more");
        Phone.Attempt again =
                phones.get(0).attempt(task).start(2).fix(field, 12).submit();
        phones.get(0).send(again.operations);
        assertThat(state(task)).isEqualTo(FieldTaskState.IN_REVIEW);
        phones.get(1).send(lost.operations);
        resolve(task, "adopt");

        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        assertThat(TenantScope.asSystem(() -> visit.executions.get(lost.id).verdict()))
                .isEqualTo(Verdict.VERIFIED);
        assertThat(TenantScope.asSystem(() -> visit.executions.get(again.id).state()))
                .isEqualTo(Execution.State.SET_ASIDE);
    }

    @Test
    void workOfARoundThatIsOverWaitsForASupervisor() {
        FieldTask task = ordered();
        Phone one = phone();
        Phone two = phone();
        Phone.Attempt doubtful = doubtful(one, task);
        Phone.Attempt late = two.attempt(task).start().complete(visit).submit();
        Phone.Attempt silent = two.attempt(task).fix(field);
        one.send(doubtful.submit().operations);
        state(task);
        visit.askAgain(task, "gps", "once more");

        assertThat(reasons(two.send(late.operations))).containsOnly("ROUND_OVER");
        assertThat(reasons(two.send(silent.operations))).containsOnly("ROUND_OVER");

        assertThat(state(task)).isEqualTo(FieldTaskState.CAPTURING);
        Phone.Attempt again = one.attempt(task).start(2).fix(field).submit();
        again.operations.get(0).put("at", one.time().minus(3, ChronoUnit.HOURS).toString());
        assertThat(outcomes(one.send(again.operations))).containsOnly("APPLIED");
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        assertThat(visit.execution(task).id()).isEqualTo(again.id);
    }

    @Test
    void nothingIsSubmittedInTheFuture() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();
        attempt.operations.get(attempt.operations.size() - 1).put("at", "9999-01-01T00:00:00Z");

        assertThat(outcomes(phone.send(attempt.operations))).containsOnly("APPLIED");

        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        assertThat(visit.execution(task).endedAt()).isBefore(Instant.now());
        assertThat(field.radios).allSatisfy(radio -> assertThat(TenantScope.asSystem(
                        () -> field.equipment.item(radio.id()).verifiedAt()))
                .isBefore(Instant.now()));
    }

    @Test
    void adoptedExecutionBeganWithItsEarliestCapture() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task).complete(visit);
        Instant earliest = phone.time().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        attempt.operations.get(3).put("at", earliest.toString());
        Phone.Attempt told = phone.attempt(task).start().fix(field).submit();
        Instant begun = earliest.minus(10, ChronoUnit.MINUTES);
        told.operations.get(0).put("at", begun.toString());
        cancel(task);
        phone.send(attempt.submit().operations);
        phone.send(told.operations);

        resolve(task, "adopt");

        assertThat(startOf(attempt)).isCloseTo(earliest, within(5, ChronoUnit.SECONDS));
        assertThat(startOf(told)).isCloseTo(begun, within(5, ChronoUnit.SECONDS));
    }

    private Instant startOf(Phone.Attempt attempt) {
        return TenantScope.asSystem(() -> visit.executions.get(attempt.id).startedAt());
    }

    @Test
    void whatWasJudgedStaysWhateverIsAdopted() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();
        phone.send(attempt.operations);
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        phone.caller.post("/api/v1/sync/devices/" + phone.id + "/block", "{\"reason\": \"lost\"}");
        assertThat(reasons(phone.send(attempt.say("ANSWER", "question", "door", "value", "open"))))
                .containsExactly("DEVICE_BLOCKED");

        resolve(task, "adopt");

        assertThat(visit.execution(task).state()).isEqualTo(Execution.State.JUDGED);
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void submissionThatWaitsForARefusedFileIsReportedAndMadeAnewWithAnotherPhoto() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task).accept().start().complete(visit);
        UUID unfit = UUID.randomUUID();
        ObjectNode photo = attempt.photo(unfit);
        List<JsonNode> results = phone.send(attempt.submit().operations);
        assertThat(results.get(results.size() - 1).get("next").asText()).isEqualTo("UPLOAD_FILE");

        Problem refusal = refusalOf(() -> visit.evidence(task).upload(unfit, StoredFile.Kind.PHOTO, new byte[] {1, 2}));

        assertThat(refusal.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(state(task)).isEqualTo(FieldTaskState.CAPTURING);
        JsonNode shown = shown(attempt, photo);
        assertThat(shown.get("fileRefusal").asText()).startsWith("evidence: ");
        assertThat(recipientsOf("FILE_REFUSED"))
                .containsExactlyInAnyOrder(username(field.circle, "coordinator"), visit.engineer());
        refusalOf(() -> visit.evidence(task).upload(unfit, StoredFile.Kind.PHOTO, new byte[] {1, 2}));
        assertThat(recipientsOf("FILE_REFUSED")).as("told once").hasSize(2);

        ObjectNode other = attempt.photo(visit.evidence(task).uploadedPhoto());
        List<ObjectNode> anew = new ArrayList<>(List.of(other));
        attempt.operations.remove(photo);
        attempt.operations.removeIf(operation -> operation.get("kind").asText().equals("SUBMIT"));
        attempt.submit();
        anew.add(attempt.operations.get(attempt.operations.size() - 1));

        assertThat(outcomes(phone.send(anew))).containsOnly("APPLIED");
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        assertThat(shown(attempt, photo).get("counts").asBoolean()).isFalse();
        assertThat(shown(attempt, other).get("counts").asBoolean()).isTrue();
    }

    @Test
    void fileThatWasRefusedBeforeTheSubmissionNamesItIsReportedWithIt() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task).accept().start();
        UUID unfit = UUID.randomUUID();
        attempt.photo(unfit);
        phone.send(attempt.operations);
        refusalOf(() -> visit.evidence(task).upload(unfit, StoredFile.Kind.PHOTO, new byte[] {1, 2}));
        assertThat(recipientsOf("FILE_REFUSED")).isEmpty();

        attempt.submit();
        phone.send(attempt.operations.get(attempt.operations.size() - 1));

        assertThat(recipientsOf("FILE_REFUSED"))
                .containsExactlyInAnyOrder(username(field.circle, "coordinator"), visit.engineer());
    }

    @Test
    void newestOfSeveralSubmissionsCountsInWhateverOrderTheyArrive() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task).accept().start().complete(visit);
        attempt.photo(UUID.randomUUID());
        ObjectNode older = attempt.submit().operations.get(attempt.operations.size() - 1);
        ObjectNode newer = older.deepCopy().put("id", UUID.randomUUID().toString());
        older.put("at", phone.time().minusSeconds(60).toString());
        attempt.operations.remove(older);
        phone.send(attempt.operations);

        assertThat(outcomes(phone.send(newer, older))).containsExactly("APPLIED", "STALE");
    }

    @Test
    void lastFileThatArrivesWhileItIsSubmittedCompletesTheSubmission() throws Exception {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task).accept().start().complete(visit);
        UUID file = UUID.randomUUID();
        attempt.photo(file);
        ObjectNode submission = attempt.submit().operations.get(attempt.operations.size() - 1);
        attempt.operations.remove(submission);
        phone.send(attempt.operations);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> holder = CompletableFuture.runAsync(
                () -> asSystem(() -> {
                    visit.fieldTasks.lock(task.id());
                    locked.countDown();
                    return uninterrupted(release);
                }),
                together);
        locked.await();

        CompletableFuture<List<JsonNode>> submitting =
                CompletableFuture.supplyAsync(() -> phone.send(submission), together);
        awaitWaiting(1, "%field_task%for no key update%");
        CompletableFuture<UUID> upload = CompletableFuture.supplyAsync(
                () -> visit.evidence(task).upload(file, StoredFile.Kind.PHOTO, visit.picture()), together);
        awaitWaiting(2, "%field_task%for no key update%");
        release.countDown();
        holder.join();

        assertThat(outcomes(submitting.join())).containsExactly("APPLIED");
        upload.join();
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
    }

    /** Everything but the evidence of one photo arrives, and not its file. */
    private static void submitWithout(ObjectNode photo, Phone.Attempt attempt, Phone phone) {
        attempt.submit().operations.remove(photo);
        List<JsonNode> results = phone.send(attempt.operations);
        assertThat(results.get(results.size() - 1).get("next").asText()).isEqualTo("SEND_EVIDENCE");
    }

    @Test
    void fileThatArrivesWhileItsEvidenceIsAddedCompletesTheSubmission() throws Exception {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task).accept().start().complete(visit);
        UUID file = UUID.randomUUID();
        ObjectNode photo = attempt.photo(file);
        submitWithout(photo, attempt, phone);
        Capture capture = new Capture(
                UUID.fromString(photo.get("id").asText()),
                Instant.now(),
                Duration.ZERO,
                new EvidenceContent.Photo(file, null));
        CountDownLatch added = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> adding = CompletableFuture.supplyAsync(() -> field.asPerson(
                visit.engineer(),
                () -> transaction.execute(status -> {
                    visit.executions.add(new Executions.Origin(task.id(), attempt.id, null), capture);
                    added.countDown();
                    return uninterrupted(release);
                })));
        added.await();

        CompletableFuture<UUID> upload = CompletableFuture.supplyAsync(
                () -> visit.evidence(task).upload(file, StoredFile.Kind.PHOTO, visit.picture()));
        awaitWaiting("select pg_advisory_xact_lock%file%");
        release.countDown();

        adding.join();
        upload.join();
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void evidenceThatArrivesWhileItsFileIsStoredCompletesTheSubmission() throws Exception {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task).accept().start().complete(visit);
        UUID file = UUID.randomUUID();
        ObjectNode photo = attempt.photo(file);
        submitWithout(photo, attempt, phone);
        CountDownLatch stored = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> upload = CompletableFuture.supplyAsync(() -> transaction.execute(status -> {
            visit.evidence(task).upload(file, StoredFile.Kind.PHOTO, visit.picture());
            stored.countDown();
            return uninterrupted(release);
        }));
        stored.await();

        CompletableFuture<List<JsonNode>> adding = CompletableFuture.supplyAsync(() -> phone.send(photo));
        awaitWaiting("select pg_advisory_xact_lock%file%");
        release.countDown();

        upload.join();
        assertThat(outcomes(adding.join())).containsExactly("APPLIED");
        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
    }

    @Test
    void mendedFileUnderTheSameIdCompletesTheSubmission() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task).accept().start().complete(visit);
        UUID file = UUID.randomUUID();
        ObjectNode photo = attempt.photo(file);
        phone.send(attempt.submit().operations);
        refusalOf(() -> visit.evidence(task).upload(file, StoredFile.Kind.PHOTO, new byte[] {1, 2}));

        visit.evidence(task).upload(file, StoredFile.Kind.PHOTO, visit.picture());

        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        assertThat(shown(attempt, photo).get("fileRefusal").isNull()).isTrue();
    }

    /** A piece of evidence as the owner's coordinator sees it over REST. */
    private JsonNode shown(Phone.Attempt attempt, ObjectNode piece) {
        Caller coordinator = Caller.signedIn(http, username(field.circle, "coordinator"), RoleHolders.PASSWORD);
        JsonNode evidence = coordinator
                .get("/api/v1/field-tasks/%s/executions/%s".formatted(attempt.task.id(), attempt.id))
                .getBody()
                .get("evidence");
        for (JsonNode one : evidence) {
            if (one.get("id").equals(piece.get("id"))) {
                return one;
            }
        }
        throw new AssertionError("not among " + evidence);
    }

    private List<String> recipientsOf(String event) {
        return asSystem(
                () -> jdbc.sql("select recipient from notification where event = :event and tenant_id = any (:tenants)")
                        .param("event", event)
                        .param("tenants", new String[] {field.circle, field.vendor})
                        .query(String.class)
                        .list());
    }

    @Test
    void whatIsNotAskedForAgainCountsWithoutBeingSentAgain() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt first = doubtful(phone, task);
        phone.send(first.submit().operations);
        assertThat(state(task)).isEqualTo(FieldTaskState.IN_REVIEW);
        visit.askAgain(task, "gps", "once more");
        Phone.Attempt second = phone.attempt(task).start(2).fix(field, 12).submit();
        phone.send(second.operations);
        assertThat(state(task)).isEqualTo(FieldTaskState.IN_REVIEW);
        visit.askAgain(task, "gps", "once more");

        Phone.Attempt third = phone.attempt(task).start(3).fix(field).submit();
        assertThat(outcomes(phone.send(third.operations))).containsOnly("APPLIED");

        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        Execution execution = visit.execution(task);
        assertThat(execution.id()).isEqualTo(third.id);
        assertThat(execution.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(counting(execution)).hasSize(9).contains(operation(third, "FIX"));
        assertThat(counting(execution)).doesNotContain(operation(first, "FIX"), operation(second, "FIX"));
        ObjectNode photo = first.operations.get(3);
        assertThat(shown(third, photo).get("counts").asBoolean()).isTrue();
        UUID file = UUID.fromString(photo.get("content").get("file").asText());
        assertThat(TenantScope.asSystem(() -> visit.executions.file(third.id, file)))
                .extracting(StoredFile::id)
                .isEqualTo(file);
    }

    @Test
    void whatIsSentAgainThoughNotAskedForTakesThePlaceOfWhatWasThere() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt first = doubtful(phone, task);
        first.say("ANSWER", "question", "door", "value", "open");
        first.say("ANSWER", "question", "fence", "value", "whole");
        phone.send(first.submit().operations);
        assertThat(state(task)).isEqualTo(FieldTaskState.IN_REVIEW);
        visit.askAgain(task, "gps", "once more");

        Phone.Attempt second = phone.attempt(task).start(2).fix(field);
        ObjectNode again = second.say("ANSWER", "question", "door", "value", "shut");
        ObjectNode same = second.photo(UUID.fromString(
                first.operations.get(3).get("content").get("file").asText()));
        second.serials(field);
        second.photo(visit.evidence(task).uploadedPhoto());
        phone.send(second.submit().operations);

        assertThat(state(task)).isEqualTo(FieldTaskState.DONE);
        List<UUID> counting = counting(visit.execution(task));
        assertThat(counting)
                .as("position, six photos, two serial numbers, signature, two answers")
                .hasSize(12)
                .contains(
                        UUID.fromString(again.get("id").asText()),
                        UUID.fromString(same.get("id").asText()));
    }

    @Test
    void whatIsAskedForAgainAndNotSentIsMissing() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt first = doubtful(phone, task);
        phone.send(first.submit().operations);
        state(task);
        visit.askAgain(task, "gps,photos", "once more");

        phone.send(phone.attempt(task).start(2).fix(field).submit().operations);

        state(task);
        assertThat(TenantScope.asSystem(() -> visit.executions.counting(visit.execution(task))))
                .extracting(Evidence::kind)
                .doesNotContain(Evidence.Kind.PHOTO)
                .hasSize(4);
        assertThat(visit.execution(task).verdict()).isNotEqualTo(Verdict.VERIFIED);
    }

    private static UUID operation(Phone.Attempt attempt, String kind) {
        return attempt.operations.stream()
                .filter(operation -> operation.get("kind").asText().equals(kind))
                .map(operation -> UUID.fromString(operation.get("id").asText()))
                .findFirst()
                .orElseThrow();
    }

    private List<UUID> counting(Execution execution) {
        return TenantScope.asSystem(() ->
                visit.executions.counting(execution).stream().map(Evidence::id).toList());
    }

    @Test
    void evidenceSetAsideChangesNothing() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();
        cancel(task);
        phone.send(attempt.operations);

        resolve(task, "setAside");

        assertThat(TenantScope.asSystem(() -> visit.executions.of(task.id()))).isEmpty();
        assertThat(field.openTasks(task.businessKey())).isEmpty();
        assertThat(phone.pull(null).get("resolved").get(0).get("resolution").asText())
                .isEqualTo("SET_ASIDE");
    }

    @Test
    void evidenceAdoptedForACancelledTaskIsKeptAndDoesNotRaiseIt() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt =
                phone.attempt(task).accept().start().complete(visit).submit();
        cancel(task);
        phone.send(attempt.operations);

        resolve(task, "adopt");

        assertThat(TenantScope.asSystem(
                        () -> visit.executions.details(task.id(), attempt.id).evidence()))
                .hasSize(9);
        assertThat(state(task)).isEqualTo(FieldTaskState.CANCELLED);
    }

    @Test
    void nobodyResolvesTheirOwnConflict() {
        String both = "both." + field.circle;
        field.holders.appointAs(field.circle, both, "field-engineer", "supervisor");
        field.addToCrew(both);
        FieldTask task = visit.order(field.crew, false);
        Phone phone = phone(both);
        cancel(task);
        phone.send(phone.attempt(task).accept().operations);
        field.runJobs(task.businessKey());

        assertThat(refusalOf(() -> field.completeAs(
                                both,
                                task.businessKey(),
                                "Task_ResolveConflict",
                                "answer",
                                "adopt",
                                "resolutionReason",
                                "it is fine"))
                        .status())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(field.openTasks(task.businessKey())).containsExactly("Task_ResolveConflict");
    }

    @Test
    void whoeverGatheredWhatCountsDoesNotDecideAgainstAnother() {
        String both = "both." + field.circle;
        field.holders.appointAs(field.circle, both, "field-engineer", "supervisor");
        field.addToCrew(both);
        FieldTask task = visit.order(field.crew, false);
        Phone theirs = phone(both);
        theirs.send(theirs.attempt(task).accept().start().operations);
        Phone other = phone(username(field.circle, "field-engineer"));
        assertThat(reasons(other.send(other.attempt(task).start().operations))).containsOnly("ACCEPTED_BY_OTHER");
        field.runJobs(task.businessKey());

        assertThat(refusalOf(() -> field.completeAs(
                                both,
                                task.businessKey(),
                                "Task_ResolveConflict",
                                "answer",
                                "setAside",
                                "resolutionReason",
                                "mine is better"))
                        .status())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void whatComesWhileASupervisorLooksJoinsTheCaseAndWhatComesAfterOpensAnother() {
        FieldTask task = ordered();
        Phone phone = phone();
        Phone.Attempt attempt = phone.attempt(task).accept().start().fix(field);
        cancel(task);
        phone.send(attempt.operations.get(0));
        field.runJobs(task.businessKey());
        Task shown = field.task(task.businessKey(), "Task_ResolveConflict");
        assertThat((String) field.tasks.getVariable(shown.getId(), "lateVersion"))
                .doesNotContain("fix");

        phone.send(attempt.operations.get(1), attempt.operations.get(2));

        field.runJobs(task.businessKey());
        assertThat(field.openTasks(task.businessKey())).containsExactly("Task_ResolveConflict");
        assertThat((String) field.tasks.getVariable(shown.getId(), "lateVersion"))
                .contains("fix");
        resolve(task, "setAside");
        phone.send(phone.attempt(task).start().operations);
        field.runJobs(task.businessKey());
        assertThat(field.openTasks(task.businessKey())).containsExactly("Task_ResolveConflict");
    }

    @Test
    void executionAndFileOfSomebodyElseAreNotAdoptedWithABlockedDevice() {
        FieldTask task = ordered();
        Phone victim = phone(username(field.vendor, "team-lead"));
        Phone.Attempt theirs = victim.attempt(task).accept().start();
        victim.send(theirs.operations);
        Phone phone = phone();
        phone.caller.post("/api/v1/sync/devices/" + phone.id + "/block", "{\"reason\": \"lost\"}");
        UUID picture = visit.evidence(task).by(victim.person).uploadedPhoto();
        UUID own = UUID.randomUUID();
        assertThat(reasons(phone.send(
                        phone.operation(task.id(), theirs.id, "ANSWER", "question", "door", "value", "open"),
                        phone.operation(task.id(), own, "PHOTO", "file", picture.toString()))))
                .containsOnly("DEVICE_BLOCKED");

        resolve(task, "adopt");

        assertThat(TenantScope.asSystem(
                        () -> visit.executions.details(task.id(), theirs.id).evidence()))
                .isEmpty();
        assertThat(TenantScope.asSystem(
                        () -> visit.executions.details(task.id(), own).evidence()))
                .isEmpty();
    }

    @Test
    void whatADeviceSentIsNeverChangedOrDeleted() {
        Phone phone = phone();
        phone.send(phone.attempt(ordered()).accept().operations);

        for (String change : List.of("update sync_operation set outcome = 'STALE'", "delete from sync_operation")) {
            assertThat(catchThrowable(() -> asSystem(() -> jdbc.sql(change + " where device_id = :device")
                            .param("device", phone.id)
                            .update())))
                    .hasMessageContaining("never changed or deleted");
        }
    }
}
