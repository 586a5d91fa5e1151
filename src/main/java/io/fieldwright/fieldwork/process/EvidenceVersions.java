package io.fieldwright.fieldwork.process;

import io.fieldwright.fieldwork.Evidence;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.fieldwork.sync.EvidenceConflict;
import io.fieldwright.fieldwork.sync.EvidenceConflictGrown;
import io.fieldwright.fieldwork.sync.EvidenceConflicts;
import io.fieldwright.fieldwork.sync.EvidenceConflicts.Line;
import io.fieldwright.workflow.FormText;
import io.fieldwright.workflow.SystemWork;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.TaskService;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Puts both versions of a conflict side by side, and keeps them up to date while a supervisor looks at them. */
@Component
class EvidenceVersions {

    private static final String TASK = "Task_ResolveConflict";

    private final EvidenceConflicts conflicts;
    private final FieldTasks tasks;
    private final Executions executions;
    private final FieldText text;
    private final TaskService userTasks;
    private final SystemWork system;

    EvidenceVersions(
            EvidenceConflicts conflicts,
            FieldTasks tasks,
            Executions executions,
            FieldText text,
            TaskService userTasks,
            SystemWork system) {
        this.conflicts = conflicts;
        this.tasks = tasks;
        this.executions = executions;
        this.text = text;
        this.userTasks = userTasks;
        this.system = system;
    }

    /** What the form shows. */
    Map<String, Object> of(UUID conflictId) {
        EvidenceConflict conflict = conflicts.get(conflictId);
        UUID taskId = conflict.fieldTaskId();
        FieldTask task = taskId == null ? null : tasks.get(taskId);
        List<Line> lines = conflicts.lines(conflictId);
        return Map.of(
                "fieldTaskSummary",
                task == null ? "What was sent names no field task that its sender knows." : text.site(task),
                "conflictSummary",
                summary(lines),
                "countingVersion",
                counting(task),
                "lateVersion",
                late(lines));
    }

    private static String summary(List<Line> lines) {
        return new FormText()
                .list(
                        lines.stream()
                                .map(line -> FieldText.word(line.reason()) + ": " + line.message())
                                .distinct()
                                .toList(),
                        "")
                .toString();
    }

    private String counting(@Nullable FieldTask task) {
        if (task == null) {
            return "Nothing.";
        }
        FormText text =
                new FormText().line("Field task", FieldText.word(task.state())).line("Engineer", task.engineer());
        return text.list(
                        executions.of(task.id()).stream()
                                .filter(execution -> execution.round() == task.round()
                                        && execution.state() != Execution.State.SET_ASIDE)
                                .map(this::version)
                                .toList(),
                        "No evidence in this round.")
                .toString();
    }

    private String version(Execution execution) {
        String pieces = executions.counting(execution).stream()
                .collect(Collectors.groupingBy(
                        Evidence::kind, () -> new EnumMap<>(Evidence.Kind.class), Collectors.counting()))
                .entrySet()
                .stream()
                .map(piece -> piece.getValue() + " " + FieldText.word(piece.getKey()))
                .collect(Collectors.joining(", "));
        String verdict = execution.verdict() == null
                ? "not judged"
                : "%s with score %s".formatted(FieldText.word(execution.verdict()), execution.score());
        return "%s by %s until %s: %s; %s"
                .formatted(
                        FieldText.word(execution.state()), execution.engineer(), execution.endedAt(), verdict, pieces);
    }

    private static String late(List<Line> lines) {
        String from = lines.stream()
                .map(line -> line.person() + " with " + line.device())
                .distinct()
                .collect(Collectors.joining(", "));
        return new FormText()
                .line("Sent by", from)
                .list(
                        lines.stream()
                                .map(line -> "%s %s %s"
                                        .formatted(
                                                line.at() == null ? line.receivedAt() : line.at(),
                                                line.kind() == null
                                                        ? "unreadable"
                                                        : line.kind().name().toLowerCase(Locale.ROOT),
                                                line.content()))
                                .toList(),
                        "")
                .toString();
    }

    @EventListener
    void show(EvidenceConflictGrown grown) {
        system.run(() -> {
            userTasks
                    .createTaskQuery()
                    .taskDefinitionKey(TASK)
                    .processVariableValueEquals(
                            EvidenceConflictProcess.CONFLICT_ID,
                            grown.conflictId().toString())
                    .list()
                    .forEach(task -> userTasks.setVariablesLocal(task.getId(), of(grown.conflictId())));
        });
    }
}
