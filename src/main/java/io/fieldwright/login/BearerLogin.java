package io.fieldwright.login;

import io.fieldwright.api.RefusedRequest;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/** Judges what comes after {@code Authorization: Bearer}: an API key or an access token. */
@Component
class BearerLogin {

    private final AccessTokens accessTokens;
    private final SignIns signIns;
    private final ApiKeys apiKeys;
    private final ApplicationEventPublisher events;

    BearerLogin(AccessTokens accessTokens, SignIns signIns, ApiKeys apiKeys, ApplicationEventPublisher events) {
        this.accessTokens = accessTokens;
        this.signIns = signIns;
        this.apiKeys = apiKeys;
        this.events = events;
    }

    /** Not a bean of this type, because that would judge passwords too. */
    AuthenticationManager manager() {
        return this::authenticate;
    }

    private Authentication authenticate(Authentication attempt) {
        String token = ((BearerTokenAuthenticationToken) attempt).getToken();
        boolean isApiKey = token.startsWith(ApiKeys.PREFIX);
        BearerAuthentication login = (isApiKey ? ofApiKey(token) : ofAccessToken(token)).orElseThrow(() -> {
            events.publishEvent(new RefusedRequest("token-refused", isApiKey ? "an API key" : "an access token"));
            return new InvalidBearerTokenException("The token is not valid, or no longer.");
        });
        login.setDetails(attempt.getDetails());
        return login;
    }

    private Optional<BearerAuthentication> ofApiKey(String token) {
        return apiKeys.authenticate(token).map(person -> new BearerAuthentication(person, null));
    }

    private Optional<BearerAuthentication> ofAccessToken(String token) {
        return accessTokens.read(token).flatMap(claims -> signIns.standing(claims.signIn(), claims.username())
                .map(person -> new BearerAuthentication(person, claims.signIn())));
    }
}
