package io.fieldwright.fieldwork.sync;

import io.fieldwright.api.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a device has come: behind a row, in the order of the transactions that rows changed in. Transaction numbers mean
 * something within one generation of a database only: a restored backup counts them anew.
 *
 * @param changedIn a transaction number of PostgreSQL, 64 bits without a sign
 */
record SyncCursor(String generation, String changedIn, UUID id) {

    private static final UUID FIRST = new UUID(0, 0);
    private static final Pattern FORM =
            Pattern.compile("1:([0-9-]{1,60}):([0-9]{1,20}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    /** Before everything that changes in transaction {@code changedIn} or later. */
    static SyncCursor before(String generation, String changedIn) {
        return new SyncCursor(generation, changedIn, FIRST);
    }

    /** @throws Problem 400 for what this server never gave out */
    static SyncCursor parse(String text) {
        try {
            Matcher parts = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
            if (parts.matches()) {
                Long.parseUnsignedLong(parts.group(2));
                return new SyncCursor(parts.group(1), parts.group(2), UUID.fromString(parts.group(3)));
            }
        } catch (IllegalArgumentException malformed) {
            // answered as what does not match
        }
        throw Problem.invalid("cursor", "is none that was given out; leave it out to fetch everything");
    }

    /**
     * Where to go on from {@code asked} towards this horizon: from the beginning if it is of another generation, or of a
     * future that was lost with a restored backup.
     */
    SyncCursor reachedFrom(@Nullable SyncCursor asked) {
        boolean known = asked != null && asked.generation.equals(generation) && compareWith(asked.changedIn) >= 0;
        return known ? asked : before(generation, "0");
    }

    /** Behind that row, but not beyond this horizon: what changes there may still be committed. */
    SyncCursor orBehind(String changedIn, UUID id) {
        return compareWith(changedIn) > 0 ? new SyncCursor(generation, changedIn, id) : this;
    }

    private int compareWith(String transaction) {
        return Long.compareUnsigned(Long.parseUnsignedLong(changedIn), Long.parseUnsignedLong(transaction));
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        "1:%s:%s:%s".formatted(generation, changedIn, id).getBytes(StandardCharsets.US_ASCII));
    }
}
