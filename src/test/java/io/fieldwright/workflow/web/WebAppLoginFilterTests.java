package io.fieldwright.workflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.people.SignedInPerson;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Signing in to the web apps asks the engine a dozen times; who is what they were is not asked again. */
class WebAppLoginFilterTests {

    private final WebAppLoginFilter filter = new WebAppLoginFilter();
    private final Authentications session = new Authentications();

    @BeforeEach
    void remember() {
        UserAuthentication login = new UserAuthentication("ria", "default");
        login.setGroupIds(List.of("coordinator", "supervisor"));
        login.setTenantIds(List.of("acme-mh"));
        session.addOrReplace(login);
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void aPersonWithTheSameGroupsAndTenantsStaysSignedIn() {
        signedInAs("ria", Set.of("supervisor", "coordinator"), Set.of("acme-mh"));

        assertThat(filter.existisAuthentication(session, "default", "ria")).isTrue();
    }

    @Test
    void whoeverLostOrGainedOneSignsInAnew() {
        signedInAs("ria", Set.of("supervisor"), Set.of("acme-mh"));
        assertThat(filter.existisAuthentication(session, "default", "ria")).isFalse();

        signedInAs("ria", Set.of("supervisor", "coordinator"), Set.of("acme-mh", "acme-mh~vertex"));
        assertThat(filter.existisAuthentication(session, "default", "ria")).isFalse();
    }

    @Test
    void somebodyElseSignsInAnew() {
        signedInAs("tom", Set.of("supervisor", "coordinator"), Set.of("acme-mh"));

        assertThat(filter.existisAuthentication(session, "default", "tom")).isFalse();
    }

    private static void signedInAs(String username, Set<String> groups, Set<String> tenants) {
        SignedInPerson person =
                new SignedInPerson(username, username, "acme-mh", "", true, tenants, groups, Set.of(), null);
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(person, null));
    }
}
