package io.fieldwright.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.mapping.PropertyReferenceException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns every failure of the domain API into a problem that names field and reason, and never into class names or SQL. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class ProblemHandler extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    /** PostgreSQL's SQL state for a NUL in a text. */
    private static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";

    /** Fields that only somebody sends who hopes that they are copied into the row unseen. */
    private static final Set<String> NEVER_A_CALLERS =
            Set.of("id", "version", "tenantId", "tenant", "role", "roles", "groups", "permissions", "authorities");

    private final ApplicationEventPublisher events;

    ProblemHandler(ApplicationEventPublisher events) {
        this.events = events;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Problem problem) {
        ResponseEntity<ProblemDetail> answer = answer(problem.status(), problem.getMessage(), problem.errors());
        Duration retryAfter = problem.retryAfter();
        return retryAfter == null
                ? answer
                : ResponseEntity.status(problem.status())
                        .header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.toSeconds()))
                        .body(answer.getBody());
    }

    /** One answer to every failed proof: it does not tell an unknown person from a wrong password. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> unauthenticated(AuthenticationException failed) {
        return failed.getCause() instanceof Problem problem
                ? refused(problem)
                : answer(HttpStatus.UNAUTHORIZED, "Sign in: what was sent does not prove who you are.", List.of());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> denied(AccessDeniedException denied) {
        return denied.getCause() instanceof Problem problem
                ? refused(problem)
                : answer(HttpStatus.FORBIDDEN, "You do not have the permission this needs.", List.of());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(ConstraintViolationException violations) {
        return answer(
                HttpStatus.BAD_REQUEST,
                "The request is not valid.",
                violations.getConstraintViolations().stream()
                        .map(violation -> new Problem.FieldError(
                                violation.getPropertyPath().toString(), violation.getMessage()))
                        .sorted(Comparator.comparing(Problem.FieldError::field))
                        .toList());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unknownSort(PropertyReferenceException unknown) {
        String reason = "there is no property " + unknown.getPropertyName() + " to sort by";
        return answer(HttpStatus.BAD_REQUEST, reason, List.of(new Problem.FieldError("sort", reason)));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> overtaken(ConcurrencyFailureException overtaken) {
        return answer(HttpStatus.CONFLICT, "Somebody else changed this at the same moment; read it again.", List.of());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> malformed(MultipartException malformed) {
        return answer(HttpStatus.BAD_REQUEST, "The body is not a well-formed multipart message.", List.of());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> conflicting(DataIntegrityViolationException violation) {
        if (violation.getMostSpecificCause() instanceof SQLException refused
                && CHARACTER_NOT_IN_REPERTOIRE.equals(refused.getSQLState())) {
            return answer(HttpStatus.BAD_REQUEST, "A text contains a character that cannot be stored.", List.of());
        }
        log.info("A request was refused by a database constraint: {}", rootMessage(violation));
        return answer(
                HttpStatus.CONFLICT, "This contradicts what is already stored, most often a duplicate.", List.of());
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemDetail> unexpected(Exception unexpected) {
        if (DisconnectedClientHelper.isClientDisconnectedException(unexpected)) {
            return null;
        }
        log.error("A request failed unexpectedly", unexpected);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, "Something failed on our side; it has been logged.", List.of());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Class<?> body = invalid.getParameter().getParameterType();
        List<Problem.FieldError> errors = invalid.getFieldErrors().stream()
                .map(error -> new Problem.FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
                .sorted(new DeclaredOrder(body))
                .map(error -> new Problem.FieldError(asSent(body, error.field()), error.reason()))
                .collect(Collectors.toList());
        invalid.getGlobalErrors()
                .forEach(error -> errors.add(
                        new Problem.FieldError(error.getObjectName(), String.valueOf(error.getDefaultMessage()))));
        return generic(answer(HttpStatus.BAD_REQUEST, "The request is not valid.", errors));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<Problem.FieldError> errors = invalid.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new Problem.FieldError(
                                String.valueOf(result.getMethodParameter().getParameterName()),
                                String.valueOf(error.getDefaultMessage()))))
                .toList();
        return generic(answer(HttpStatus.BAD_REQUEST, "The request is not valid.", errors));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException tooLarge, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return generic(refused(Problem.tooLarge("The file or the whole request is larger than what is taken.")));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String field = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(mismatch.getPropertyName());
        if ("id".equals(field)) {
            return generic(answer(
                    HttpStatus.NOT_FOUND, "There is nothing with the id " + mismatch.getValue() + ".", List.of()));
        }
        String reason = "cannot be read as " + readable(mismatch.getRequiredType());
        return generic(
                answer(HttpStatus.BAD_REQUEST, field + " " + reason, List.of(new Problem.FieldError(field, reason))));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (unreadable.getMostSpecificCause() instanceof Problem problem) {
            return generic(refused(problem));
        }
        if (unreadable.getCause() instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String field = mapping.getPath().stream()
                    .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                    .collect(Collectors.joining("."))
                    .replace(".[", "[");
            boolean unknown = mapping instanceof UnrecognizedPropertyException;
            if (mapping instanceof UnrecognizedPropertyException unrecognized
                    && NEVER_A_CALLERS.contains(unrecognized.getPropertyName())) {
                events.publishEvent(new SuspiciousRequest("mass-assignment", field));
            }
            String reason = unknown ? "is not a field of this request" : "has a value of the wrong type";
            return generic(answer(
                    HttpStatus.BAD_REQUEST, field + " " + reason, List.of(new Problem.FieldError(field, reason))));
        }
        return generic(answer(HttpStatus.BAD_REQUEST, "The body is missing or is not well-formed JSON.", List.of()));
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String detail, List<Problem.FieldError> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return ResponseEntity.status(status).body(problem);
    }

    /** The name in JSON, which differs where it is a word of Java. */
    private static String asSent(Class<?> body, String field) {
        return Stream.ofNullable(body.getRecordComponents())
                .flatMap(Stream::of)
                .filter(component -> component.getName().equals(field))
                .map(component -> component.getAccessor().getAnnotation(JsonProperty.class))
                .filter(Objects::nonNull)
                .map(JsonProperty::value)
                .findFirst()
                .orElse(field);
    }

    @SuppressWarnings("unchecked")
    private static ResponseEntity<Object> generic(ResponseEntity<ProblemDetail> answer) {
        return (ResponseEntity<Object>) (ResponseEntity<?>) answer;
    }

    private static String readable(@Nullable Class<?> type) {
        return type == null ? "the expected type" : type.getSimpleName();
    }

    private static String rootMessage(DataIntegrityViolationException violation) {
        return String.valueOf(violation.getMostSpecificCause().getMessage());
    }
}
