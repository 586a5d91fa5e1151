package io.fieldwright.fieldwork.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.api.Problem;
import io.fieldwright.api.Times;
import io.fieldwright.fieldwork.Capture;
import io.fieldwright.fieldwork.CaptureConflict;
import io.fieldwright.fieldwork.CaptureConflict.Reason;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.Executions.Missing;
import io.fieldwright.fieldwork.Executions.Submission;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.fieldwork.StaleCapture;
import io.fieldwright.fieldwork.sync.OperationReader.Understood;
import io.fieldwright.people.SignedInPerson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes what devices send. Each operation is one transaction with what it changes, so a batch that broke off anywhere is
 * sent again as a whole: what was applied is answered as a duplicate. Whatever arrives is kept.
 */
@Service
public class SyncOperations {

    /** What came of a batch; times are the server's. */
    public record Received(Instant receivedAt, List<Answer> results) {}

    /** How often an operation is tried that met others at the same moment. */
    private static final int MOST_ATTEMPTS = 5;

    private static final Missing NOTHING = new Missing(Set.of(), Set.of());

    private final Devices devices;
    private final OperationReader reader;
    private final OperationLog log;
    private final EvidenceConflicts conflicts;
    private final Executions executions;
    private final FieldTasks tasks;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SyncOperations(
            Devices devices,
            OperationReader reader,
            OperationLog log,
            EvidenceConflicts conflicts,
            Executions executions,
            FieldTasks tasks,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.devices = devices;
        this.reader = reader;
        this.log = log;
        this.conflicts = conflicts;
        this.executions = executions;
        this.tasks = tasks;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Takes operations in their order, and answers each.
     *
     * @param sentAt by the device's clock, which tells how far it is off
     * @throws Problem 409 for a device that is not the person's, 400 for an operation without an id; nothing is taken then
     */
    public Received receive(SignedInPerson person, UUID device, Instant sentAt, List<JsonNode> operations) {
        Times.requireStorable("sentAt", sentAt);
        devices.own(person, device);
        Instant receivedAt = clock.instant();
        Duration clockOffset = Duration.between(sentAt, receivedAt);
        List<SentOperation> sent = new ArrayList<>();
        for (JsonNode operation : operations) {
            sent.add(SentOperation.of(operation, sent.size(), device, receivedAt, clockOffset));
        }
        return new Received(
                receivedAt,
                sent.stream().map(operation -> answer(person, operation)).toList());
    }

    private Answer answer(SignedInPerson person, SentOperation operation) {
        for (int attempt = 1; ; attempt++) {
            try {
                return apply(person, operation);
            } catch (ConcurrencyFailureException overtaken) {
                if (attempt == MOST_ATTEMPTS) {
                    throw overtaken;
                }
            } catch (DataIntegrityViolationException taken) {
                if (attempt == MOST_ATTEMPTS) {
                    return refuse(
                            person,
                            operation,
                            new CaptureConflict(
                                    Reason.OPERATION_ID_REUSED, "an id in this operation is used for something else"));
                }
            }
        }
    }

    /** What contradicts others changes nothing; that it came is kept in a transaction of its own. */
    private Answer apply(SignedInPerson person, SentOperation operation) {
        try {
            return transaction.execute(status -> {
                devices.requireUnblocked(person, operation.device());
                OperationLog.Before before = log.before(operation, person.username());
                if (before.same() != null) {
                    return before.same();
                }
                if (before.other()) {
                    throw new CaptureConflict(Reason.OPERATION_ID_REUSED, "this id was used before with other content");
                }
                return applied(person, operation);
            });
        } catch (StaleCapture stale) {
            return transaction.execute(status -> keep(
                    person,
                    operation,
                    new Answer(operation.id(), Outcome.STALE, null, stale.getMessage(), NextStep.NONE, List.of())));
        } catch (CaptureConflict conflict) {
            return refuse(person, operation, conflict);
        } catch (Problem problem) {
            return refuse(person, operation, new CaptureConflict(reasonOf(problem), problem.getMessage()));
        }
    }

    /** What the process or the tables refuse though the field task looked right. */
    private static Reason reasonOf(Problem problem) {
        return switch (problem.status()) {
            case BAD_REQUEST -> Reason.INVALID;
            case NOT_FOUND -> Reason.TASK_UNKNOWN;
            default -> Reason.TASK_NOT_OFFERED;
        };
    }

    private Answer applied(SignedInPerson person, SentOperation operation) {
        Understood understood = reader.read(operation.json());
        Missing missing = apply(understood, operation);
        NextStep next = NextStep.towards(understood.kind(), missing);
        Answer answer = new Answer(
                operation.id(),
                Outcome.APPLIED,
                null,
                message(next),
                next,
                next.concerned(missing).stream().sorted().toList());
        log.keep(operation, tasks.get(understood.task()).tenantId(), person.username(), answer, null);
        return answer;
    }

    private static String message(NextStep next) {
        return switch (next) {
            case SEND_EVIDENCE -> "applied; it is complete with the evidence that is missing";
            case UPLOAD_FILE -> "applied; it is complete with the files that are missing";
            default -> "applied";
        };
    }

    private Missing apply(Understood operation, SentOperation sent) {
        OperationContent content = operation.content();
        if (content instanceof OperationContent.Accept) {
            executions.accept(operation.task());
        } else if (content instanceof OperationContent.Decline decline) {
            executions.decline(operation.task(), decline.reason());
        } else if (content instanceof OperationContent.Start start) {
            executions.start(operation.origin(sent.device()), start.round(), operation.at(), sent.clockOffset());
        } else if (content instanceof OperationContent.Submit submit) {
            return executions.announce(
                    operation.origin(sent.device()),
                    new Submission(submit.evidence(), operation.at().plus(sent.clockOffset()), submit.note()));
        } else if (content instanceof OperationContent.OfEvidence piece) {
            return executions.add(
                    operation.origin(sent.device()),
                    new Capture(operation.id(), operation.at(), sent.clockOffset(), piece.evidence()));
        }
        return NOTHING;
    }

    private Answer refuse(SignedInPerson person, SentOperation operation, CaptureConflict conflict) {
        Answer answer = new Answer(
                operation.id(),
                Outcome.CONFLICT,
                conflict.reason(),
                conflict.getMessage(),
                NextStep.after(conflict.reason()),
                List.of());
        return transaction.execute(status -> keep(person, operation, answer));
    }

    /** Keeps what did not become part of an execution, unless it was kept meanwhile. */
    private Answer keep(SignedInPerson person, SentOperation operation, Answer answer) {
        Answer before = log.before(operation, person.username()).same();
        if (before != null) {
            return before;
        }
        UUID id = operation.identifier("task");
        FieldTask task = id == null || !tasks.isInSight(id) ? null : tasks.get(id);
        UUID conflict = answer.outcome() == Outcome.CONFLICT ? conflicts.join(person, task) : null;
        String tenant = task == null ? person.organisation() : task.tenantId();
        log.keep(operation, tenant, person.username(), answer, conflict);
        if (conflict != null) {
            conflicts.grown(conflict);
        }
        return answer;
    }
}
