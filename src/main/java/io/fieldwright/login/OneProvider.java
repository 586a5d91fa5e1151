package io.fieldwright.login;

import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Refuses to start with several single sign-on providers, because each is believed about everybody. */
@Configuration
@EnableConfigurationProperties(OAuth2ClientProperties.class)
class OneProvider {

    OneProvider(OAuth2ClientProperties providers) {
        if (providers.getRegistration().size() > 1) {
            throw new IllegalStateException(
                    "spring.security.oauth2.client.registration names %s: configure one single sign-on provider only"
                            .formatted(providers.getRegistration().keySet()));
        }
    }
}
