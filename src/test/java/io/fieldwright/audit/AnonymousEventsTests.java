package io.fieldwright.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.audit.AnonymousEvents.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnonymousEventsTests {

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
    private final AnonymousEvents events = new AnonymousEvents(watch);

    private void exhaust(String subject) {
        assertThat(IntStream.range(0, 10).mapToObj(entry -> events.judge(subject)))
                .containsOnly(Verdict.WRITTEN);
    }

    @Test
    void tenAreWrittenThenOnceThatItGoesOn() {
        exhaust("a");

        assertThat(events.judge("a")).isEqualTo(Verdict.GOES_ON);
        assertThat(events.judge("a")).isEqualTo(Verdict.LEFT_OUT);
        assertThat(events.judge("b")).isEqualTo(Verdict.WRITTEN);
    }

    @Test
    void eachMinuteAnotherIsWrittenButNotAgainThatItGoesOn() {
        exhaust("a");
        events.judge("a");
        watch.pass(Duration.ofMinutes(1));

        assertThat(events.judge("a")).isEqualTo(Verdict.WRITTEN);
        assertThat(events.judge("a")).isEqualTo(Verdict.LEFT_OUT);
    }

    @Test
    void tenMinutesOfPauseForgetEverything() {
        exhaust("a");
        events.judge("a");
        watch.pass(Duration.ofMinutes(10).plusSeconds(1));

        exhaust("a");
        assertThat(events.judge("a")).isEqualTo(Verdict.GOES_ON);
    }
}
