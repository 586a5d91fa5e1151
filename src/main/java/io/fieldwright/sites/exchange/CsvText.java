package io.fieldwright.sites.exchange;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes cells that a spreadsheet shows as they are: a text that it would run as a formula gets an apostrophe in front,
 * which {@link CsvRows} takes away again, so that what was exported comes back unchanged.
 */
final class CsvText {

    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private CsvText() {}

    static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return quoted(FORMULA.matcher(text).matches() ? "'" + text : text);
    }

    private static String quoted(String text) {
        boolean plain =
                text.equals(text.strip()) && text.chars().noneMatch(character -> ",\"\n\r".indexOf(character) >= 0);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
