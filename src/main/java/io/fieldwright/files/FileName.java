package io.fieldwright.files;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Texts from outside, such as names of files, made fit for display: nothing in them acts on who reads them. */
final class FileName {

    private static final int LONGEST_NAME = 120;
    private static final String NAMELESS = "file";

    /** What does not print, or changes how its neighbours do: the override from right to left hides an extension. */
    private static final Set<Byte> UNPRINTABLE = Set.of(
            Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.PRIVATE_USE,
            Character.UNASSIGNED,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR);

    private FileName() {}

    /** The last part of a path, without what does not print and what file systems take for more than a name. */
    static String clean(@Nullable String claimed) {
        String path = claimed == null ? "" : claimed.replace('\\', '/');
        String name = printable(path.substring(path.lastIndexOf('/') + 1), LONGEST_NAME)
                .replaceAll("[<>:\"|?*]", "_")
                .replaceFirst("^[. ]+", "")
                .strip();
        return name.isEmpty() ? NAMELESS : name;
    }

    /** As much of a text as prints, on one line and at most {@code longest} characters long. */
    static String printable(String text, int longest) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .filter(character -> !UNPRINTABLE.contains((byte) Character.getType(character)))
                .limit(longest)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
