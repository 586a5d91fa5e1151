package io.fieldwright.fieldwork.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import io.fieldwright.fieldwork.Capture;
import io.fieldwright.fieldwork.CaptureConflict;
import io.fieldwright.fieldwork.CaptureConflict.Reason;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.Executions.Origin;
import io.fieldwright.fieldwork.Executions.Submission;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.fieldwork.sync.EvidenceConflict.State;
import io.fieldwright.fieldwork.sync.OperationReader.Understood;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.workflow.Processes;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Has supervisors decide about what came too late: the cases of process {@code evidence-conflict}. */
@Service
@Transactional
public class EvidenceConflicts {

    /** The names that the process {@code evidence-conflict} and this service share. */
    public static final String PROCESS = "evidence-conflict";

    public static final String CONFLICT_ID = "conflictId";

    /** One operation of a case, in the words that its sender was told. */
    public record Line(
            String person,
            String device,
            Instant receivedAt,
            @Nullable Instant at,
            @Nullable OperationKind kind,
            String content,
            Reason reason,
            String message) {}

    /** One execution as a device sent it, as far as it was understood. */
    private static final class Sent {
        final String person;
        final Origin origin;
        final List<Capture> captures = new ArrayList<>();

        /** As far as it was told. */
        @Nullable
        Instant begunAt;

        /** The newest. */
        @Nullable
        Submission submission;

        Sent(String person, Origin origin) {
            this.person = person;
            this.origin = origin;
        }
    }

    /** What names something that is somebody else's, or nothing that can be understood, is nobody's to take up. */
    private static final Set<Reason> NEVER_ADOPTED = EnumSet.of(
            Reason.TASK_UNKNOWN,
            Reason.EXECUTION_OF_OTHER,
            Reason.FILE_OF_OTHER,
            Reason.OPERATION_ID_REUSED,
            Reason.INVALID);

    private static final String OPEN =
            """
            insert into evidence_conflict (id, version, tenant_id, field_task_id, person, state, opened_at)
            values (:id, 0, :tenant, :task, :person, 'OPEN', :now) on conflict do nothing""";

    private static final String JOIN =
            """
            select id from evidence_conflict
            where state = 'OPEN' and tenant_id = :tenant and field_task_id is not distinct from :task
              and (field_task_id is not null or person = :person)
            for update""";

    private final EvidenceConflictRepository conflicts;
    private final OperationLog log;
    private final OperationReader reader;
    private final Executions executions;
    private final FieldTasks tasks;
    private final Processes processes;
    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final Clock clock;

    EvidenceConflicts(
            EvidenceConflictRepository conflicts,
            OperationLog log,
            OperationReader reader,
            Executions executions,
            FieldTasks tasks,
            Processes processes,
            ApplicationEventPublisher events,
            JdbcClient jdbc,
            Clock clock) {
        this.conflicts = conflicts;
        this.log = log;
        this.reader = reader;
        this.executions = executions;
        this.tasks = tasks;
        this.processes = processes;
        this.events = events;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The open case of a field task, or of what a person sent that names none they know. The first opens it and starts its
     * process.
     */
    UUID join(SignedInPerson person, @Nullable FieldTask task) {
        String tenant = task == null ? person.organisation() : task.tenantId();
        UUID taskId = task == null ? null : task.id();
        while (true) {
            UUID id = Identifiers.next();
            int opened = jdbc.sql(OPEN)
                    .param("id", id)
                    .param("tenant", tenant)
                    .param("task", taskId, Types.OTHER)
                    .param("person", person.username())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            if (opened == 1) {
                start(id, tenant, person, task);
                return id;
            }
            Optional<UUID> open = jdbc.sql(JOIN)
                    .param("tenant", tenant)
                    .param("task", taskId, Types.OTHER)
                    .param("person", person.username())
                    .query(UUID.class)
                    .optional();
            if (open.isPresent()) {
                return open.get();
            }
        }
    }

    private void start(UUID id, String tenant, SignedInPerson person, @Nullable FieldTask task) {
        Map<String, Object> variables = new HashMap<>(Map.of(CONFLICT_ID, id.toString()));
        if (task != null) {
            variables.put(FieldTasks.FIELD_TASK_ID, task.id().toString());
            variables.put("siteId", task.siteId().toString());
        }
        processes.start(PROCESS, tenant, task == null ? person.username() : task.businessKey(), variables);
    }

    /** Has whoever looks at the case see what was added. */
    void grown(UUID id) {
        events.publishEvent(new EvidenceConflictGrown(id));
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public EvidenceConflict get(UUID id) {
        return conflicts.findById(id).orElseThrow(() -> Problem.notFound("evidence conflict", id));
    }

    /** What was sent, in the order of arrival. */
    @Transactional(readOnly = true)
    public List<Line> lines(UUID id) {
        return log.ofConflict(get(id).id()).stream().map(this::line).toList();
    }

    private Line line(OperationLog.Entry entry) {
        Understood understood = understood(entry);
        return new Line(
                entry.person(),
                entry.deviceName(),
                entry.receivedAt(),
                understood == null ? null : understood.at().plus(entry.clockOffset()),
                understood == null ? null : understood.kind(),
                words(entry.content().path("content")),
                entry.reason(),
                entry.message());
    }

    private static String words(JsonNode content) {
        return content.properties().stream()
                .map(part -> part.getKey() + " "
                        + (part.getValue().isContainerNode()
                                ? "of " + part.getValue().size()
                                : part.getValue().asText()))
                .collect(Collectors.joining(", "));
    }

    private @Nullable Understood understood(OperationLog.Entry entry) {
        try {
            return reader.read(entry.content());
        } catch (CaptureConflict malformed) {
            return null;
        }
    }

    /**
     * Notes what the signed-in supervisor decided.
     *
     * @throws Problem 403 for whoever sent any of it or gathered what counts, 409 when it was decided before or names no field task to
     *     adopt it for
     */
    public void decide(UUID id, boolean adopt, String why) {
        EvidenceConflict conflict = conflicts.lock(id).orElseThrow(() -> Problem.notFound("evidence conflict", id));
        String who = SignedInPerson.currentUsername();
        if (conflict.state() != State.OPEN) {
            throw Problem.conflict("state", "the conflict was resolved by " + conflict.resolvedBy());
        }
        UUID taskId = conflict.fieldTaskId();
        if (taskId != null && executions.isCapturedBy(taskId, who)
                || log.ofConflict(id).stream().anyMatch(entry -> entry.person().equals(who))) {
            throw Problem.forbidden("A conflict is resolved by somebody else than who captured the evidence.");
        }
        if (adopt && taskId == null) {
            throw Problem.conflict("answer", "there is no field task to adopt this for; it can be set aside only");
        }
        conflict.decide(who, why, clock.instant());
    }

    /** Step “Adopt evidence”. @throws Problem as {@link Executions#requireAdoptable} */
    public void adopt(UUID id) {
        EvidenceConflict conflict = get(id);
        List<Sent> all = executionsOf(conflict);
        executions.holdFiles(
                all.stream().flatMap(sent -> sent.captures.stream()).toList());
        executions.requireAdoptable(Objects.requireNonNull(conflict.fieldTaskId()));
        all.forEach(sent -> executions.adopt(sent.origin, sent.person, sent.begunAt, sent.captures, sent.submission));
        conflict.end(State.ADOPTED);
    }

    private List<Sent> executionsOf(EvidenceConflict conflict) {
        Map<List<Object>, Sent> executions = new LinkedHashMap<>();
        for (OperationLog.Entry entry : log.ofConflict(conflict.id())) {
            Understood operation = NEVER_ADOPTED.contains(entry.reason()) ? null : understood(entry);
            if (operation == null
                    || operation.execution() == null
                    || !operation.task().equals(conflict.fieldTaskId())) {
                continue;
            }
            Sent sent = executions.computeIfAbsent(
                    List.of(operation.execution(), entry.person()),
                    key -> new Sent(entry.person(), operation.origin(entry.device())));
            Instant at = operation.at().plus(entry.clockOffset());
            if (operation.content() instanceof OperationContent.OfEvidence piece) {
                sent.captures.add(new Capture(operation.id(), operation.at(), entry.clockOffset(), piece.evidence()));
            } else if (operation.content() instanceof OperationContent.Start) {
                sent.begunAt = at;
            } else if (operation.content() instanceof OperationContent.Submit submit
                    && (sent.submission == null || at.isAfter(sent.submission.at()))) {
                sent.submission = new Submission(submit.evidence(), at, submit.note());
            }
        }
        return List.copyOf(executions.values());
    }

    /** Step “Set evidence aside”. */
    public void setAside(UUID id) {
        get(id).end(State.SET_ASIDE);
    }
}
