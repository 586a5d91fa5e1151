package io.fieldwright.login;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param sessionLifetime how long a browser's session lasts at most, however busy it is
 * @param oidcClaim which claim of a single sign-on provider names the person: {@code preferred_username}, compared with
 *     usernames, or {@code email}, which the provider must have verified and only one person may have
 */
@ConfigurationProperties("fieldwright.login")
record LoginProperties(
        @DefaultValue("12h") Duration sessionLifetime, @DefaultValue(OidcPeople.PREFERRED_USERNAME) String oidcClaim) {

    LoginProperties {
        if (!oidcClaim.equals(OidcPeople.PREFERRED_USERNAME) && !oidcClaim.equals(OidcPeople.EMAIL)) {
            throw new IllegalArgumentException("fieldwright.login.oidc-claim must be %s or %s"
                    .formatted(OidcPeople.PREFERRED_USERNAME, OidcPeople.EMAIL));
        }
    }
}
