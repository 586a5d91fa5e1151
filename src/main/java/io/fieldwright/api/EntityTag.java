package io.fieldwright.api;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The version of a row as a strong entity tag (RFC 9110, section 8.8.3). */
public final class EntityTag {

    private EntityTag() {}

    public static <T> ResponseEntity<T> ok(T body, long version) {
        return ResponseEntity.ok().eTag(of(version)).body(body);
    }

    /** The answer to a request that made something, which is at {@code path} from now on. */
    public static <T> ResponseEntity<T> created(String path, T body, long version) {
        return ResponseEntity.created(URI.create(path)).eTag(of(version)).body(body);
    }

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Refuses a change that was not made on the present version.
     *
     * @throws Problem 428 when {@code If-Match} is absent, 412 when it names another version
     */
    public static void require(@Nullable String ifMatch, long version) {
        if (ifMatch == null) {
            throw Problem.precondition(HttpStatus.PRECONDITION_REQUIRED, "send the ETag you read as If-Match");
        }
        if (!ifMatch.equals("*") && !ifMatch.equals(of(version))) {
            throw Problem.precondition(
                    HttpStatus.PRECONDITION_FAILED, "it has changed since you read it; the version now is " + version);
        }
    }
}
