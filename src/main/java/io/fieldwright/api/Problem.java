package io.fieldwright.api;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A business refusal that the caller can do something about. It becomes an RFC 9457 problem on every interface,
 * the engine REST and Tasklist included, and names the field and the reason.
 */
public class Problem extends RuntimeException {

    /** One refused field; {@code field} uses the request's own spelling, such as {@code boundary.radiusMetres}. */
    public record FieldError(String field, String reason) {}

    private final HttpStatus status;
    private final List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private Problem(HttpStatus status, String detail, List<FieldError> errors) {
        this(status, detail, errors, null);
    }

    private Problem(HttpStatus status, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        super(detail);
        this.status = status;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** 404, for what does not exist and for what the caller may not know of: the two must not differ. */
    public static Problem notFound(String what, @Nullable Object id) {
        return new Problem(HttpStatus.NOT_FOUND, "There is no %s %s.".formatted(what, id), List.of());
    }

    /** 400: the request can never succeed as it is. */
    public static Problem invalid(String field, String reason) {
        return new Problem(HttpStatus.BAD_REQUEST, field + ": " + reason, List.of(new FieldError(field, reason)));
    }

    /** 400 with every refused field at once. */
    public static Problem invalid(List<FieldError> errors) {
        return new Problem(HttpStatus.BAD_REQUEST, details(errors), errors);
    }

    /**
     * Looks up what a request names; when it does not exist the request is wrong, not its address.
     *
     * @throws Problem 400 naming {@code field} where {@code lookup} finds nothing in sight
     */
    public static <T> T named(String field, Supplier<T> lookup) {
        try {
            return lookup.get();
        } catch (Problem absent) {
            throw invalid(field, "there is no such " + field);
        }
    }

    /** 409: the request is sound, the present state does not allow it. */
    public static Problem conflict(String field, String reason) {
        return new Problem(HttpStatus.CONFLICT, reason, List.of(new FieldError(field, reason)));
    }

    /** 409 with everything at once that the present state does not allow. */
    public static Problem conflict(List<FieldError> errors) {
        return new Problem(HttpStatus.CONFLICT, details(errors), errors);
    }

    private static String details(List<FieldError> errors) {
        return String.join(
                "; ",
                errors.stream()
                        .map(error -> error.field() + ": " + error.reason())
                        .toList());
    }

    /** 403: the caller may see it, but this is not theirs to do. */
    public static Problem forbidden(String reason) {
        return new Problem(HttpStatus.FORBIDDEN, reason, List.of());
    }

    /** 401: what came as proof of who calls proves nothing, or no longer. */
    public static Problem unauthenticated(String reason) {
        return new Problem(HttpStatus.UNAUTHORIZED, reason, List.of());
    }

    /** 413: the body is longer than any request needs. */
    public static Problem tooLarge(String reason) {
        return new Problem(HttpStatus.PAYLOAD_TOO_LARGE, reason, List.of());
    }

    /** 429: the same may be tried again after a while, which is rounded up to whole seconds. */
    public static Problem tooManyAttempts(Duration retryAfter) {
        return new Problem(
                HttpStatus.TOO_MANY_REQUESTS,
                "There were too many failed attempts; wait a while before the next.",
                List.of(),
                Duration.ofSeconds(retryAfter.plusMillis(999).toSeconds()));
    }

    /** 431: the headers are longer than any request needs. */
    public static Problem headersTooLarge() {
        return new Problem(
                HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers of the request are too long.", List.of());
    }

    /** 422: the request is sound by itself but contradicts one made before. */
    static Problem unprocessable(String field, String reason) {
        return new Problem(
                HttpStatus.UNPROCESSABLE_ENTITY, field + " " + reason, List.of(new FieldError(field, reason)));
    }

    /** 412 or 428: the caller's {@code If-Match} is out of date or absent. */
    static Problem precondition(HttpStatus status, String reason) {
        return new Problem(status, reason, List.of(new FieldError("If-Match", reason)));
    }

    /** The same refusal, its fields spelled as the request at hand spells them. */
    public Problem spelled(UnaryOperator<String> spelling) {
        return new Problem(
                status,
                getMessage(),
                errors.stream()
                        .map(error -> new FieldError(spelling.apply(error.field()), error.reason()))
                        .toList());
    }

    public HttpStatus status() {
        return status;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** How long to wait before trying again, where that helps. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
