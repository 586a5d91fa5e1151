package io.fieldwright.fieldwork;

import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/** Draws what a test says, and otherwise nothing. */
@Primary
@Component
public class RiggedLottery extends ReviewLottery {

    private boolean drawsNext;

    public void drawNext() {
        drawsNext = true;
    }

    @Override
    boolean draws(int percent) {
        boolean draws = drawsNext && percent > 0;
        drawsNext = false;
        return draws;
    }
}
