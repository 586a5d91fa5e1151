package io.fieldwright.workflow.web;

import io.fieldwright.people.SignedInPerson;
import java.util.HashSet;
import org.camunda.bpm.webapp.impl.security.auth.Authentication;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;

/** Signs in to the web apps anew when the person's groups or tenants are no longer those the session remembers. */
class WebAppLoginFilter extends ContainerBasedAuthenticationFilter {

    @Override
    protected boolean existisAuthentication(Authentications remembered, String engineName, String username) {
        return super.existisAuthentication(remembered, engineName, username)
                && isUpToDate(remembered.getAuthenticationForProcessEngine(engineName));
    }

    private static boolean isUpToDate(Authentication remembered) {
        return remembered instanceof UserAuthentication login
                && SignedInPerson.current()
                        .filter(person -> new HashSet<>(login.getGroupIds()).equals(person.groups())
                                && new HashSet<>(login.getTenantIds()).equals(person.tenants()))
                        .isPresent();
    }
}
