package io.fieldwright.fieldwork;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about an execution.
 *
 * @param position null where no position is asked for
 * @param fix the evidence whose position was judged
 */
record Judgement(
        @Nullable GpsVerdict position,
        @Nullable UUID fix,
        List<SerialFinding> serials,
        int score,
        Verdict verdict,
        List<String> reasons) {}
