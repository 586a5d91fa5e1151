package io.fieldwright.fieldwork;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** Draws what is reviewed though it verified. Nobody can tell beforehand, or nothing would be won by it. */
@Component
class ReviewLottery {

    private final RandomGenerator random = new SecureRandom();

    /** Yes in {@code percent} of 100 cases. */
    boolean draws(int percent) {
        return random.nextInt(100) < percent;
    }
}
