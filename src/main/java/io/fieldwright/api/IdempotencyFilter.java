package io.fieldwright.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes a repeated POST harmless: with an {@code Idempotency-Key} the work and its answer are one transaction, so that
 * after a crash there are both or neither, and whoever repeats the request gets the same answer without the work being
 * done again. Refusals are not kept: the caller may mend the request and use the key anew.
 */
class IdempotencyFilter extends OncePerRequestFilter {

    static final String REPLAYED = "Idempotency-Replayed";

    /** What is decided there, such as to count a guess, must not be undone with the refusal, and its answers are secret. */
    private static final String LOGIN = "/api/v1/login";

    /** Is one transaction for each operation, and safe to repeat by their ids. */
    private static final String SYNC = "/api/v1/sync/operations";

    /** Takes long, and is as safe to repeat by the identifier that follows from the key. */
    private static final String FILES = "/api/v1/files";

    private final IdempotentAnswers answers;
    private final TransactionTemplate transaction;
    private final HandlerExceptionResolver problems;

    IdempotencyFilter(
            IdempotentAnswers answers, PlatformTransactionManager transactions, HandlerExceptionResolver problems) {
        this.answers = answers;
        this.transaction = new TransactionTemplate(transactions);
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.POST.matches(request.getMethod())
                || request.getHeader(IdempotencyKey.HEADER) == null
                || request.getServletPath().startsWith(LOGIN)
                || request.getServletPath().equals(SYNC)
                || request.getServletPath().equals(FILES)
                || !isSomebody(SecurityContextHolder.getContext().getAuthentication());
    }

    private static boolean isSomebody(@Nullable Authentication caller) {
        return caller != null && !(caller instanceof AnonymousAuthenticationToken);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(IdempotencyKey.HEADER);
        try {
            IdempotencyKey.requireWellFormed(key);
        } catch (Problem malformed) {
            refuse(request, response, malformed);
            return;
        }
        try (RepeatableRequest repeatable = RepeatableRequest.of(request)) {
            String query = request.getQueryString();
            answer(
                    repeatable,
                    response,
                    chain,
                    new IdempotentAnswers.Request(
                            SecurityContextHolder.getContext()
                                    .getAuthentication()
                                    .getName(),
                            key,
                            request.getRequestURI() + (query == null ? "" : "?" + query),
                            repeatable.digest()));
        } catch (MultipartException malformed) {
            refuse(request, response, malformed);
        }
    }

    private void answer(
            RepeatableRequest repeatable,
            HttpServletResponse response,
            FilterChain chain,
            IdempotentAnswers.Request request)
            throws IOException {
        ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
        IdempotentAnswers.@Nullable Given before;
        try {
            before = transaction.execute(status -> work(repeatable, buffered, chain, request, status));
        } catch (CannotAcquireLockException stillWorking) {
            buffered.reset();
            refuse(
                    repeatable.request(),
                    response,
                    Problem.conflict(
                            IdempotencyKey.HEADER, "the first request with this key is still being worked on"));
            return;
        } catch (RuntimeException failed) {
            buffered.reset();
            refuse(repeatable.request(), response, failed);
            return;
        }
        if (before == null) {
            buffered.copyBodyToResponse();
        } else if (!MessageDigest.isEqual(before.requestDigest(), request.digest())) {
            refuse(repeatable.request(), response, IdempotencyKey.usedBefore());
        } else {
            replay(before.answer(), response);
        }
    }

    /** Does the work unless it was done before; answers what was given before, if anything. */
    private IdempotentAnswers.@Nullable Given work(
            RepeatableRequest repeatable,
            ContentCachingResponseWrapper response,
            FilterChain chain,
            IdempotentAnswers.Request request,
            TransactionStatus status) {
        if (!answers.claim(request)) {
            return answers.find(request);
        }
        try {
            chain.doFilter(repeatable.request(), response);
        } catch (IOException | ServletException failed) {
            throw new IllegalStateException(failed);
        }
        if (!HttpStatus.valueOf(response.getStatus()).is2xxSuccessful()) {
            status.setRollbackOnly();
            return null;
        }
        answers.store(
                request,
                SecretAnswer.isOn(repeatable.request())
                        ? SecretAnswer.WITHHELD
                        : new IdempotentAnswers.Answer(
                                response.getStatus(),
                                response.getHeader(HttpHeaders.LOCATION),
                                response.getHeader(HttpHeaders.ETAG),
                                response.getContentType(),
                                response.getContentAsByteArray()));
        return null;
    }

    private static void replay(IdempotentAnswers.Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        response.setHeader(REPLAYED, "true");
        if (answer.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, answer.location());
        }
        if (answer.etag() != null) {
            response.setHeader(HttpHeaders.ETAG, answer.etag());
        }
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Exception reason) {
        problems.resolveException(request, response, null, reason);
    }
}
