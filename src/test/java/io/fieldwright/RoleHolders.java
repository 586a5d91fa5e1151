package io.fieldwright;

import io.fieldwright.people.People;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import java.util.ArrayList;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** People named after what they do, one for each role in an organisation, for tests that take turns in acting as each. */
@Component
public class RoleHolders {

    public static final String PASSWORD = "correct horse battery staple";

    private final People people;
    private final PersonDirectory directory;
    private final IdentityService identity;

    RoleHolders(People people, PersonDirectory directory, IdentityService identity) {
        this.people = people;
        this.directory = directory;
        this.identity = identity;
    }

    public void appoint(String organisation, String role) {
        people.create(
                organisation,
                username(organisation, role),
                PASSWORD,
                new People.Profile(role, null, null, "en", true, Set.of(role)));
    }

    /** Somebody with several designations. */
    public void appointAs(String organisation, String username, String... roles) {
        people.create(
                organisation, username, PASSWORD, new People.Profile(username, null, null, "en", true, Set.of(roles)));
    }

    public static String username(String organisation, String role) {
        return role + "." + organisation;
    }

    /** Does something as a person who is signed in to the application and to the engine. */
    public <T> T as(String username, Supplier<T> work) {
        SignedInPerson person = directory.loadUserByUsername(username);
        SecurityContextHolder.getContext()
                .setAuthentication(new UsernamePasswordAuthenticationToken(person, null, person.getAuthorities()));
        identity.setAuthentication(
                person.username(), new ArrayList<>(person.groups()), new ArrayList<>(person.tenants()));
        try {
            return work.get();
        } finally {
            identity.clearAuthentication();
            SecurityContextHolder.clearContext();
        }
    }

    public void as(String username, Runnable work) {
        as(username, () -> {
            work.run();
            return true;
        });
    }
}
