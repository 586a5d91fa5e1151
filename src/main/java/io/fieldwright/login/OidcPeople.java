package io.fieldwright.login;

import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import java.util.Optional;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Finds the person whom a single sign-on provider vouches for. They must exist and be active: nobody is created. */
@Component
class OidcPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

    static final String PREFERRED_USERNAME = "preferred_username";
    static final String EMAIL = "email";

    /** The provider's user under the name of the person they are here. */
    private static final class KnownUser extends DefaultOidcUser {

        private static final long serialVersionUID = 1;

        private final String username;

        KnownUser(OidcUser user, String username) {
            super(user.getAuthorities(), user.getIdToken(), user.getUserInfo());
            this.username = username;
        }

        @Override
        public String getName() {
            return username;
        }
    }

    private final OAuth2UserService<OidcUserRequest, OidcUser> provider = new OidcUserService();
    private final PersonDirectory people;
    private final LoginProperties properties;

    OidcPeople(PersonDirectory people, LoginProperties properties) {
        this.people = people;
        this.properties = properties;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser user = provider.loadUser(request);
        return TenantScope.asSystem(() -> person(user))
                .filter(SignedInPerson::active)
                .map(person -> new KnownUser(user, person.username()))
                .orElseThrow(() -> new OAuth2AuthenticationException(
                        new OAuth2Error(OAuth2ErrorCodes.ACCESS_DENIED), "nobody here is who the provider names"));
    }

    private Optional<SignedInPerson> person(OidcUser user) {
        if (properties.oidcClaim().equals(PREFERRED_USERNAME)) {
            return Optional.ofNullable(user.getPreferredUsername()).flatMap(people::find);
        }
        return Boolean.TRUE.equals(user.getEmailVerified())
                ? Optional.ofNullable(user.getEmail()).flatMap(people::findByEmail)
                : Optional.empty();
    }
}
