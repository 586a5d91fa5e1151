package io.fieldwright.login;

import io.fieldwright.api.RefusedRequest;
import io.fieldwright.people.SignedInPerson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets it be known what a signed-in person was refused, by whichever of the walls: all of them answer 403. */
class RefusedAccess extends OncePerRequestFilter {

    private final ApplicationEventPublisher events;

    RefusedAccess(ApplicationEventPublisher events) {
        this.events = events;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (response.getStatus() == HttpStatus.FORBIDDEN.value()
                && SignedInPerson.current().isPresent()) {
            events.publishEvent(
                    new RefusedRequest("access-refused", request.getMethod() + " " + request.getRequestURI()));
        }
    }
}
