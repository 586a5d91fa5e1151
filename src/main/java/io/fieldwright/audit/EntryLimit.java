package io.fieldwright.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps somebody who only needs to ask from filling the audit, which nobody may ever empty. For each subject there is a
 * bucket of entries that refills steadily, as for guessed passwords; but in the memory of each node, because what is
 * counted here costs nobody an answer.
 */
@Component
class EntryLimit {

    private static final int ENTRIES = 10;
    private static final Duration REFILL = Duration.ofMinutes(1);

    private static final Duration FULL_AGAIN = REFILL.multipliedBy(ENTRIES);

    enum Verdict {
        WRITTEN,
        /** The first that is left out: said once until the bucket is full again. */
        GOES_ON,
        LEFT_OUT
    }

    private record Bucket(Instant countsTill, boolean told, Verdict verdict) {}

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .expireAfterWrite(FULL_AGAIN)
            .maximumSize(10_000)
            .build();
    private final Clock clock;

    EntryLimit(Clock clock) {
        this.clock = clock;
    }

    Verdict judge(String subject) {
        Instant now = clock.instant();
        return buckets.asMap()
                .compute(subject, (same, before) -> next(before, now))
                .verdict();
    }

    private static Bucket next(@Nullable Bucket before, Instant now) {
        boolean full = before == null || before.countsTill().isBefore(now);
        Instant counted = full ? now : before.countsTill();
        boolean told = !full && before.told();
        if (counted.isAfter(now.plus(FULL_AGAIN).minus(REFILL))) {
            return new Bucket(counted, true, told ? Verdict.LEFT_OUT : Verdict.GOES_ON);
        }
        return new Bucket(counted.plus(REFILL), told, Verdict.WRITTEN);
    }
}
