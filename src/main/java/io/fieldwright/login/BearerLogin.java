package io.fieldwright.login;

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

    BearerLogin(AccessTokens accessTokens, SignIns signIns, ApiKeys apiKeys) {
        this.accessTokens = accessTokens;
        this.signIns = signIns;
        this.apiKeys = apiKeys;
    }

    /** Not a bean of this type, because that would judge passwords too. */
    AuthenticationManager manager() {
        return this::authenticate;
    }

    private Authentication authenticate(Authentication attempt) {
        String token = ((BearerTokenAuthenticationToken) attempt).getToken();
        BearerAuthentication login = (token.startsWith(ApiKeys.PREFIX)
                        ? apiKeys.authenticate(token).map(person -> new BearerAuthentication(person, null))
                        : accessTokens.read(token).flatMap(claims -> signIns.standing(
                                        claims.signIn(), claims.username())
                                .map(person -> new BearerAuthentication(person, claims.signIn()))))
                .orElseThrow(() -> new InvalidBearerTokenException("The token is not valid, or no longer."));
        login.setDetails(attempt.getDetails());
        return login;
    }
}
