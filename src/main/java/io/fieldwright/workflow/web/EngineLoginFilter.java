package io.fieldwright.workflow.web;

import io.fieldwright.people.SignedInPerson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the engine for the time of a request who is behind it. */
class EngineLoginFilter extends OncePerRequestFilter {

    private final IdentityService identity;

    EngineLoginFilter(IdentityService identity) {
        this.identity = identity;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SignedInPerson.current()
                .ifPresent(person -> identity.setAuthentication(
                        person.username(), List.copyOf(person.groups()), List.copyOf(person.tenants())));
        try {
            chain.doFilter(request, response);
        } finally {
            identity.clearAuthentication();
        }
    }
}
