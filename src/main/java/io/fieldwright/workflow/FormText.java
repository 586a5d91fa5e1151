package io.fieldwright.workflow;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What a task form shows, as the Markdown that Camunda Forms renders. Values are escaped, since people wrote them; long
 * lists are cut, since the engine keeps texts of at most 4,000 characters.
 */
public final class FormText {

    private static final int LONGEST = 3_600;

    private final StringBuilder text = new StringBuilder();

    /** One labelled value on a line of its own; nothing at all when there is no value. */
    public FormText line(String label, @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            append("**" + label + ":** " + escape(value.toString()) + "  \n");
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
            if (!append("- " + escape(entry) + "\n")) {
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

    private static String escape(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\*_|`\\[\\]#])", "\\\\$1")
                .replaceAll("\\s+", " ");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
