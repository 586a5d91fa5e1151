package io.fieldwright.workflow.web;

import io.fieldwright.people.SignedInPerson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;

/** Whoever is signed in to the application is signed in to the web apps. Created by the servlet container by name. */
public class SignedInPersonProvider implements AuthenticationProvider {

    @Override
    public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
        return SignedInPerson.current()
                .map(person -> {
                    AuthenticationResult signedIn = AuthenticationResult.successful(person.username());
                    signedIn.setGroups(List.copyOf(person.groups()));
                    signedIn.setTenants(List.copyOf(person.tenants()));
                    return signedIn;
                })
                .orElseGet(AuthenticationResult::unsuccessful);
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
        // the login page challenges
    }
}
