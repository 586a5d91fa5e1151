package io.fieldwright.login;

import io.fieldwright.api.Problem;
import io.fieldwright.people.SignedInPerson;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Hands out access tokens with what refreshes them. They are signed when the transaction of their family is over: the keys
 * are read with a connection of their own, and a pool in which each connection waits for another one stands still.
 */
@Service
public class Tokens {

    /** What a client gets to call with, and to ask for more with when that has expired. */
    public record Issued(
            UUID signIn, String accessToken, Duration expiresIn, String refreshToken, Instant refreshTokenExpiresAt) {}

    private final SignIns signIns;
    private final AccessTokens accessTokens;

    Tokens(SignIns signIns, AccessTokens accessTokens) {
        this.signIns = signIns;
        this.accessTokens = accessTokens;
    }

    /** Begins a family of tokens for somebody who has just proved who they are. */
    public Issued open(SignedInPerson person, RequestOrigin origin) {
        return issue(signIns.openTokens(person, origin));
    }

    /**
     * Exchanges a refresh token, which is useless from then on, for new tokens.
     *
     * @param arrivedAt when the request came, to tell two that were under way together from a token that comes back later
     * @throws Problem 401 for a token that is unknown, expired, used before or of somebody deactivated; 409 for the
     *     later of two requests made at the same moment
     */
    public Issued refresh(String refreshToken, Instant arrivedAt) {
        return issue(signIns.refresh(refreshToken, arrivedAt));
    }

    private Issued issue(SignIns.Refreshable family) {
        return new Issued(
                family.signIn(),
                accessTokens.issue(family.username(), family.signIn()),
                AccessTokens.LIFETIME,
                family.refreshToken(),
                family.expiresAt());
    }
}
