package io.fieldwright.login;

import io.fieldwright.api.Network;
import io.fieldwright.api.Problem;
import io.fieldwright.api.SuspiciousRequest;
import io.fieldwright.tenancy.TenantScope;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts attempts to guess a secret, for all nodes together. Each subject, a username or a network address, has a
 * bucket of attempts that refills steadily; an attempt is taken before it is judged, so that many at once cannot
 * slip through, and given back when it succeeds. It counts whatever becomes of the work around it.
 */
@Service
@Transactional(propagation = Propagation.REQUIRES_NEW)
public class LoginThrottle {

    /** How many attempts a full bucket holds and how long it takes to get one of them back. */
    private enum Bucket {
        USERNAME(10, Duration.ofMinutes(1)),
        ADDRESS(100, Duration.ofSeconds(6));

        final int attempts;
        final Duration refill;

        Bucket(int attempts, Duration refill) {
            this.attempts = attempts;
            this.refill = refill;
        }

        String subject(String value) {
            return name() + ' ' + value;
        }
    }

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    LoginThrottle(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Takes one attempt out of the buckets of a username, which need not exist, and of an address.
     *
     * @throws Problem 429 when one of them is empty
     */
    public void take(String username, @Nullable String address) {
        TenantScope.asSystem(() -> {
            Instant now = clock.instant();
            take(Bucket.USERNAME, username, now);
            if (address != null) {
                take(Bucket.ADDRESS, Network.of(address), now);
            }
        });
    }

    /** Gives back what {@link #take} took, because the attempt succeeded. */
    public void giveBack(String username, @Nullable String address) {
        TenantScope.asSystem(() -> {
            giveBack(Bucket.USERNAME, username);
            if (address != null) {
                giveBack(Bucket.ADDRESS, Network.of(address));
            }
        });
    }

    /** Lets it be known, once until the bucket is full again, that a failed attempt was the last one. */
    public void reportIfEmpty(String username, @Nullable String address) {
        TenantScope.asSystem(() -> {
            Instant now = clock.instant();
            reportIfEmpty(Bucket.USERNAME, username, now);
            if (address != null) {
                reportIfEmpty(Bucket.ADDRESS, Network.of(address), now);
            }
        });
    }

    private void take(Bucket bucket, String value, Instant now) {
        Instant fullest = now.plus(bucket.refill.multipliedBy(bucket.attempts - 1));
        int taken = jdbc.sql(
                        """
                        insert into login_throttle as t (subject, counts_till, reported)
                        values (:subject, cast(:now as timestamptz) + cast(:refill as interval), false)
                        on conflict (subject) do update
                          set counts_till = greatest(t.counts_till, cast(:now as timestamptz)) + cast(:refill as interval),
                            reported = t.reported and t.counts_till > cast(:now as timestamptz)
                          where t.counts_till <= :fullest""")
                .param("subject", bucket.subject(value))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("refill", bucket.refill.toString())
                .param("fullest", fullest.atOffset(ZoneOffset.UTC))
                .update();
        if (taken == 0) {
            Instant till = countsTill(bucket, value).orElse(now);
            throw Problem.tooManyAttempts(Duration.between(fullest, till));
        }
    }

    private Optional<Instant> countsTill(Bucket bucket, String value) {
        return jdbc.sql("select counts_till from login_throttle where subject = :subject")
                .param("subject", bucket.subject(value))
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    private void giveBack(Bucket bucket, String value) {
        jdbc.sql(
                        "update login_throttle set counts_till = counts_till - cast(:refill as interval) where subject = :subject")
                .param("refill", bucket.refill.toString())
                .param("subject", bucket.subject(value))
                .update();
    }

    private void reportIfEmpty(Bucket bucket, String value, Instant now) {
        int reported = jdbc.sql(
                        """
                        update login_throttle set reported = true
                        where subject = :subject and not reported and counts_till > :fullest""")
                .param("subject", bucket.subject(value))
                .param(
                        "fullest",
                        now.plus(bucket.refill.multipliedBy(bucket.attempts - 1))
                                .atOffset(ZoneOffset.UTC))
                .update();
        if (reported == 1) {
            events.publishEvent(new SuspiciousRequest("guessed-passwords", bucket.subject(value)));
        }
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forget() {
        jdbc.sql("delete from login_throttle where counts_till < :now")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
