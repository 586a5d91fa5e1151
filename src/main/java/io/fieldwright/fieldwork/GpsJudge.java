package io.fieldwright.fieldwork;

import io.fieldwright.sites.Boundary;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether a fix was taken inside a boundary (requirements, section 8). What counts is the probability that the true
 * position lies in the boundary, and not the distance: adding the accuracy to the radius would reward a poor receiver.
 *
 * <p>A doubt about a fix never makes it better. It rules {@link GpsOutcome#INSIDE} out, and a position that is clearly
 * outside stays {@link GpsOutcome#OUTSIDE}. A fix without an accuracy is judged as if it were just as accurate as needed,
 * so that leaving the accuracy out does not turn an outside into an uncertain.
 */
public final class GpsJudge {

    /**
     * Accuracy over standard deviation: 68 % of a circular Gaussian lie within sqrt(-2 ln 0.32) standard deviations, which
     * the requirements give as 1.51.
     */
    static final double ACCURACY_IN_DEVIATIONS = 1.51;

    /** Who is outside but this near is there, even if the exchanged coordinates are near as well. */
    private static final double NEAR_METRES = 10_000;

    private GpsJudge() {}

    /**
     * The verdict on {@code fix}.
     *
     * @param capturedAt when the evidence was captured that the fix belongs to, by the device's clock
     * @param clockOffset what to add to the device's clock to get the server's, as measured when the device submitted
     * @param boundary where the work is, if the site has one
     * @param neededAccuracyMetres what the field task requires, above 0
     */
    public static GpsVerdict judge(
            GpsFix fix,
            Instant capturedAt,
            Duration clockOffset,
            @Nullable Boundary boundary,
            double neededAccuracyMetres,
            GpsThresholds thresholds) {
        if (!(neededAccuracyMetres > 0)) {
            throw new IllegalArgumentException("A field task needs an accuracy above 0 m: " + neededAccuracyMetres);
        }
        Set<GpsReason> reasons = EnumSet.noneOf(GpsReason.class);
        if (fix.mock()) {
            reasons.add(GpsReason.MOCK_LOCATION);
        }
        addDoubtsAboutTime(fix, capturedAt, clockOffset, thresholds, reasons);
        double accuracy = accuracy(fix, neededAccuracyMetres, reasons);
        if (boundary == null) {
            reasons.add(GpsReason.NO_BOUNDARY);
            return new GpsVerdict(GpsOutcome.UNCERTAIN, 0, null, reasons);
        }
        GpsLikelihood likelihood =
                likelihood(fix, accuracy / ACCURACY_IN_DEVIATIONS, boundary, thresholds.outsideProbability(), reasons);
        if (likelihood == null) {
            reasons.add(GpsReason.NOT_A_POSITION);
            return new GpsVerdict(GpsOutcome.UNCERTAIN, 0, null, reasons);
        }
        return new GpsVerdict(
                outcome(likelihood.probability(), thresholds, reasons),
                likelihood.probability(),
                likelihood.metresToEdge(),
                reasons);
    }

    private static void addDoubtsAboutTime(
            GpsFix fix, Instant capturedAt, Duration clockOffset, GpsThresholds thresholds, Set<GpsReason> reasons) {
        Duration age = Duration.between(fix.fixedAt(), capturedAt);
        if (age.compareTo(thresholds.longestAge()) > 0) {
            reasons.add(GpsReason.STALE_FIX);
        }
        if (age.compareTo(thresholds.longestAge().negated()) < 0) {
            reasons.add(GpsReason.FIX_AFTER_CAPTURE);
        }
        Duration skew = thresholds.largestClockSkew();
        if (clockOffset.compareTo(skew) > 0 || clockOffset.compareTo(skew.negated()) < 0) {
            reasons.add(GpsReason.CLOCK_SKEW);
        }
    }

    private static double accuracy(GpsFix fix, double neededAccuracyMetres, Set<GpsReason> reasons) {
        Double accuracy = fix.accuracyMetres();
        if (accuracy == null || !Double.isFinite(accuracy) || accuracy <= 0) {
            reasons.add(GpsReason.ACCURACY_MISSING);
            return neededAccuracyMetres;
        }
        if (accuracy > neededAccuracyMetres) {
            reasons.add(GpsReason.ACCURACY_TOO_POOR);
        }
        return accuracy;
    }

    /**
     * The likelihood at the position as given or, where that is impossible or far away, with its coordinates exchanged;
     * null if it is no position at all.
     */
    private static @Nullable GpsLikelihood likelihood(
            GpsFix fix, double deviation, Boundary boundary, double outsideProbability, Set<GpsReason> reasons) {
        GpsLikelihood asGiven = likelihood(fix.latitude(), fix.longitude(), deviation, boundary);
        if (asGiven != null && (asGiven.probability() > outsideProbability || asGiven.metresToEdge() < NEAR_METRES)) {
            return asGiven;
        }
        GpsLikelihood swapped = likelihood(fix.longitude(), fix.latitude(), deviation, boundary);
        if (swapped != null && (asGiven == null || swapped.probability() > outsideProbability)) {
            reasons.add(GpsReason.SWAPPED_COORDINATES);
            return swapped;
        }
        return asGiven;
    }

    private static @Nullable GpsLikelihood likelihood(
            double latitude, double longitude, double deviation, Boundary boundary) {
        return GpsFix.liesOnEarth(latitude, longitude)
                ? GpsLikelihood.of(latitude, longitude, deviation, boundary)
                : null;
    }

    private static GpsOutcome outcome(double probability, GpsThresholds thresholds, Set<GpsReason> reasons) {
        if (probability <= thresholds.outsideProbability()) {
            return GpsOutcome.OUTSIDE;
        }
        boolean likely = probability >= thresholds.insideProbability();
        if (!likely) {
            reasons.add(GpsReason.PROBABILITY_BETWEEN);
        }
        return reasons.isEmpty() ? GpsOutcome.INSIDE : GpsOutcome.UNCERTAIN;
    }
}
