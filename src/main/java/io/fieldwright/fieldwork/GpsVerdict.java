package io.fieldwright.fieldwork;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a fix says about being inside a boundary.
 *
 * @param probability that the true position lies in the boundary, from 0 to 1; 0 where there is no position or no boundary
 * @param metresToEdge from the fix to the edge of the boundary, negative inside of it; absent where there is no position
 *     or no boundary. Edges on the antimeridian are cuts (RFC 7946, 3.1.9) and do not count.
 * @param reasons why it is not {@link GpsOutcome#INSIDE}, the gravest first; an {@link GpsOutcome#OUTSIDE} needs none
 */
public record GpsVerdict(
        GpsOutcome outcome, double probability, @Nullable Double metresToEdge, Set<GpsReason> reasons) {

    public GpsVerdict {
        Set<GpsReason> ordered = EnumSet.noneOf(GpsReason.class);
        ordered.addAll(reasons);
        reasons = Collections.unmodifiableSet(ordered);
    }
}
