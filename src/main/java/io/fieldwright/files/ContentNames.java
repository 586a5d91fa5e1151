package io.fieldwright.files;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in a {@link ContentStore}: a UUID of version 7 (RFC 9562), which begins with the time it was made at, and a rendition. */
final class ContentNames {

    /** 24 of the 48 bits that count milliseconds: a little more than four and a half hours. */
    private static final int DIGITS_OF_PERIOD = 6;

    private static final Pattern NAME =
            Pattern.compile("([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})([.a-z]*)");

    private ContentNames() {}

    static String of(UUID contentId, Rendition rendition) {
        return contentId + rendition.suffix();
    }

    static Optional<UUID> contentId(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
    }

    /** Whether it is the name of a complete content, of any rendition. */
    static boolean isComplete(String name, UUID contentId) {
        for (Rendition rendition : Rendition.values()) {
            if (name.equals(of(contentId, rendition))) {
                return true;
            }
        }
        return false;
    }

    static Instant madeAt(UUID contentId) {
        return Instant.ofEpochMilli(contentId.getMostSignificantBits() >>> 16);
    }

    static String period(String name) {
        return name.substring(0, DIGITS_OF_PERIOD);
    }

    static String period(Instant moment) {
        return HexFormat.of().toHexDigits(moment.toEpochMilli(), 12).substring(0, DIGITS_OF_PERIOD);
    }
}
