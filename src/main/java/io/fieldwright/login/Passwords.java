package io.fieldwright.login;

import io.fieldwright.api.Problem;
import io.fieldwright.api.Secrets;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Other passwords for people who know theirs, and for those who do not. */
@Service
@Transactional
public class Passwords {

    private static final Duration RESET_LIFETIME = Duration.ofHours(24);

    /** What lets somebody set a password once, without knowing another. */
    public record Reset(String token, Instant expiresAt) {}

    private final People people;
    private final SignIns signIns;
    private final JdbcClient jdbc;
    private final Clock clock;

    Passwords(People people, SignIns signIns, JdbcClient jdbc, Clock clock) {
        this.people = people;
        this.signIns = signIns;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Replaces a password by another, which ends every signing in but {@code kept}.
     *
     * @throws Problem 400 naming {@code password} when it is against the policy
     */
    public void replace(String username, String password, @Nullable UUID kept) {
        people.replacePassword(username, password);
        signIns.endAll(username, kept);
    }

    /**
     * Makes a password unusable, ends every signing in and answers what the person sets another with, once and within
     * 24 hours. A reset made before is void.
     *
     * @throws Problem 404 for a person out of sight, 403 for one above the caller, 409 for oneself
     */
    public Reset reset(SignedInPerson caller, UUID personId) {
        if (people.get(personId).username().equals(caller.username())) {
            throw Problem.conflict("id", "you change your own password with the one you know");
        }
        Person person = people.withdrawPassword(personId);
        signIns.endAll(person.username(), null);
        Reset reset = new Reset(Secrets.next(), clock.instant().plus(RESET_LIFETIME));
        TenantScope.asSystem(() -> {
            jdbc.sql("delete from password_reset where username = :username")
                    .param("username", person.username())
                    .update();
            jdbc.sql(
                            """
                            insert into password_reset (secret_hash, tenant_id, username, created_by, created_at, expires_at)
                            values (:hash, :tenant, :username, :caller, :now, :expiresAt)""")
                    .param("hash", Secrets.digest(reset.token()))
                    .param("tenant", person.tenantId())
                    .param("username", person.username())
                    .param("caller", caller.username())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("expiresAt", reset.expiresAt().atOffset(ZoneOffset.UTC))
                    .update();
        });
        return reset;
    }

    /**
     * Sets a password by what a reset answered; the token stays good when the password is refused.
     *
     * @throws Problem 400 naming {@code token} when it is unknown, used or expired, {@code password} when it is against the
     *     policy
     */
    public void redeem(String token, String password) {
        TenantScope.asSystem(() -> {
            String username = jdbc.sql(
                            """
                            delete from password_reset where secret_hash = :hash and expires_at > :now
                            returning username""")
                    .param("hash", Secrets.digest(token))
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .query(String.class)
                    .optional()
                    .orElseThrow(() -> Problem.invalid("token", "is not valid, or no longer; ask for another"));
            replace(username, password, null);
        });
    }
}
