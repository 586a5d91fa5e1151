package io.fieldwright.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * An answer that holds a secret, such as a new API key. It is given once and never kept: a repeated request with the
 * same {@code Idempotency-Key} does no work and is told that the secret cannot be shown again.
 */
public final class SecretAnswer {

    static final IdempotentAnswers.Answer WITHHELD = new IdempotentAnswers.Answer(
            HttpStatus.CONFLICT.value(),
            null,
            null,
            MediaType.APPLICATION_PROBLEM_JSON_VALUE,
            """
            {"type": "about:blank", "title": "Conflict", "status": 409,\
             "detail": "This was done before, and its answer held a secret that is shown only once.",\
             "errors": [{"field": "Idempotency-Key", "reason": "was used before"}]}"""
                    .getBytes(StandardCharsets.UTF_8));

    private static final String MARK = SecretAnswer.class.getName();

    private SecretAnswer() {}

    /** Says that the answer to {@code request} will hold a secret. */
    public static void to(HttpServletRequest request) {
        request.setAttribute(MARK, Boolean.TRUE);
    }

    static boolean isOn(HttpServletRequest request) {
        return request.getAttribute(MARK) != null;
    }
}
