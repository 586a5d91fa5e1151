package io.fieldwright.notification;

import io.fieldwright.api.Problem;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A subject of one line and a body, plain text with placeholders in braces. */
public record Text(String subject, String body) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]+");
    private static final int LONGEST_SUBJECT = 200;

    /** @throws Problem 400 naming subject or body when it holds a placeholder that is not one of {@code known} */
    void requirePlaceholders(Set<String> known) {
        requirePlaceholders("subject", subject, known);
        requirePlaceholders("body", body, known);
    }

    private static void requirePlaceholders(String field, String template, Set<String> known) {
        Matcher placeholder = PLACEHOLDER.matcher(template);
        while (placeholder.find()) {
            if (!known.contains(placeholder.group(1))) {
                throw Problem.invalid(
                        field,
                        "{%s} is not a placeholder; known are %s"
                                .formatted(
                                        placeholder.group(1),
                                        String.join(
                                                ", ", known.stream().sorted().toList())));
            }
        }
    }

    /** Values go in as they are: what looks like a placeholder in a value stays. The subject becomes a single line. */
    Text render(Map<String, String> values) {
        String line = LINE_BREAKS.matcher(fill(subject, values)).replaceAll(" ").strip();
        return new Text(
                line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT - 1) + "…" : line,
                fill(body, values));
    }

    private static String fill(String template, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(placeholder -> Matcher.quoteReplacement(values.getOrDefault(placeholder.group(1), "")));
    }
}
