package io.fieldwright.equipment;

import io.fieldwright.api.Problem.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What verification asks about a piece on site.
 *
 * @param key names the question in answers, however it is worded; unique within a checklist
 * @param choices the answers to choose from; empty unless the kind is {@link Kind#CHOICE}
 * @param required whether evidence without an answer is incomplete
 */
public record ChecklistQuestion(String key, String question, Kind kind, List<String> choices, boolean required) {

    /** What an answer looks like. */
    public enum Kind {
        YES_NO,
        TEXT,
        NUMBER,
        CHOICE
    }

    private static final Pattern KEY = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}([.]\\d{1,9})?");
    private static final int QUESTION_LENGTH = 300;
    private static final int FEWEST_CHOICES = 2;
    private static final int MOST_CHOICES = 20;
    private static final int CHOICE_LENGTH = 100;

    public ChecklistQuestion {
        choices = List.copyOf(choices);
    }

    /** Adds to {@code errors} what is out of its range; {@code place} is where the question stands in the request. */
    void check(String place, List<FieldError> errors) {
        if (!KEY.matcher(key).matches()) {
            errors.add(new FieldError(place + ".key", "must be 1 to 40 lower-case letters, digits or '-'"));
        }
        if (!isText(question, QUESTION_LENGTH)) {
            errors.add(new FieldError(place + ".question", "must be 1 to 300 characters, not blank"));
        }
        if (kind != Kind.CHOICE && !choices.isEmpty()) {
            errors.add(new FieldError(place + ".choices", "must be given for CHOICE only"));
        }
        if (kind == Kind.CHOICE && !areChoices(choices)) {
            errors.add(new FieldError(place + ".choices", "must be 2 to 20 different texts of 1 to 100 characters"));
        }
    }

    /** The same under a key that no question of another category has: no key that is written for a checklist has a dot. */
    public ChecklistQuestion of(EquipmentCategory category) {
        return new ChecklistQuestion(category.code() + "." + key, question, kind, choices, required);
    }

    /** Whether {@code answer} is of the kind that is asked for. */
    public boolean admits(String answer) {
        return switch (kind) {
            case YES_NO -> answer.equals("yes") || answer.equals("no");
            case TEXT -> !answer.isBlank();
            case NUMBER -> NUMBER.matcher(answer).matches();
            case CHOICE -> choices.contains(answer);
        };
    }

    private static boolean areChoices(List<String> choices) {
        return choices.size() >= FEWEST_CHOICES
                && choices.size() <= MOST_CHOICES
                && new HashSet<>(choices).size() == choices.size()
                && choices.stream().allMatch(choice -> isText(choice, CHOICE_LENGTH));
    }

    private static boolean isText(String text, int longest) {
        return !text.isBlank() && text.length() <= longest;
    }
}
