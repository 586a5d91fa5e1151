package io.fieldwright.workflow;

import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.json.SpinJsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What somebody entered in a task form. Each answer is taken once: it leaves the process variables, because it belongs
 * in our tables. Wrong answers are refused with the field's name, and the task stays where it is.
 */
public final class FormAnswers {

    /** What the engine keeps of an answer until we have taken it; it does not keep those of a domain endpoint. */
    private static final int LONGEST_KEPT = 4_000;

    private static final int LONGEST_TEXT = 200_000;

    /** Lines that a domain endpoint hands to a form instead of text. */
    public record Rows(List<List<String>> rows) {}

    private final DelegateTask task;

    public FormAnswers(DelegateTask task) {
        this.task = task;
    }

    /** The trimmed text of {@code field}, or null when it is absent or blank. */
    public @Nullable String text(String field) {
        TypedValue answer = typedAnswer(field);
        remove(field);
        Object value = answer == null ? null : answer.getValue();
        if (value == null || value.toString().isBlank()) {
            return null;
        }
        int longest = answer.isTransient() ? LONGEST_TEXT : LONGEST_KEPT;
        if (value.toString().length() > longest) {
            throw Problem.invalid(field, "is longer than " + longest + " characters");
        }
        return value.toString().trim();
    }

    public String required(String field) {
        String text = text(field);
        if (text == null) {
            throw Problem.invalid(field, "is required");
        }
        return text;
    }

    /** Whether {@code field} holds {@code yes}; the only other answer allowed is {@code no}. */
    public boolean choice(String field, String yes, String no) {
        String answer = required(field);
        if (!answer.equals(yes) && !answer.equals(no)) {
            throw Problem.invalid(field, "must be " + yes + " or " + no);
        }
        return answer.equals(yes);
    }

    /**
     * What was ticked of {@code possible}: a list as Camunda Forms answer it, or a text with commas.
     *
     * @throws Problem 400 for anything else
     */
    public Set<String> choices(String field, Set<String> possible) {
        Object value = answer(field);
        remove(field);
        Set<String> chosen = new LinkedHashSet<>();
        if (value instanceof SpinJsonNode list && list.isArray()) {
            list.elements().forEach(element -> chosen.add(element.isString() ? element.stringValue() : ""));
        } else if (value instanceof Collection<?> list) {
            list.forEach(element -> chosen.add(String.valueOf(element)));
        } else if (value != null && !value.toString().isBlank()) {
            chosen.addAll(List.of(value.toString().strip().split("\\s*,\\s*")));
        }
        if (!possible.containsAll(chosen)) {
            throw Problem.invalid(field, "must be some of " + String.join(", ", new TreeSet<>(possible)));
        }
        return chosen;
    }

    public UUID identifier(String field) {
        return Identifiers.parse(field, required(field));
    }

    /** A calendar date as ISO 8601, such as 2026-03-31; a time behind it is cut off. */
    public LocalDate date(String field) {
        String text = required(field);
        try {
            return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
        } catch (DateTimeParseException notADate) {
            throw Problem.invalid(field, "must be a date such as 2026-03-31");
        }
    }

    /** The answer that a domain endpoint gave as an object of {@code type}; null when the form gave a text. */
    public <T> @Nullable T given(String field, Class<T> type) {
        Object value = answer(field);
        if (!type.isInstance(value)) {
            return null;
        }
        remove(field);
        return type.cast(value);
    }

    /**
     * Completing a task puts answers into the process, submitting its form into the task. Only the task holds what was
     * proposed, so it must not come before what was answered.
     */
    private @Nullable TypedValue typedAnswer(String field) {
        return task.getExecution().hasVariable(field)
                ? task.getExecution().getVariableTyped(field)
                : task.getVariableTyped(field);
    }

    private @Nullable Object answer(String field) {
        TypedValue answer = typedAnswer(field);
        return answer == null ? null : answer.getValue();
    }

    private void remove(String field) {
        task.getExecution().removeVariable(field);
        task.removeVariableLocal(field);
    }

    /**
     * The lines of a text area, each split at commas or semicolons; blank lines are skipped. Answers that came over REST
     * are rows already.
     */
    public List<List<String>> rows(String field) {
        Rows given = given(field, Rows.class);
        if (given != null) {
            return given.rows();
        }
        List<List<String>> rows = new ArrayList<>();
        String text = text(field);
        if (text == null) {
            return rows;
        }
        for (String line : text.split("\\R")) {
            if (!line.isBlank()) {
                List<String> cells = new ArrayList<>();
                for (String cell : line.split("[,;]", -1)) {
                    cells.add(cell.trim());
                }
                rows.add(cells);
            }
        }
        return rows;
    }
}
