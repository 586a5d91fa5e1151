package io.fieldwright.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.audit.EntryLimit.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryLimitTests {

    private static final class Watch extends Clock {

        private Instant now = Instant.parse("2026-06-01T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    private final Watch watch = new Watch();
    private final EntryLimit limit = new EntryLimit(watch);

    private void exhaust(String subject) {
        assertThat(IntStream.range(0, 10).mapToObj(entry -> limit.judge(subject)))
                .containsOnly(Verdict.WRITTEN);
    }

    @Test
    void tenAreWrittenThenOnceThatItGoesOn() {
        exhaust("a");

        assertThat(limit.judge("a")).isEqualTo(Verdict.GOES_ON);
        assertThat(limit.judge("a")).isEqualTo(Verdict.LEFT_OUT);
        assertThat(limit.judge("b")).isEqualTo(Verdict.WRITTEN);
    }

    @Test
    void eachMinuteAnotherIsWrittenButNotAgainThatItGoesOn() {
        exhaust("a");
        limit.judge("a");
        watch.pass(Duration.ofMinutes(1));

        assertThat(limit.judge("a")).isEqualTo(Verdict.WRITTEN);
        assertThat(limit.judge("a")).isEqualTo(Verdict.LEFT_OUT);
    }

    @Test
    void tenMinutesOfPauseForgetEverything() {
        exhaust("a");
        limit.judge("a");
        watch.pass(Duration.ofMinutes(10).plusSeconds(1));

        exhaust("a");
        assertThat(limit.judge("a")).isEqualTo(Verdict.GOES_ON);
    }
}
