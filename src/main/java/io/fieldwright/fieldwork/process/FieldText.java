package io.fieldwright.fieldwork.process;

import io.fieldwright.equipment.ChecklistQuestion;
import io.fieldwright.fieldwork.Evidence;
import io.fieldwright.fieldwork.EvidenceContent;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTaskEvent;
import io.fieldwright.fieldwork.FieldTaskState;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.fieldwork.GpsReason;
import io.fieldwright.fieldwork.Requirements;
import io.fieldwright.fieldwork.SerialComparison;
import io.fieldwright.fieldwork.SerialFinding;
import io.fieldwright.projects.Project;
import io.fieldwright.sites.Permit;
import io.fieldwright.sites.Site;
import io.fieldwright.workflow.FormText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.spin.Spin;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts field tasks and evidence into the words of the people who read the task forms. */
@Component
class FieldText {

    private static final int MOST_ROWS = 200;
    private static final int MOST_PICTURES = 15;

    /** In characters: what fits into a process variable and is read in a notification. */
    private static final int LONGEST_SUMMARY = 1_000;

    private final FieldTasks tasks;
    private final Executions executions;

    FieldText(FieldTasks tasks, Executions executions) {
        this.tasks = tasks;
        this.executions = executions;
    }

    String site(FieldTask task) {
        Site site = tasks.siteOf(task);
        Project project = tasks.projectOf(task);
        return new FormText()
                .line("Reference", task.businessKey())
                .line("Site", site.code() + ", " + site.name())
                .line("Address", site.address())
                .line("Position", "%.5f, %.5f".formatted(site.latitude(), site.longitude()))
                .line("Permit", permit(task, site))
                .line("Project", project.code() + ", " + project.name())
                .line("Client", project.client().name())
                .line("Team", tasks.teamOf(task).name())
                .line("Engineer", task.engineer())
                .line("Round", task.round())
                .line("Visit", "from %s until %s".formatted(task.visitFrom(), task.visitUntil()))
                .line("Remark", task.remark())
                .toString();
    }

    private static String permit(FieldTask task, Site site) {
        Permit permit = task.permit();
        if (permit != null) {
            return "%s, from %s to %s".formatted(permit.number(), permit.validFrom(), permit.validTo());
        }
        return site.needsPermit() ? "needed" : "not needed";
    }

    String requirements(FieldTask task) {
        Requirements asked = task.requirements();
        return new FormText()
                .line(
                        "Position",
                        asked.gpsAccuracyMetres() == null
                                ? null
                                : "within the boundary, accurate to %d m".formatted(asked.gpsAccuracyMetres()))
                .line("Photos", "at least " + asked.minimumPhotos())
                .line("Serial numbers", asked.serialVerification() ? "of all equipment" : null)
                .line("Scan", asked.equipmentScan() ? "by a scanner or with a photo of each label" : null)
                .line(
                        "Questions",
                        asked.checklist().isEmpty() ? null : asked.checklist().size())
                .line("Signature", asked.signature() ? "of somebody at the site" : null)
                .toString();
    }

    String verdict(Execution execution) {
        return new FormText()
                .line("Verdict", word(execution.verdict()) + (execution.sampled() ? ", drawn as a sample" : ""))
                .line("Score", execution.score() + " of 100")
                .line("Captured by", execution.engineer())
                .line("From", execution.startedAt())
                .line("To", execution.endedAt())
                .line("Note", execution.note())
                .toString();
    }

    String position(Execution execution) {
        FormText text = new FormText();
        if (execution.gpsOutcome() == null) {
            return text.line("Position", "none").toString();
        }
        Double distance = execution.gpsDistance();
        return text.line("Position", word(execution.gpsOutcome()))
                .line("Probability of being inside", percent(execution.gpsProbability()))
                .line(
                        "Distance",
                        distance == null
                                ? null
                                : "%.0f m %s the boundary"
                                        .formatted(Math.abs(distance), distance < 0 ? "within" : "outside of"))
                .line(
                        "Why",
                        execution.gpsReasons().stream()
                                .map(GpsReason::description)
                                .collect(Collectors.joining("; ")))
                .toString();
    }

    private static @Nullable String percent(@Nullable Double probability) {
        return probability == null ? null : "%.0f %%".formatted(100 * probability);
    }

    String reasons(Execution execution) {
        return new FormText()
                .list(execution.reasons(), "Nothing stands against it.")
                .toString();
    }

    /** The first of the reasons and how many more there are; all of them are the execution's. */
    static String reasonsInShort(Execution execution) {
        List<String> reasons = execution.reasons();
        StringBuilder summary = new StringBuilder();
        for (int told = 0; told < reasons.size(); told++) {
            String reason = (told == 0 ? "" : "; ") + reasons.get(told);
            if (told > 0 && summary.length() + reason.length() > LONGEST_SUMMARY) {
                return summary + "; and %d more".formatted(reasons.size() - told);
            }
            summary.append(reason, 0, Math.min(reason.length(), LONGEST_SUMMARY));
        }
        return summary.toString();
    }

    /** The rows of a table. */
    SpinJsonNode serials(Execution execution) {
        Map<String, EvidenceContent.Serial.Method> methods = new HashMap<>();
        executions.counting(execution).stream()
                .filter(piece -> piece.content() instanceof EvidenceContent.Serial)
                .map(piece -> (EvidenceContent.Serial) piece.content())
                .filter(serial -> serial.serialNumber() != null)
                .forEach(serial -> methods.merge(
                        SerialComparison.normal(serial.serialNumber()),
                        serial.method(),
                        (one, other) -> one.compareTo(other) > 0 ? one : other));
        return Spin.JSON(execution.serialFindings().stream()
                .limit(MOST_ROWS)
                .map(serial -> Map.of(
                        "serialNumber",
                        serial.serialNumber(),
                        "equipment",
                        serial.label(),
                        "finding",
                        word(serial.finding()),
                        "method",
                        found(serial, methods.get(SerialComparison.normal(serial.serialNumber())))))
                .toList());
    }

    /** What nobody named was read from a photo. */
    private static String found(SerialFinding serial, EvidenceContent.Serial.@Nullable Method method) {
        return method == null && serial.finding() != SerialFinding.Finding.MISSING
                ? word(EvidenceContent.Serial.Method.PHOTO)
                : word(method);
    }

    /** The rows of a table. */
    SpinJsonNode answers(FieldTask task, Execution execution) {
        Map<String, String> questions = task.requirements().checklist().stream()
                .collect(Collectors.toMap(ChecklistQuestion::key, ChecklistQuestion::question));
        return Spin.JSON(executions.counting(execution).stream()
                .filter(piece -> piece.kind() == Evidence.Kind.ANSWER)
                .map(piece -> (EvidenceContent.Answer) piece.content())
                .limit(MOST_ROWS)
                .map(answer -> Map.of(
                        "question",
                        questions.getOrDefault(answer.question(), answer.question()),
                        "answer",
                        answer.value(),
                        "note",
                        answer.note() == null ? "" : answer.note()))
                .toList());
    }

    /** Small pictures, each leading to the larger one. */
    String photos(Execution execution) {
        String page = "/evidence/executions/%s/files/".formatted(execution.id());
        String pictures = executions.counting(execution).stream()
                .flatMap(piece -> piece.photo().stream())
                .limit(MOST_PICTURES)
                .map(file -> "[![photo](%1$s%2$s/thumbnail)](%1$s%2$s/picture)".formatted(page, file))
                .collect(Collectors.joining(" "));
        return pictures.isEmpty() ? "None" : pictures;
    }

    /** Why nobody went, the last first. */
    String refusals(FieldTask task) {
        return new FormText()
                .list(
                        tasks.history(task.id()).stream()
                                .filter(event -> event.toState() == FieldTaskState.ORDERED && event.why() != null)
                                .sorted(Comparator.comparing(FieldTaskEvent::at).reversed())
                                .map(event -> "%s: %s".formatted(event.at(), event.why()))
                                .toList(),
                        "Nobody answered in time.")
                .toString();
    }

    String askedAgain(FieldTask task) {
        List<String> asked = new ArrayList<>();
        asked.add(String.valueOf(task.remark()));
        task.askedAgain().stream().sorted().map(item -> "needed again: " + item).forEach(asked::add);
        return new FormText().list(asked, "").toString();
    }

    String rounds(FieldTask task) {
        return new FormText()
                .list(
                        executions.of(task.id()).stream()
                                .filter(execution -> execution.verdict() != null)
                                .map(execution -> "Round %d by %s: %s, %s"
                                        .formatted(
                                                execution.round(),
                                                execution.engineer(),
                                                word(execution.verdict()),
                                                execution.reviewNote() == null
                                                        ? reasonsInShort(execution)
                                                        : execution.reviewNote()))
                                .toList(),
                        "No evidence was submitted.")
                .toString();
    }

    /** Whether there is anything in the equipment records to correct. */
    static boolean hasDifferences(Execution execution) {
        return execution.serialFindings().stream()
                .anyMatch(serial -> serial.finding() != SerialFinding.Finding.MATCHED && serial.itemId() != null);
    }

    static String word(@Nullable Enum<?> value) {
        return value == null ? "" : value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
