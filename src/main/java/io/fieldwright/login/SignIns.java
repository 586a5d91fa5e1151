package io.fieldwright.login;

import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import io.fieldwright.api.Secrets;
import io.fieldwright.api.SuspiciousRequest;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who is signed in where: the sessions of browsers and the families of tokens. Each request asks here whether what it
 * carries still stands, so that ending it holds on every node from the next request on.
 */
@Service
@Transactional
public class SignIns {

    /** How long a refresh token may lie unused (requirements, section 4). */
    static final Duration REFRESHABLE = Duration.ofDays(7);

    /** How long a family lives at most, however often it is refreshed. */
    static final Duration LONGEST_FAMILY = Duration.ofDays(30);

    private static final Duration KEPT_AFTER_THE_END = Duration.ofDays(7);

    public enum Kind {
        SESSION,
        TOKENS
    }

    /** One signing in that still stands. */
    public record SignIn(
            UUID id,
            Kind kind,
            @Nullable String origin,
            @Nullable String client,
            Instant openedAt,
            Instant refreshedAt,
            Instant expiresAt) {}

    /** A family of tokens as its client goes on with it: by the refresh token that is good now. */
    record Refreshable(UUID signIn, String username, String refreshToken, Instant expiresAt) {}

    private record Family(
            UUID id,
            String username,
            Instant openedAt,
            boolean ended,
            Instant tokenExpiresAt,
            @Nullable Instant rotatedAt) {}

    private final JdbcClient jdbc;
    private final PersonDirectory people;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SignIns(JdbcClient jdbc, PersonDirectory people, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.people = people;
        this.events = events;
        this.clock = clock;
    }

    /** Begins the session of a browser. */
    UUID openSession(SignedInPerson person, RequestOrigin origin, Duration lifetime) {
        return TenantScope.asSystem(
                () -> open(person, Kind.SESSION, origin, clock.instant().plus(lifetime)));
    }

    /** Begins a family of tokens for somebody who has just proved who they are. */
    Refreshable openTokens(SignedInPerson person, RequestOrigin origin) {
        return TenantScope.asSystem(() -> {
            Instant now = clock.instant();
            UUID id = open(person, Kind.TOKENS, origin, now.plus(REFRESHABLE));
            return refreshable(id, person.username(), now, now.plus(REFRESHABLE));
        });
    }

    private UUID open(SignedInPerson person, Kind kind, RequestOrigin origin, Instant expiresAt) {
        UUID id = Identifiers.next();
        jdbc.sql(
                        """
                        insert into sign_in (id, tenant_id, username, kind, origin, client, opened_at, refreshed_at, expires_at)
                        values (:id, :tenant, :username, :kind, :origin, :client, :now, :now, :expiresAt)""")
                .param("id", id)
                .param("tenant", person.organisation())
                .param("username", person.username())
                .param("kind", kind.name())
                .param("origin", origin.address(), Types.VARCHAR)
                .param("client", origin.client(), Types.VARCHAR)
                .param("now", utc(clock.instant()))
                .param("expiresAt", utc(expiresAt))
                .update();
        return id;
    }

    private Refreshable refreshable(UUID signIn, String username, Instant now, Instant refreshableUntil) {
        String refreshToken = Secrets.next();
        jdbc.sql(
                        """
                        insert into refresh_token (secret_hash, sign_in_id, issued_at, expires_at)
                        values (:hash, :signIn, :now, :expiresAt)""")
                .param("hash", Secrets.digest(refreshToken))
                .param("signIn", signIn)
                .param("now", utc(now))
                .param("expiresAt", utc(refreshableUntil))
                .update();
        return new Refreshable(signIn, username, refreshToken, refreshableUntil);
    }

    /** Goes on with a family, as {@link Tokens#refresh}. */
    @Transactional(noRollbackFor = Problem.class)
    Refreshable refresh(String refreshToken, Instant arrivedAt) {
        return TenantScope.asSystem(() -> exchange(Secrets.digest(refreshToken), arrivedAt));
    }

    private Refreshable exchange(byte[] hash, Instant arrivedAt) {
        Family family = lock(hash).orElseThrow(() -> isKnown(hash) ? underWay() : useless());
        Instant now = clock.instant();
        if (family.rotatedAt() != null) {
            if (arrivedAt.isBefore(family.rotatedAt())) {
                throw underWay();
            }
            if (endNow(family.id())) {
                events.publishEvent(new SuspiciousRequest(
                        "reused-refresh-token", "sign-in " + family.id() + " of " + family.username() + " was ended"));
            }
            throw useless();
        }
        if (family.ended()
                || !family.tokenExpiresAt().isAfter(now)
                || people.find(family.username()).filter(SignedInPerson::active).isEmpty()) {
            throw useless();
        }
        jdbc.sql("update refresh_token set rotated_at = :now where secret_hash = :hash")
                .param("now", utc(now))
                .param("hash", hash)
                .update();
        Instant longest = family.openedAt().plus(LONGEST_FAMILY);
        Instant usual = now.plus(REFRESHABLE);
        Instant refreshableUntil = usual.isBefore(longest) ? usual : longest;
        jdbc.sql("update sign_in set refreshed_at = :now, expires_at = :expiresAt where id = :id")
                .param("now", utc(now))
                .param("expiresAt", utc(refreshableUntil))
                .param("id", family.id())
                .update();
        return refreshable(family.id(), family.username(), now, refreshableUntil);
    }

    private static Problem underWay() {
        return Problem.conflict("refreshToken", "another request is exchanging it; use what that one is given");
    }

    private static Problem useless() {
        return Problem.unauthenticated("The refresh token is not valid, or no longer; sign in again.");
    }

    /** Empty when there is no such token, and when another transaction is exchanging it. */
    private Optional<Family> lock(byte[] hash) {
        return jdbc.sql(
                        """
                        select s.id, s.username, s.opened_at, s.ended_at, t.expires_at, t.rotated_at
                        from refresh_token t join sign_in s on s.id = t.sign_in_id
                        where t.secret_hash = :hash for update of t skip locked""")
                .param("hash", hash)
                .query((row, number) -> new Family(
                        row.getObject("id", UUID.class),
                        row.getString("username"),
                        instant(row, "opened_at"),
                        row.getTimestamp("ended_at") != null,
                        instant(row, "expires_at"),
                        row.getTimestamp("rotated_at") == null ? null : instant(row, "rotated_at")))
                .optional();
    }

    private boolean isKnown(byte[] hash) {
        return jdbc.sql("select exists (select from refresh_token where secret_hash = :hash)")
                .param("hash", hash)
                .query(Boolean.class)
                .single();
    }

    /** Whoever this signing in belongs to, while it and they may still be. */
    @Transactional(readOnly = true)
    public Optional<SignedInPerson> standing(UUID id, String username) {
        return TenantScope.asSystem(() -> jdbc.sql(
                                """
                        select exists (select from sign_in where id = :id and username = :username
                          and ended_at is null and expires_at > :now)""")
                        .param("id", id)
                        .param("username", username)
                        .param("now", utc(clock.instant()))
                        .query(Boolean.class)
                        .single()
                ? people.find(username).filter(SignedInPerson::active)
                : Optional.empty());
    }

    /** The sessions and token families of one person that still stand, the latest first. */
    @Transactional(readOnly = true)
    public List<SignIn> list(String username) {
        return TenantScope.asSystem(() -> jdbc.sql(
                        """
                        select id, kind, origin, client, opened_at, refreshed_at, expires_at from sign_in
                        where username = :username and ended_at is null and expires_at > :now order by opened_at desc""")
                .param("username", username)
                .param("now", utc(clock.instant()))
                .query((row, number) -> new SignIn(
                        row.getObject("id", UUID.class),
                        Kind.valueOf(row.getString("kind")),
                        row.getString("origin"),
                        row.getString("client"),
                        instant(row, "opened_at"),
                        instant(row, "refreshed_at"),
                        instant(row, "expires_at")))
                .list());
    }

    /** Ends one signing in; nothing happens when it has ended before. */
    public void end(UUID id) {
        TenantScope.asSystem(() -> endNow(id));
    }

    /**
     * Ends one signing in of this person.
     *
     * @throws Problem 404 when it is not theirs or has ended
     */
    public void end(String username, UUID id) {
        if (list(username).stream().noneMatch(signIn -> signIn.id().equals(id))) {
            throw Problem.notFound("session", id);
        }
        end(id);
    }

    /** Ends everything this person is signed in by, except {@code kept}. */
    public void endAll(String username, @Nullable UUID kept) {
        TenantScope.asSystem(() -> jdbc.sql(
                        """
                        update sign_in set ended_at = :now
                        where username = :username and ended_at is null and id is distinct from :kept""")
                .param("now", utc(clock.instant()))
                .param("username", username)
                .param("kept", kept, Types.OTHER)
                .update());
    }

    private boolean endNow(UUID id) {
        return jdbc.sql("update sign_in set ended_at = :now where id = :id and ended_at is null")
                        .param("now", utc(clock.instant()))
                        .param("id", id)
                        .update()
                == 1;
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forget() {
        jdbc.sql("delete from sign_in where expires_at < :before")
                .param("before", utc(clock.instant().minus(KEPT_AFTER_THE_END)))
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp stamp = row.getTimestamp(column);
        return stamp.toInstant();
    }
}
