package io.fieldwright.fieldwork;

import io.fieldwright.api.Problem;
import io.fieldwright.equipment.Equipment;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.HandOver;
import io.fieldwright.equipment.Place;
import io.fieldwright.fieldwork.CaptureConflict.Reason;
import io.fieldwright.fieldwork.SerialFinding.Finding;
import io.fieldwright.files.FileRefused;
import io.fieldwright.files.FileStored;
import io.fieldwright.files.Files;
import io.fieldwright.files.StoredFile;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.Processes;
import io.fieldwright.workflow.UserTasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Attempts at field tasks and their evidence, in whatever order devices send it. An execution is submitted once
 * everything that its engineer announced has arrived; the first of a round counts.
 */
@Service
@Transactional
public class Executions {

    /** The names that the process {@code field-verification} and this service share. */
    public static final String EXECUTION_ID = "executionId";

    public static final String SUBMITTED_EXECUTION = "submittedExecution";

    private static final String ACCEPT = "Task_AcceptFieldTask";
    private static final String CAPTURE = "Task_CaptureEvidence";

    /** Where something was captured: the field task, the attempt and the device, all known by the device. */
    public record Origin(UUID task, UUID execution, @Nullable UUID device) {}

    /**
     * That an engineer is done.
     *
     * @param counting the evidence they stand for
     * @param at by the server's clock, as far as the device's can be corrected
     */
    public record Submission(Collection<UUID> counting, Instant at, @Nullable String note) {}

    /** What of an announced execution has not arrived yet. */
    public record Missing(Set<UUID> evidence, Set<UUID> files) {

        public boolean isEmpty() {
            return evidence.isEmpty() && files.isEmpty();
        }
    }

    /** An execution with all of its evidence, by the time it was captured, and its serial numbers. */
    public record Details(Execution execution, List<Evidence> evidence, List<SerialFinding> serials) {}

    private final FieldTasks tasks;
    private final ExecutionRepository executions;
    private final EvidenceRepository evidence;
    private final EvidenceJudge judge;
    private final Files files;
    private final Equipment equipment;
    private final UserTasks userTasks;
    private final Processes processes;
    private final Clock clock;

    Executions(
            FieldTasks tasks,
            ExecutionRepository executions,
            EvidenceRepository evidence,
            EvidenceJudge judge,
            Files files,
            Equipment equipment,
            UserTasks userTasks,
            Processes processes,
            Clock clock) {
        this.tasks = tasks;
        this.executions = executions;
        this.evidence = evidence;
        this.judge = judge;
        this.files = files;
        this.equipment = equipment;
        this.userTasks = userTasks;
        this.processes = processes;
        this.clock = clock;
    }

    /**
     * The signed-in person goes.
     *
     * @throws StaleCapture when they accepted before
     * @throws CaptureConflict when it is not theirs to accept any more
     */
    public void accept(UUID taskId) {
        FieldTask task = mine(taskId);
        if (task.state() != FieldTaskState.OFFERED
                && SignedInPerson.currentUsername().equals(task.engineer())) {
            throw new StaleCapture("you have accepted this task already");
        }
        requireWorkable(task);
        userTasks.complete(ACCEPT, FieldTasks.FIELD_TASK_ID, taskId.toString(), Map.of("answer", "accept"));
    }

    /** The signed-in person's team does not go. @throws CaptureConflict as {@link #accept} */
    public void decline(UUID taskId, String reason) {
        FieldTask task = mine(taskId);
        requireWorkable(task);
        if (task.state() != FieldTaskState.OFFERED) {
            throw new CaptureConflict(Reason.ACCEPTED_BY_OTHER, "the task has been accepted and is worked on");
        }
        userTasks.complete(
                ACCEPT,
                FieldTasks.FIELD_TASK_ID,
                taskId.toString(),
                Map.of("answer", "decline", "declineReason", reason));
    }

    /**
     * Work begins at {@code at} by the device's clock. Whoever begins has accepted.
     *
     * @throws StaleCapture when it began before, or was submitted
     * @throws CaptureConflict when somebody else's decision stands against it
     */
    public Execution start(Origin origin, int round, Instant at, Duration clockOffset) {
        Execution execution = open(origin, at.plus(clockOffset), round);
        if (execution.startedAt() != null) {
            throw new StaleCapture("this execution has begun already");
        }
        execution.start(at.plus(clockOffset));
        return execution;
    }

    /**
     * Keeps a piece of evidence, which may complete the execution. Of several answers to a question the newest by the device's clock
     * counts, in whatever order they arrive.
     *
     * @return what is missing of an execution that was announced, and the file of this evidence if it is not there yet
     * @throws StaleCapture when the execution was submitted without it
     * @throws CaptureConflict when somebody else's decision stands against it
     */
    public Missing add(Origin origin, Capture capture) {
        holdFiles(List.of(capture));
        Execution execution = open(origin, capture.at().plus(capture.clockOffset()), null);
        Evidence added = new Evidence(execution, capture, clock.instant());
        added.file().ifPresent(id -> requireOwnFile(added.tenantId(), id));
        evidence.saveAndFlush(added);
        Missing missing = proceed(execution);
        return execution.announced().isPresent() ? missing : new Missing(Set.of(), unstored(List.of(added)));
    }

    /**
     * The engineer is done: what {@code submission} counts is the evidence they stand for. The rest is kept and does not count. While
     * something of it is missing they may submit anew, such as without a photo whose file was refused.
     *
     * @return what has not arrived yet; the execution is submitted with the last of it
     * @throws StaleCapture when it was submitted, or announced later than this
     * @throws CaptureConflict when somebody else's decision stands against it
     */
    public Missing announce(Origin origin, Submission submission) {
        Execution execution = open(origin, submission.at(), null);
        if (!execution.announce(submission, clock.instant())) {
            throw new StaleCapture("this execution was announced already");
        }
        Missing missing = proceed(execution);
        tellRefusals(execution);
        return missing;
    }

    /**
     * Has a file that arrives at this moment be seen here, or this evidence there. That comes before the field task is locked, as it
     * does where a file arrives, so that none waits for the other.
     */
    public void holdFiles(Collection<Capture> captures) {
        captures.stream()
                .flatMap(capture -> Stream.ofNullable(capture.content().file()))
                .sorted()
                .distinct()
                .forEach(files::hold);
    }

    /**
     * The execution as it may receive evidence now; opened when the device says something of it for the first time.
     *
     * @param round for which the engineer says that they begin; null where nothing is said of it
     */
    private Execution open(Origin origin, Instant when, @Nullable Integer round) {
        FieldTask task = mine(origin.task());
        Optional<Execution> known = TenantScope.asSystem(() -> executions.findById(origin.execution()));
        known.ifPresent(execution -> requireUnfinished(task, execution));
        requireWorkable(task);
        if (task.state() == FieldTaskState.OFFERED) {
            userTasks.complete(ACCEPT, FieldTasks.FIELD_TASK_ID, origin.task().toString(), Map.of("answer", "accept"));
        }
        if (isOfAnotherRound(task, known.orElse(null), when, round)) {
            throw new CaptureConflict(
                    Reason.ROUND_OVER, "this is not for round %d, which it is now".formatted(task.round()));
        }
        if (task.state() != FieldTaskState.CAPTURING) {
            throw new CaptureConflict(
                    Reason.OTHER_EXECUTION_SUBMITTED,
                    "evidence from another device was submitted for this round already");
        }
        return known.orElseGet(() -> {
            if (!tasks.isPermitted(task, when)) {
                throw new CaptureConflict(Reason.PERMIT_NOT_VALID, "the site needs a permit that is valid on this day");
            }
            return executions.save(new Execution(
                    origin.execution(), task, SignedInPerson.currentUsername(), origin.device(), clock.instant()));
        });
    }

    /** Of an execution whose beginning was not heard of, or was refused, what was captured before a round is not for it. */
    private static boolean isOfAnotherRound(
            FieldTask task, @Nullable Execution known, Instant when, @Nullable Integer said) {
        if (known != null && known.round() != task.round()) {
            return true;
        }
        return said != null
                ? said != task.round()
                : known == null && task.round() > 1 && when.isBefore(task.roundBegan());
    }

    private FieldTask mine(UUID id) {
        FieldTask task;
        try {
            task = tasks.lock(id);
        } catch (Problem outOfSight) {
            throw new CaptureConflict(Reason.TASK_UNKNOWN, "there is no field task " + id);
        }
        if (!FieldTasks.isMine(task)) {
            throw new CaptureConflict(Reason.TASK_REASSIGNED, "the task is not your team's any more");
        }
        return task;
    }

    private static void requireUnfinished(FieldTask task, Execution execution) {
        if (!isOf(execution, task, SignedInPerson.currentUsername())) {
            throw new CaptureConflict(
                    Reason.EXECUTION_OF_OTHER, "the execution %s is not yours".formatted(execution.id()));
        }
        switch (execution.state()) {
            case SUBMITTED, JUDGED -> throw new StaleCapture("this execution has been submitted already");
            case SET_ASIDE ->
                throw new CaptureConflict(
                        Reason.OTHER_EXECUTION_SUBMITTED, "another execution of this round was submitted before");
            case OPEN -> {}
        }
    }

    private void requireWorkable(FieldTask task) {
        switch (task.state()) {
            case CANCELLED -> throw new CaptureConflict(Reason.TASK_CANCELLED, "the task was cancelled");
            case DONE -> throw new CaptureConflict(Reason.TASK_DONE, "the task is done already");
            case ORDERED -> throw new CaptureConflict(Reason.TASK_NOT_OFFERED, "the task is not offered to the team");
            default -> {}
        }
        if (task.engineer() != null && !task.engineer().equals(SignedInPerson.currentUsername())) {
            throw new CaptureConflict(Reason.ACCEPTED_BY_OTHER, task.engineer() + " has accepted this task");
        }
        if (tasks.isHeld(task)) {
            throw new CaptureConflict(Reason.SITE_ON_HOLD, "work at this site is on hold");
        }
    }

    private void requireOwnFile(String tenantId, UUID id) {
        if (isForeign(tenantId, id, SignedInPerson.currentUsername())) {
            throw new CaptureConflict(Reason.FILE_OF_OTHER, "the file %s is not yours".formatted(id));
        }
    }

    private boolean isForeign(String tenantId, UUID fileId, String engineer) {
        return files.find(tenantId, fileId)
                .filter(file -> !file.uploadedBy().equals(engineer))
                .isPresent();
    }

    private static boolean isOf(Execution execution, FieldTask task, String engineer) {
        return execution.fieldTaskId().equals(task.id()) && execution.engineer().equals(engineer);
    }

    private List<Evidence> evidenceOf(Execution execution) {
        return evidence.findByExecutionIdOrderByCapturedAtAscIdAsc(execution.id());
    }

    private Missing missing(Execution execution) {
        Set<UUID> announced = execution.announced().orElse(Set.of());
        List<Evidence> arrived = evidenceOf(execution).stream()
                .filter(piece -> announced.contains(piece.id()))
                .toList();
        Set<UUID> absent = new HashSet<>(announced);
        arrived.forEach(piece -> absent.remove(piece.id()));
        return new Missing(absent, unstored(arrived));
    }

    private Set<UUID> unstored(Collection<Evidence> pieces) {
        return pieces.stream()
                .flatMap(piece -> piece
                        .file()
                        .filter(id -> files.find(piece.tenantId(), id).isEmpty())
                        .stream())
                .collect(Collectors.toSet());
    }

    private Missing proceed(Execution execution) {
        if (execution.announced().isEmpty()) {
            return new Missing(Set.of(), Set.of());
        }
        Missing missing = missing(execution);
        if (missing.isEmpty()) {
            submit(execution);
        }
        return missing;
    }

    private void submit(Execution execution) {
        FieldTask task = tasks.get(execution.fieldTaskId());
        complete(task, execution);
        executions.flush();
        userTasks.completeAsSystem(
                CAPTURE,
                FieldTasks.FIELD_TASK_ID,
                task.id().toString(),
                Map.of(SUBMITTED_EXECUTION, execution.id().toString()));
    }

    /** Of its round, and of later ones, this execution counts, with what stays of the round before. */
    private void complete(FieldTask task, Execution execution) {
        executions.findByFieldTaskIdAndRoundGreaterThanEqual(task.id(), execution.round()).stream()
                .filter(other -> !other.id().equals(execution.id()))
                .forEach(Execution::setAside);
        startWithEvidence(execution);
        execution.submit(staying(task, execution));
    }

    /** Whoever captured has begun, whether they said so or not. */
    private void startWithEvidence(Execution execution) {
        evidenceOf(execution).stream()
                .map(Evidence::correctedTime)
                .min(Comparator.naturalOrder())
                .ifPresent(execution::startUnlessStarted);
    }

    /** The evidence of the last round that was not asked for again and that this execution brings nothing newer for. */
    private List<UUID> staying(FieldTask task, Execution execution) {
        if (task.askedAgain().isEmpty() || execution.round() != task.round()) {
            return List.of();
        }
        List<Evidence> own = counting(execution);
        return executions.findByFieldTaskIdOrderByOpenedAtAscIdAsc(task.id()).stream()
                .filter(before -> before.round() < execution.round() && before.state() == Execution.State.JUDGED)
                .max(Comparator.comparing(Execution::round))
                .map(this::counting)
                .orElse(List.of())
                .stream()
                .filter(piece -> !task.askedAgain().contains(piece.kind().item()))
                .filter(piece -> own.stream().noneMatch(newer -> newer.replaces(piece)))
                .map(Evidence::id)
                .toList();
    }

    /** A file that evidence waits for has arrived. */
    @EventListener
    void proceed(FileStored stored) {
        for (Evidence waiting : waitingFor(stored.tenantId(), stored.id())) {
            waiting.takeFile();
            Execution execution = executions.findById(waiting.executionId()).orElseThrow();
            FieldTask task = tasks.get(execution.fieldTaskId());
            if (execution.state() == Execution.State.OPEN && task.state() == FieldTaskState.CAPTURING) {
                proceed(execution);
            }
        }
    }

    /** The evidence with a file, as it is once whoever submits or adds to it at the same time is done. */
    private List<Evidence> waitingFor(String tenantId, UUID file) {
        evidence.findFieldTasks(tenantId, file).forEach(tasks::lock);
        return evidence.findByTenantIdAndFileId(tenantId, file);
    }

    /** A file that evidence waits for is not taken. Its engineer may send another, or submit without it. */
    @EventListener
    void proceed(FileRefused refused) {
        for (Evidence waiting : waitingFor(refused.tenantId(), refused.id())) {
            Execution execution = executions.findById(waiting.executionId()).orElseThrow();
            if (execution.engineer().equals(SignedInPerson.currentUsername())
                    && execution.state() == Execution.State.OPEN
                    && waiting.refuseFile(refused.name() + ": " + refused.reason())) {
                tellRefusals(execution);
            }
        }
    }

    private void tellRefusals(Execution execution) {
        String refusals = counting(execution).stream()
                .flatMap(piece -> piece.fileRefusal().stream())
                .collect(Collectors.joining("; "));
        if (execution.state() == Execution.State.OPEN && !refusals.isEmpty()) {
            TenantScope.asSystem(
                    () -> tasks.reportRefusedFile(execution.fieldTaskId(), execution.engineer(), refusals));
        }
    }

    /**
     * What a supervisor takes up of what contradicted others: it is kept with its execution as if nothing had been in its
     * way. An execution that is complete with it counts instead of the one that did, unless the task has ended or the client is
     * asked; one that counts already stays as it was judged. What names an execution or a file of somebody else is left out.
     *
     * @param begunAt when the engineer said that they begin, by the server's clock; null if they did not
     * @param submission null if there was none
     */
    public void adopt(
            Origin origin,
            String engineer,
            @Nullable Instant begunAt,
            List<Capture> captures,
            @Nullable Submission submission) {
        TenantScope.asSystem(() -> {
            FieldTask task = tasks.lock(origin.task());
            Execution execution = executions
                    .findById(origin.execution())
                    .orElseGet(() -> executions.save(
                            new Execution(origin.execution(), task, engineer, origin.device(), clock.instant())));
            if (!isOf(execution, task, engineer)) {
                return;
            }
            for (Capture capture : captures) {
                Evidence adopted = new Evidence(execution, capture, clock.instant());
                if (!evidence.existsById(capture.id())
                        && adopted.file().stream().noneMatch(file -> isForeign(task.tenantId(), file, engineer))) {
                    evidence.saveAndFlush(adopted);
                }
            }
            if (execution.isJudged()) {
                return;
            }
            if (begunAt != null) {
                execution.startUnlessStarted(begunAt);
            }
            startWithEvidence(execution);
            if (submission != null) {
                execution.announce(submission, clock.instant());
            }
            if (execution.announced().isPresent() && missing(execution).isEmpty()) {
                takeUp(task, execution);
            }
        });
    }

    private void takeUp(FieldTask task, Execution execution) {
        switch (task.state()) {
            case CAPTURING -> submit(execution);
            case IN_REVIEW -> {
                complete(task, execution);
                task.move(FieldTaskState.SUBMITTED, "evidence adopted", clock.instant(), null);
                processes.send(
                        "evidence-adopted",
                        task.businessKey(),
                        FieldTasks.FIELD_TASK_ID,
                        task.id().toString(),
                        Map.of(EXECUTION_ID, execution.id().toString()));
            }
            default -> execution.setAside();
        }
    }

    /**
     * Nobody else changes the field task until the transaction ends.
     *
     * @throws Problem 409 while evidence for the field task could neither count nor be too late for good
     */
    public void requireAdoptable(UUID taskId) {
        String why =
                switch (tasks.lock(taskId).state()) {
                    case ORDERED, OFFERED -> "nobody has accepted the visit; this can be adopted once somebody has";
                    case SUBMITTED -> "other evidence is being judged; this can be adopted when that is done";
                    case ESCALATED -> "the project manager has to decide first whether there is another round";
                    case CAPTURING, IN_REVIEW, AWAITING_CLIENT, DONE, CANCELLED -> null;
                };
        if (why != null) {
            throw Problem.conflict("answer", why);
        }
    }

    /** Whether the person gathered evidence for the field task. */
    @Transactional(readOnly = true)
    public boolean isCapturedBy(UUID taskId, String person) {
        return of(taskId).stream().anyMatch(execution -> execution.engineer().equals(person));
    }

    /** @throws Problem 409 unless the execution is complete and of the task */
    public void requireSubmitted(UUID taskId, UUID executionId) {
        Execution execution = executions
                .findById(executionId)
                .filter(found -> found.fieldTaskId().equals(taskId) && found.state() == Execution.State.SUBMITTED)
                .orElseThrow(() -> Problem.conflict(
                        "state", "the evidence is not complete; it is gathered and submitted on the phone"));
        tasks.get(taskId).move(FieldTaskState.SUBMITTED, "evidence submitted", clock.instant(), execution.note());
    }

    /** Step “Judge evidence”. */
    public Execution judge(UUID id) {
        Execution execution = get(id);
        FieldTask task = tasks.get(execution.fieldTaskId());
        task.move(FieldTaskState.SUBMITTED, "evidence adopted", clock.instant(), null);
        execution.judge(judge.judge(task, execution, counting(execution)), clock.instant());
        return execution;
    }

    /** Step “Draw sample”: whether an execution that verified is reviewed all the same. */
    public boolean drawSample(UUID id) {
        Execution execution = get(id);
        FieldTask task = tasks.get(execution.fieldTaskId());
        if (execution.verdict() == Verdict.VERIFIED && judge.draws(task, execution)) {
            execution.sample();
        }
        return execution.sampled();
    }

    /** Notes what the reviewer decided. @throws Problem 403 for whoever gathered the evidence */
    public void review(UUID id, Execution.Review review, @Nullable String note) {
        Execution execution = get(id);
        String reviewer = SignedInPerson.currentUsername();
        if (execution.engineer().equals(reviewer)) {
            throw Problem.forbidden("Evidence is reviewed by somebody else than who gathered it.");
        }
        execution.review(review, reviewer, clock.instant(), note);
    }

    /**
     * Step “Complete verification”: the equipment that was found is noted as verified. Where the reviewer said so, what was
     * not found is lost and what is recorded elsewhere is handed over to the site.
     */
    public void confirm(UUID id, boolean recordDifferences) {
        Execution execution = get(id);
        FieldTask task = tasks.get(execution.fieldTaskId());
        Instant at = Objects.requireNonNull(execution.endedAt());
        equipment.verify(items(execution, Finding.MATCHED), at, execution.engineer());
        if (recordDifferences) {
            Place site = Place.site(task.siteId());
            List<UUID> missing = equipment.items(items(execution, Finding.MISSING)).stream()
                    .filter(item -> item.place().equals(site))
                    .map(EquipmentItem::id)
                    .toList();
            equipment.handOver(missing, handOver(execution, site, Place.lost(), at));
            equipment.items(items(execution, Finding.UNEXPECTED)).stream()
                    .filter(item -> !item.place().equals(site))
                    .collect(Collectors.groupingBy(
                            EquipmentItem::place,
                            LinkedHashMap::new,
                            Collectors.mapping(EquipmentItem::id, Collectors.toList())))
                    .forEach((place, found) -> equipment.handOver(found, handOver(execution, place, site, at)));
        }
    }

    private static List<UUID> items(Execution execution, Finding finding) {
        return execution.serialFindings().stream()
                .filter(serial -> serial.finding() == finding && serial.itemId() != null)
                .map(SerialFinding::itemId)
                .toList();
    }

    private static HandOver handOver(Execution execution, Place from, Place to, Instant at) {
        String reviewer = execution.reviewedBy();
        return new HandOver(
                from,
                to,
                at,
                execution.engineer(),
                reviewer == null ? execution.engineer() : reviewer,
                null,
                null,
                "verification " + execution.id());
    }

    /** The evidence that counts: what the engineer stands for, and what stays of the rounds before. */
    @Transactional(readOnly = true)
    public List<Evidence> counting(Execution execution) {
        return all(execution).stream()
                .filter(piece -> execution.counts(piece.id()))
                .toList();
    }

    /** Its own evidence and that of earlier rounds that stays, by the time it was captured. */
    private List<Evidence> all(Execution execution) {
        return Stream.concat(evidenceOf(execution).stream(), evidence.findAllById(execution.staying()).stream())
                .sorted(Comparator.comparing(Evidence::capturedAt).thenComparing(Evidence::id))
                .toList();
    }

    /** @throws Problem 404 when it is out of sight or not of the field task */
    @Transactional(readOnly = true)
    public Details details(UUID taskId, UUID id) {
        Execution execution = get(id);
        if (!execution.fieldTaskId().equals(taskId)) {
            throw Problem.notFound("execution", id);
        }
        return new Details(execution, all(execution), execution.serialFindings());
    }

    /** @throws Problem 404 when it or its field task is out of sight */
    @Transactional(readOnly = true)
    public Execution get(UUID id) {
        return executions
                .findById(id)
                .filter(execution -> tasks.isInSight(execution.fieldTaskId()))
                .orElseThrow(() -> Problem.notFound("execution", id));
    }

    /** A stored file that is evidence of an execution. @throws Problem 404 for any other, and as {@link #get} */
    @Transactional(readOnly = true)
    public StoredFile file(UUID id, UUID file) {
        Execution execution = get(id);
        return all(execution).stream()
                .flatMap(piece -> piece.file().stream())
                .filter(file::equals)
                .findFirst()
                .flatMap(found -> files.find(execution.tenantId(), found))
                .orElseThrow(() -> Problem.notFound("file", file));
    }

    /** The attempts at a field task, the oldest first. @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public List<Execution> of(UUID taskId) {
        return executions.findByFieldTaskIdOrderByOpenedAtAscIdAsc(
                tasks.get(taskId).id());
    }

    /** The facts of the stored files of some evidence, by id. */
    @Transactional(readOnly = true)
    public Map<UUID, StoredFile> filesOf(Collection<Evidence> pieces) {
        Map<UUID, StoredFile> found = new HashMap<>();
        pieces.forEach(piece -> piece.file()
                .flatMap(id -> files.find(piece.tenantId(), id))
                .ifPresent(file -> found.put(file.id(), file)));
        return found;
    }
}
