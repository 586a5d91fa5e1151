package io.fieldwright.login;

import io.fieldwright.people.SignedInPerson;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody who came with an access token, or a system with an API key: then there is no signing in. */
public final class BearerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1;

    private final SignedInPerson person;
    private final @Nullable UUID signIn;

    BearerAuthentication(SignedInPerson person, @Nullable UUID signIn) {
        super(person.getAuthorities());
        this.person = person;
        this.signIn = signIn;
        setAuthenticated(true);
    }

    /** Which signing in the access token is of; empty for an API key. */
    public Optional<UUID> signIn() {
        return Optional.ofNullable(signIn);
    }

    @Override
    public SignedInPerson getPrincipal() {
        return person;
    }

    @Override
    public String getCredentials() {
        return "";
    }
}
