package io.fieldwright.fieldwork;

import io.fieldwright.workflow.Decisions;
import java.time.Duration;
import java.util.Map;

/**
 * What the decision {@code gps-thresholds} asks of a fix (requirements, section 8).
 *
 * @param insideProbability from which probability on somebody was inside, from 0 to 1
 * @param outsideProbability up to which probability somebody was outside, below {@code insideProbability}
 * @param longestAge how far apart fix and capture may be, either way
 * @param largestClockSkew how far the device's clock may be from the server's, either way; as far may a capture be before the
 *     order of its field task or after its receipt
 */
public record GpsThresholds(
        double insideProbability, double outsideProbability, Duration longestAge, Duration largestClockSkew) {

    /** @throws IllegalArgumentException when the numbers contradict one another: the decision needs its owner */
    public GpsThresholds {
        if (!(0 <= outsideProbability && outsideProbability < insideProbability && insideProbability <= 1)
                || longestAge.isNegative()
                || largestClockSkew.isNegative()) {
            throw new IllegalArgumentException(
                    "The decision gps-thresholds contradicts itself: inside from %s, outside to %s, age %s, clock skew %s"
                            .formatted(insideProbability, outsideProbability, longestAge, largestClockSkew));
        }
    }

    /** Asks the decision as it is in force now, for a field task of the kind {@code taskType}. */
    public static GpsThresholds decide(Decisions decisions, String taskType, double neededAccuracyMetres) {
        return of(decisions.evaluate(
                "gps-thresholds", Map.of("taskType", taskType, "neededAccuracyMetres", neededAccuracyMetres)));
    }

    static GpsThresholds of(Map<String, Object> outputs) {
        return new GpsThresholds(
                number(outputs, "insideProbability").doubleValue(),
                number(outputs, "outsideProbability").doubleValue(),
                Duration.ofSeconds(number(outputs, "longestAgeSeconds").longValue()),
                Duration.ofSeconds(number(outputs, "largestClockSkewSeconds").longValue()));
    }

    private static Number number(Map<String, Object> outputs, String name) {
        return (Number) outputs.get(name);
    }
}
