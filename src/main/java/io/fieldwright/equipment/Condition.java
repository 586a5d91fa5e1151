package io.fieldwright.equipment;

import io.fieldwright.api.Problem;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much use is left in an item; one of the inputs of its value (requirements, section 6). */
public enum Condition {
    NEW,
    WORKING,
    REPAIRABLE,
    SCRAP;

    /** The word that interfaces, forms and decisions use. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Problem 400 naming {@code field} when {@code text} is none of the words */
    public static Condition parse(String field, @Nullable String text) {
        return Arrays.stream(values())
                .filter(condition -> condition.id().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(field, "must be new, working, repairable or scrap"));
    }
}
