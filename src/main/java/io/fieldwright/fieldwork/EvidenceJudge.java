package io.fieldwright.fieldwork;

import io.fieldwright.equipment.ChecklistQuestion;
import io.fieldwright.equipment.EquipmentCategory;
import io.fieldwright.files.Files;
import io.fieldwright.files.StoredFile;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.Decisions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds out what evidence amounts to: the position against the boundary, photos against others and their EXIF data against fix and site, serial
 * numbers against what the site should hold, answers against the questions, and when all of it was captured against the order and the receipt.
 * What follows from it is decided by the tables {@code evidence-score} and {@code evidence-verdict}.
 */
@Component
class EvidenceJudge {

    private static final String TASK_TYPE = "verification";

    private final FieldTasks tasks;
    private final PhotoChecks photos;
    private final SerialComparison serials;
    private final Files files;
    private final Decisions decisions;
    private final ReviewLottery lottery;

    EvidenceJudge(
            FieldTasks tasks,
            PhotoChecks photos,
            SerialComparison serials,
            Files files,
            Decisions decisions,
            ReviewLottery lottery) {
        this.tasks = tasks;
        this.photos = photos;
        this.serials = serials;
        this.files = files;
        this.decisions = decisions;
        this.lottery = lottery;
    }

    /** A fix and what it says. */
    private record Position(UUID fix, GpsFix reported, GpsVerdict verdict) {

        private static final Set<GpsReason> MISREAD =
                EnumSet.of(GpsReason.NOT_A_POSITION, GpsReason.SWAPPED_COORDINATES);

        /** The fix as a place to compare with; null where its coordinates, as they stand, are none. */
        @Nullable
        GpsFix place() {
            return Collections.disjoint(verdict.reasons(), MISREAD) ? reported : null;
        }
    }

    Judgement judge(FieldTask task, Execution execution, List<Evidence> counting) {
        return TenantScope.asSystem(() -> {
            Map<UUID, StoredFile> stored = new HashMap<>();
            counting.stream().flatMap(piece -> piece.file().stream()).forEach(id -> files.find(task.tenantId(), id)
                    .ifPresent(file -> stored.put(id, file)));
            Requirements asked = task.requirements();
            GpsThresholds thresholds = GpsThresholds.decide(
                    decisions,
                    TASK_TYPE,
                    Objects.requireNonNullElse(asked.gpsAccuracyMetres(), Requirements.DEFAULT_GPS_ACCURACY_METRES));
            Position position = asked.gpsAccuracyMetres() == null
                    ? null
                    : position(task, asked.gpsAccuracyMetres(), thresholds, counting);
            PhotoChecks.Result pictures =
                    photos.check(task, counting, stored, position == null ? null : position.place());
            OutOfTime outOfTime = OutOfTime.find(task, counting, thresholds.largestClockSkew());
            SerialComparison.Result comparison = serials.compare(task, counting, stored);
            List<SerialFinding> found = comparison.findings();
            List<String> unanswered = unanswered(asked.checklist(), counting);
            String signature = !asked.signature()
                    ? "notAsked"
                    : counting.stream().anyMatch(piece -> piece.kind() == Evidence.Kind.SIGNATURE)
                            ? "given"
                            : "missing";

            Map<String, Object> inputs = new LinkedHashMap<>();
            inputs.put("gpsOutcome", asked.gpsAccuracyMetres() == null ? "notAsked" : word(outcome(position)));
            inputs.put("photosMissing", Math.max(0, asked.minimumPhotos() - pictures.different()));
            inputs.put("suspiciousPhotos", pictures.suspicious());
            inputs.put("evidenceOutOfTime", outOfTime.pieces());
            inputs.put("serialsMissing", count(asked, found, SerialFinding.Finding.MISSING));
            inputs.put("serialsUnexpected", count(asked, found, SerialFinding.Finding.UNEXPECTED));
            inputs.put("serialsUnread", asked.equipmentScan() ? comparison.unread() : 0);
            inputs.put("answersMissing", unanswered.size());
            inputs.put("signature", signature);
            int score = score(inputs);
            inputs.put("score", score);
            List<Map<String, Object>> rules = decisions.evaluateAll("evidence-verdict", inputs);

            List<String> reasons = new ArrayList<>(reasons(rules));
            if (position != null) {
                position.verdict().reasons().forEach(reason -> reasons.add(reason.description()));
            } else if (asked.gpsAccuracyMetres() != null) {
                reasons.add("No position was taken");
            }
            reasons.addAll(outOfTime.reasons());
            reasons.addAll(pictures.reasons());
            unanswered.forEach(question -> reasons.add("Not answered: " + question));
            return new Judgement(
                    position == null ? null : position.verdict(),
                    position == null ? null : position.fix(),
                    found,
                    score,
                    worst(rules),
                    reasons);
        });
    }

    /** Whether an execution that verified is drawn for review. */
    boolean draws(FieldTask task, Execution execution) {
        int complexity = tasks.expectedEquipment(task).stream()
                .map(item -> item.model().category())
                .mapToInt(EquipmentCategory::complexityRating)
                .max()
                .orElse(1);
        Number percent = (Number) decisions
                .evaluate(
                        "review-sampling",
                        Map.of("complexityRating", complexity, "score", Objects.requireNonNull(execution.score())))
                .get("percent");
        return lottery.draws(percent.intValue());
    }

    /**
     * Of several fixes the most accurate counts. One that is made up discredits all.
     *
     * @return null when none was taken
     */
    private @Nullable Position position(
            FieldTask task, int neededAccuracyMetres, GpsThresholds thresholds, List<Evidence> counting) {
        List<Evidence> fixes = counting.stream()
                .filter(piece -> piece.kind() == Evidence.Kind.FIX)
                .sorted(Comparator.comparing(EvidenceJudge::accuracy).thenComparing(Evidence::capturedAt))
                .toList();
        if (fixes.isEmpty()) {
            return null;
        }
        Evidence best = fixes.stream()
                .filter(piece -> ((GpsFix) piece.content()).mock())
                .findFirst()
                .orElse(fixes.get(0));
        GpsFix fix = (GpsFix) best.content();
        GpsVerdict verdict = GpsJudge.judge(
                fix, best.capturedAt(), best.clockOffset(), tasks.boundaryOf(task), neededAccuracyMetres, thresholds);
        return new Position(best.id(), fix, verdict);
    }

    private static double accuracy(Evidence piece) {
        Double metres = ((GpsFix) piece.content()).accuracyMetres();
        return metres == null || !(metres > 0) ? Double.POSITIVE_INFINITY : metres;
    }

    /** Whatever the rows of an edited table add up to, a score is from 0 to 100. */
    private int score(Map<String, Object> inputs) {
        Number points = (Number) decisions.evaluate("evidence-score", inputs).get("points");
        return Math.max(0, Math.min(100, points.intValue()));
    }

    private static int count(Requirements asked, List<SerialFinding> found, SerialFinding.Finding finding) {
        return !asked.serialVerification()
                ? 0
                : (int) found.stream()
                        .filter(serial -> serial.finding() == finding)
                        .count();
    }

    /** The required questions without an answer of the kind they ask for. */
    private static List<String> unanswered(List<ChecklistQuestion> checklist, List<Evidence> counting) {
        Map<String, String> answers = new HashMap<>();
        counting.stream()
                .filter(piece -> piece.kind() == Evidence.Kind.ANSWER)
                .sorted(Comparator.comparing(Evidence::correctedTime))
                .map(piece -> (EvidenceContent.Answer) piece.content())
                .forEach(answer -> answers.put(answer.question(), answer.value()));
        return checklist.stream()
                .filter(question -> question.required()
                        && !Optional.ofNullable(answers.get(question.key()))
                                .filter(question::admits)
                                .isPresent())
                .map(ChecklistQuestion::question)
                .toList();
    }

    private static Verdict worst(List<Map<String, Object>> rules) {
        return rules.stream()
                .map(rule -> Verdict.valueOf((String) rule.get("verdict")))
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("No rule of the decision evidence-verdict applies"));
    }

    private static Set<String> reasons(List<Map<String, Object>> rules) {
        return rules.stream()
                .filter(rule -> Verdict.valueOf((String) rule.get("verdict")) != Verdict.VERIFIED)
                .map(rule -> (String) rule.get("reason"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static GpsOutcome outcome(@Nullable Position position) {
        return position == null ? GpsOutcome.UNCERTAIN : position.verdict().outcome();
    }

    private static String word(GpsOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
