package io.fieldwright.workflow;

import io.fieldwright.api.Legible;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What a task form shows, as the Markdown that Camunda Forms renders. Values are escaped, since people wrote them; long
 * values are shortened and long lists cut, since the engine keeps texts of at most 4,000 characters.
 */
public final class FormText {

    private static final int LONGEST = 3_600;

    /** Of one value, so that others have room beside it. */
    private static final int LONGEST_VALUE = 2_000;

    private static final String SHORTENED = "…";

    private final StringBuilder text = new StringBuilder();

    /** One labelled value on a line of its own; nothing at all when there is no value. */
    public FormText line(String label, @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            String start = "**" + label + ":** ";
            String end = "  \n";
            int room = LONGEST - text.length() - start.length() - end.length();
            append(start + escape(value.toString(), Math.min(room, LONGEST_VALUE)) + end);
        }
        return this;
    }

    /** A bulleted list, or {@code none} when it is empty. */
    public FormText list(Collection<String> entries, String none) {
        if (entries.isEmpty()) {
            append(none + "\n");
        }
        int shown = 0;
        for (String entry : entries) {
            if (!append("- " + escape(entry, LONGEST_VALUE) + "\n")) {
                text.append("- … and ").append(entries.size() - shown).append(" more\n");
                break;
            }
            shown++;
        }
        return this;
    }

    private boolean append(String part) {
        if (text.length() + part.length() > LONGEST) {
            return false;
        }
        text.append(part);
        return true;
    }

    private static String escape(String value, int longest) {
        StringBuilder escaped = new StringBuilder();
        for (int character : Legible.of(value).codePoints().toArray()) {
            String shown = escape(character);
            if (escaped.length() + shown.length() + SHORTENED.length() > longest) {
                return escaped.append(SHORTENED).toString();
            }
            escaped.append(shown);
        }
        return escaped.toString();
    }

    private static String escape(int character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '\\', '*', '_', '|', '`', '[', ']', '#' -> "\\" + (char) character;
            default -> Character.toString(character);
        };
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
