package io.fieldwright.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What makes a POST safe to repeat; each person's own. */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    private static final Pattern WELL_FORMED = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private IdempotencyKey() {}

    /**
     * For requests that work too long for one transaction and whose result is identified by the caller: the identifier of
     * what is made with this key, always the same.
     *
     * @throws Problem 400 for a malformed key
     */
    public static @Nullable UUID identifier(HttpServletRequest request) {
        String key = request.getHeader(HEADER);
        if (key == null) {
            return null;
        }
        requireWellFormed(key);
        String caller = String.valueOf(request.getRemoteUser());
        return UUID.nameUUIDFromBytes(
                (caller + '\n' + request.getRequestURI() + '\n' + key).getBytes(StandardCharsets.UTF_8));
    }

    /** 422: the key was used before for something else. */
    public static Problem usedBefore() {
        return Problem.unprocessable(HEADER, "was used before for a request with another body");
    }

    static void requireWellFormed(String key) {
        if (!WELL_FORMED.matcher(key).matches()) {
            throw Problem.invalid(HEADER, "must be 1 to 255 visible ASCII characters");
        }
    }
}
