package io.fieldwright.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReviewLotteryTests {

    private final ReviewLottery lottery = new ReviewLottery();

    private long drawnOf(int tries, int percent) {
        return IntStream.range(0, tries).filter(i -> lottery.draws(percent)).count();
    }

    @Test
    void drawsAsOftenAsAsked() {
        // 10 % of 20,000 is 2,000 with a standard deviation of 42: eight of them are never met by chance.
        assertThat(drawnOf(20_000, 10)).isBetween(1_660L, 2_340L);
    }

    @Test
    void drawsNothingOrEverythingAtTheEnds() {
        assertThat(drawnOf(1_000, 0)).isZero();
        assertThat(drawnOf(1_000, 100)).isEqualTo(1_000);
    }
}
