package io.fieldwright.api;

import java.util.regex.Pattern;

/**
 * Text that came from outside unchecked, such as with an operation that could not be understood, as people are shown it and
 * PostgreSQL can store it.
 */
public final class Legible {

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Control characters, NUL among them, and halves of surrogate pairs. */
    private static final Pattern NO_CHARACTER = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private static final String REPLACEMENT = "\uFFFD";

    private Legible() {}

    /** The text in one line, with a replacement character for whatever is none. */
    public static String of(String text) {
        return NO_CHARACTER.matcher(SPACE.matcher(text).replaceAll(" ")).replaceAll(REPLACEMENT);
    }
}
