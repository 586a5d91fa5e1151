package io.fieldwright.login;

import io.fieldwright.api.Problem;
import io.fieldwright.api.RefusedRequest;
import io.fieldwright.api.SuspiciousRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers what is refused before any controller is reached, with the same problems as theirs. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String LOGIN_PAGE = "/login?error";

    private final HandlerExceptionResolver problems;
    private final ApplicationEventPublisher events;

    Refusals(
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems,
            ApplicationEventPublisher events) {
        this.problems = problems;
        this.events = events;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failed) {
        if (!(failed.getCause() instanceof Problem)) {
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Fieldwright\", charset=\"UTF-8\"");
            response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        refuse(request, response, failed);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied) {
        refuse(request, response, denied);
    }

    /** Back to the login page, but for somebody who guesses too fast. */
    AuthenticationFailureHandler ofLoginPage() {
        SimpleUrlAuthenticationFailureHandler again = new SimpleUrlAuthenticationFailureHandler(LOGIN_PAGE);
        return (request, response, failed) -> {
            if (failed.getCause() instanceof Problem) {
                refuse(request, response, failed);
            } else {
                again.onAuthenticationFailure(request, response, failed);
            }
        };
    }

    /** Back to the login page, too; the provider's reason is for the audit only. */
    AuthenticationFailureHandler ofSingleSignOn() {
        SimpleUrlAuthenticationFailureHandler again = new SimpleUrlAuthenticationFailureHandler(LOGIN_PAGE);
        return (request, response, failed) -> {
            String reason = failed instanceof OAuth2AuthenticationException refused
                    ? refused.getError().getErrorCode()
                    : failed.getClass().getSimpleName();
            events.publishEvent(new RefusedRequest("single-sign-on-failed", reason));
            again.onAuthenticationFailure(request, response, failed);
        };
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, Exception reason) {
        if (problems.resolveException(request, response, null, reason) == null) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
        }
    }

    /** Refuses what no honest client sends. */
    void refuse(HttpServletRequest request, HttpServletResponse response, SuspiciousRequest suspicion, Problem reason) {
        events.publishEvent(suspicion);
        refuse(request, response, reason);
    }
}
