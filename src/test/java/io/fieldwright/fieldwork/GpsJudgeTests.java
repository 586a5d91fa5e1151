package io.fieldwright.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.fieldwright.sites.Boundary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpsJudgeTests {

    private static final double LATITUDE = 18.52;
    private static final double LONGITUDE = 73.85;
    private static final double RADIUS = 50;
    private static final double NEEDED = 10;
    private static final Instant CAPTURED = Instant.parse("2026-11-21T08:00:00Z");
    private static final GpsThresholds THRESHOLDS =
            new GpsThresholds(0.90, 0.10, Duration.ofMinutes(5), Duration.ofMinutes(2));
    private static final Boundary CIRCLE = Boundaries.circle(LATITUDE, LONGITUDE, RADIUS);
    private static final Boundary POLYGON = Boundaries.polygon(
            Boundaries.star(LATITUDE, LONGITUDE, 60, 20, 0.2), Boundaries.star(LATITUDE, LONGITUDE, 10, 5, 0));
    private static final List<Boundary> BOUNDARIES = List.of(CIRCLE, POLYGON);

    private static GpsVerdict judge(GpsFix fix) {
        return judge(fix, CIRCLE);
    }

    private static GpsVerdict judge(GpsFix fix, @Nullable Boundary boundary) {
        return GpsJudge.judge(fix, CAPTURED, Duration.ZERO, boundary, NEEDED, THRESHOLDS);
    }

    private static GpsFix fix(double latitude, double longitude, @Nullable Double accuracy) {
        return new GpsFix(latitude, longitude, accuracy, CAPTURED, false);
    }

    private static GpsFix fixAt(double metres, @Nullable Double accuracy) {
        return fixAt(metres, 77, accuracy);
    }

    private static GpsFix fixAt(double metres, double azimuth, @Nullable Double accuracy) {
        GeodesicData there = Geodesic.WGS84.Direct(LATITUDE, LONGITUDE, azimuth, metres);
        return fix(there.lat2, there.lon2, accuracy);
    }

    /** The table of the requirements, section 8. */
    @ParameterizedTest(name = "accuracy {0} m at {1} radii: {2}, {3}")
    @CsvSource({"5, 0.9, 0.93, INSIDE", "5, 1.1, 0.06, OUTSIDE", "100, 0, 0.25, UNCERTAIN"})
    void probabilityIsThatOfTheRequirements(double accuracy, double radii, double probability, GpsOutcome outcome) {
        GpsVerdict verdict = judge(fixAt(radii * RADIUS, accuracy));

        assertThat(verdict.probability()).isCloseTo(probability, within(0.005));
        assertThat(verdict.outcome()).isEqualTo(outcome);
    }

    @Test
    void goodFixInTheMiddleIsInsideForNoReason() {
        GpsVerdict verdict = judge(fixAt(0, 5.0));

        assertThat(verdict.outcome()).isEqualTo(GpsOutcome.INSIDE);
        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.metresToEdge()).isCloseTo(-RADIUS, within(1e-6));
    }

    @Test
    void goodFixFarAwayIsOutside() {
        GpsVerdict verdict = judge(fixAt(2_000, 5.0));

        assertThat(verdict.outcome()).isEqualTo(GpsOutcome.OUTSIDE);
        assertThat(verdict.probability()).isCloseTo(0, within(1e-9));
        assertThat(verdict.metresToEdge()).isCloseTo(1_950, within(1e-6));
        assertThat(verdict.reasons()).isEmpty();
    }

    @Test
    void goodFixOnTheEdgeIsUncertain() {
        GpsVerdict verdict = judge(fixAt(RADIUS, 5.0));

        assertThat(verdict.outcome()).isEqualTo(GpsOutcome.UNCERTAIN);
        assertThat(verdict.reasons()).containsExactly(GpsReason.PROBABILITY_BETWEEN);
    }

    @Test
    void thresholdsThemselvesAreInsideAndOutside() {
        double probability = judge(fixAt(45, 5.0)).probability();
        GpsThresholds inside = new GpsThresholds(probability, 0.1, Duration.ofMinutes(5), Duration.ofMinutes(2));
        GpsThresholds outside = new GpsThresholds(0.99, probability, Duration.ofMinutes(5), Duration.ofMinutes(2));

        assertThat(GpsJudge.judge(fixAt(45, 5.0), CAPTURED, Duration.ZERO, CIRCLE, NEEDED, inside)
                        .outcome())
                .isEqualTo(GpsOutcome.INSIDE);
        assertThat(GpsJudge.judge(fixAt(45, 5.0), CAPTURED, Duration.ZERO, CIRCLE, NEEDED, outside)
                        .outcome())
                .isEqualTo(GpsOutcome.OUTSIDE);
    }

    @ParameterizedTest
    @CsvSource({"0", "-0.0", "-5", "NaN", "Infinity", "-Infinity", ","})
    void fixWithoutAnAccuracyIsUncertainAtBest(@Nullable Double accuracy) {
        GpsVerdict inside = judge(fixAt(0, accuracy));
        GpsVerdict outside = judge(fixAt(80, accuracy));

        assertThat(inside.outcome()).isEqualTo(GpsOutcome.UNCERTAIN);
        assertThat(inside.reasons()).containsExactly(GpsReason.ACCURACY_MISSING);
        assertThat(inside.probability()).isEqualTo(judge(fixAt(0, NEEDED)).probability());
        assertThat(outside.outcome()).isEqualTo(GpsOutcome.OUTSIDE);
        assertThat(outside.reasons()).containsExactly(GpsReason.ACCURACY_MISSING);
    }

    @Test
    void accuracyWorseThanNeededIsUncertainAtBest() {
        Boundary wide = Boundaries.circle(LATITUDE, LONGITUDE, 5_000);

        assertThat(judge(fixAt(0, 10.0), wide).outcome()).isEqualTo(GpsOutcome.INSIDE);
        assertThat(judge(fixAt(0, 10.1), wide).outcome()).isEqualTo(GpsOutcome.UNCERTAIN);
        assertThat(judge(fixAt(0, 10.1), wide).reasons()).containsExactly(GpsReason.ACCURACY_TOO_POOR);
        assertThat(judge(fixAt(6_000, 10.1), wide).outcome()).isEqualTo(GpsOutcome.OUTSIDE);
    }

    /** Such a fix may come from anywhere, and to be inside is the claim. */
    @Test
    void accuracyManyTimesTheRadiusIsOutsideEvenInTheMiddle() {
        GpsVerdict verdict = judge(fixAt(0, 300.0));

        assertThat(verdict.probability()).isCloseTo(0.03, within(0.005));
        assertThat(verdict.outcome()).isEqualTo(GpsOutcome.OUTSIDE);
        assertThat(verdict.reasons()).containsExactly(GpsReason.ACCURACY_TOO_POOR);
    }

    @ParameterizedTest
    @CsvSource({"PT5M, ", "PT5M0.001S, STALE_FIX", "P400D, STALE_FIX", "-PT5M, ", "-PT5M0.001S, FIX_AFTER_CAPTURE"})
    void fixIsTakenWithinFiveMinutesOfTheCapture(Duration age, @Nullable GpsReason reason) {
        GpsFix near = fixAt(0, 5.0);
        GpsFix far = fixAt(80, 5.0);

        assertDoubt(
                judge(new GpsFix(near.latitude(), near.longitude(), 5.0, CAPTURED.minus(age), false)),
                judge(new GpsFix(far.latitude(), far.longitude(), 5.0, CAPTURED.minus(age), false)),
                reason);
    }

    @ParameterizedTest
    @CsvSource({"PT2M, ", "-PT2M, ", "PT2M0.001S, CLOCK_SKEW", "-PT2M0.001S, CLOCK_SKEW", "P4000D, CLOCK_SKEW"})
    void clockOfTheDeviceIsWithinTwoMinutes(Duration offset, @Nullable GpsReason reason) {
        assertDoubt(
                GpsJudge.judge(fixAt(0, 5.0), CAPTURED, offset, CIRCLE, NEEDED, THRESHOLDS),
                GpsJudge.judge(fixAt(80, 5.0), CAPTURED, offset, CIRCLE, NEEDED, THRESHOLDS),
                reason);
    }

    @Test
    void mockedFixIsUncertainAtBest() {
        GpsFix near = fixAt(0, 5.0);
        GpsFix far = fixAt(80, 5.0);

        assertDoubt(
                judge(new GpsFix(near.latitude(), near.longitude(), 5.0, CAPTURED, true)),
                judge(new GpsFix(far.latitude(), far.longitude(), 5.0, CAPTURED, true)),
                GpsReason.MOCK_LOCATION);
    }

    private static void assertDoubt(GpsVerdict inside, GpsVerdict outside, @Nullable GpsReason reason) {
        List<GpsReason> reasons = reason == null ? List.of() : List.of(reason);
        assertThat(inside.reasons()).containsExactlyElementsOf(reasons);
        assertThat(inside.outcome()).isEqualTo(reason == null ? GpsOutcome.INSIDE : GpsOutcome.UNCERTAIN);
        assertThat(inside.probability()).isGreaterThan(0.9);
        assertThat(outside.reasons()).containsExactlyElementsOf(reasons);
        assertThat(outside.outcome()).isEqualTo(GpsOutcome.OUTSIDE);
    }

    @Test
    void swappedCoordinatesAreUncertainAndSayWhereTheyPoint() {
        GpsVerdict straight = judge(fixAt(45, 5.0));
        GpsFix fix = fixAt(45, 5.0);

        GpsVerdict swapped = judge(fix(fix.longitude(), fix.latitude(), 5.0));

        assertThat(swapped.outcome()).isEqualTo(GpsOutcome.UNCERTAIN);
        assertThat(swapped.reasons()).containsExactly(GpsReason.SWAPPED_COORDINATES);
        assertThat(swapped.probability()).isEqualTo(straight.probability());
        assertThat(swapped.metresToEdge()).isEqualTo(straight.metresToEdge());
    }

    @Test
    void swappedCoordinatesThatAreOutOfRangeAreRecognised() {
        Boundary circle = Boundaries.circle(-16.8, 179.99, RADIUS);

        GpsVerdict inside = judge(fix(179.99, -16.8, 5.0), circle);
        GpsVerdict outside = judge(fix(179.98, -16.8, 5.0), circle);

        assertThat(inside.outcome()).isEqualTo(GpsOutcome.UNCERTAIN);
        assertThat(inside.reasons()).containsExactly(GpsReason.SWAPPED_COORDINATES);
        assertThat(outside.outcome()).isEqualTo(GpsOutcome.OUTSIDE);
        assertThat(outside.reasons()).containsExactly(GpsReason.SWAPPED_COORDINATES);
    }

    @Test
    void swappingDoesNotHelpSomebodyWhoIsOutside() {
        GpsFix outside = fixAt(80, 5.0);

        GpsVerdict swapped = judge(fix(outside.longitude(), outside.latitude(), 5.0));

        assertThat(swapped.outcome()).isEqualTo(GpsOutcome.OUTSIDE);
        assertThat(swapped.reasons()).isEmpty();
    }

    @Test
    void whereLatitudeAndLongitudeAreAlikeAnOutsideStaysOutside() {
        Boundary circle = Boundaries.circle(20, 20.001, RADIUS);

        GpsVerdict verdict = judge(fix(20.001, 20, 5.0), circle);

        assertThat(verdict.outcome()).isEqualTo(GpsOutcome.OUTSIDE);
        assertThat(verdict.reasons()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 73.85",
        "18.52, NaN",
        "Infinity, 73.85",
        "18.52, -Infinity",
        "100, 100",
        "91, -181",
        "18.52, 180.5",
        "1e300, 1e300"
    })
    void whatIsNoPositionIsUncertainAndSpeaksForNothing(double latitude, double longitude) {
        for (Boundary boundary : BOUNDARIES) {
            GpsVerdict verdict = judge(fix(latitude, longitude, 5.0), boundary);

            assertThat(verdict).isEqualTo(unknown(GpsReason.NOT_A_POSITION));
        }
    }

    @Test
    void siteWithoutABoundaryLeavesItUncertain() {
        assertThat(judge(fixAt(0, 5.0), null)).isEqualTo(unknown(GpsReason.NO_BOUNDARY));
    }

    private static GpsVerdict unknown(GpsReason reason) {
        return new GpsVerdict(GpsOutcome.UNCERTAIN, 0, null, Set.of(reason));
    }

    @Test
    void taskThatNeedsNoAccuracyIsRefused() {
        for (double needed : new double[] {0, -1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> GpsJudge.judge(fixAt(0, 5.0), CAPTURED, Duration.ZERO, CIRCLE, needed, THRESHOLDS));
        }
    }

    @Test
    void everyDoubtIsNamedTheGravestFirst() {
        GpsFix fix = fixAt(RADIUS, 20.0);
        GpsFix doubtful = new GpsFix(fix.longitude(), fix.latitude(), 20.0, CAPTURED.minusSeconds(301), true);

        assertThat(GpsJudge.judge(doubtful, CAPTURED, Duration.ofHours(-1), CIRCLE, NEEDED, THRESHOLDS)
                        .reasons())
                .containsExactly(
                        GpsReason.SWAPPED_COORDINATES,
                        GpsReason.MOCK_LOCATION,
                        GpsReason.ACCURACY_TOO_POOR,
                        GpsReason.STALE_FIX,
                        GpsReason.CLOCK_SKEW,
                        GpsReason.PROBABILITY_BETWEEN);
    }

    @Test
    void accuracyOfTwiceTheRadiusNeverVerifies() {
        for (double needed : new double[] {10, 100, 1_000}) {
            for (double metres = 0; metres < 400; metres += 1.5) {
                for (double azimuth = 0; azimuth < 360; azimuth += 15) {
                    GpsVerdict verdict = GpsJudge.judge(
                            fixAt(metres, azimuth, 100.0), CAPTURED, Duration.ZERO, CIRCLE, needed, THRESHOLDS);

                    assertThat(verdict.outcome()).isNotEqualTo(GpsOutcome.INSIDE);
                    assertThat(verdict.probability()).isLessThan(0.26);
                }
            }
        }
    }

    @Test
    void worseAccuracyNeverLiftsAnOutsideFixToInside() {
        for (Boundary boundary : BOUNDARIES) {
            for (double metres = 0; metres < 200; metres += 2.5) {
                for (double azimuth = 0; azimuth < 360; azimuth += 40) {
                    boolean left = false;
                    for (double accuracy = 0.1; accuracy < 1e5; accuracy *= 1.4) {
                        GpsVerdict verdict = GpsJudge.judge(
                                fixAt(metres, azimuth, accuracy), CAPTURED, Duration.ZERO, boundary, 1e9, THRESHOLDS);
                        left |= verdict.outcome() != GpsOutcome.INSIDE;
                        if (left) {
                            assertThat(verdict.outcome()).isNotEqualTo(GpsOutcome.INSIDE);
                        }
                        if (verdict.metresToEdge() >= 0) {
                            assertThat(verdict.probability()).isLessThan(0.9);
                        }
                    }
                }
            }
        }
    }

    @Test
    void worseAccuracyLowersTheProbabilityOfAFixInsideACircle() {
        for (double metres = 0; metres <= RADIUS; metres += 2) {
            double before = 1;
            for (double accuracy = 0.1; accuracy < 1e5; accuracy *= 1.1) {
                double probability = judge(fixAt(metres, accuracy)).probability();
                assertThat(probability).isLessThanOrEqualTo(before + 1e-9);
                before = probability;
            }
        }
    }

    @Test
    void fartherOutIsLessProbable() {
        for (double accuracy = 0.1; accuracy < 1e4; accuracy *= 1.9) {
            double before = 1;
            for (double metres = 0; metres < 300; metres += 1) {
                double probability = judge(fixAt(metres, accuracy)).probability();
                assertThat(probability).isLessThanOrEqualTo(before + 1e-9);
                before = probability;
            }
        }
    }

    @Test
    void noNumberIsTooExtreme() {
        double[] degrees = {0, -0.0, 1e-300, LATITUDE, LONGITUDE, 90, -90, 179.999999, 180, -180, 1e308, Double.NaN};
        double[] accuracies = {1e-300, 1e-9, 1e-3, 5, 1e4, 1e9, 1e308, Double.MAX_VALUE, Double.MIN_VALUE};
        List<Boundary> boundaries = List.of(
                CIRCLE,
                POLYGON,
                Boundaries.circle(90, 0, 100_000),
                Boundaries.circle(LATITUDE, LONGITUDE, Double.MIN_VALUE),
                Boundaries.circle(LATITUDE, LONGITUDE, 1e-9),
                Boundaries.polygon(new double[] {
                    -180, -90, -90, -90, 0, -90, 90, -90, 180, -90, 180, 90, 90, 90, 0, 90, -90, 90, -180, 90
                }));
        for (Boundary boundary : boundaries) {
            for (double latitude : degrees) {
                for (double longitude : degrees) {
                    for (double accuracy : accuracies) {
                        assertSane(judge(fix(latitude, longitude, accuracy), boundary));
                    }
                }
            }
        }
    }

    private static void assertSane(GpsVerdict verdict) {
        assertThat(verdict.probability()).isBetween(0.0, 1.0);
        if (verdict.metresToEdge() != null) {
            assertThat(verdict.metresToEdge()).isFinite();
        }
    }

    @Test
    void noTimeIsTooExtreme() {
        for (Instant fixedAt : List.of(Instant.MIN, Instant.EPOCH, CAPTURED, Instant.MAX)) {
            for (Instant capturedAt : List.of(Instant.MIN, CAPTURED, Instant.MAX)) {
                for (long seconds : new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE}) {
                    assertSane(GpsJudge.judge(
                            new GpsFix(LATITUDE, LONGITUDE, 5.0, fixedAt, false),
                            capturedAt,
                            Duration.ofSeconds(seconds),
                            CIRCLE,
                            NEEDED,
                            THRESHOLDS));
                }
            }
        }
    }

    @Test
    void doubtsNeverTurnAnOutsideIntoAnythingElseNorAnythingIntoAnInside() {
        Random random = new Random(8);
        for (int n = 0; n < 20_000; n++) {
            Boundary boundary = BOUNDARIES.get(n % 2);
            GpsFix fix = fixAt(random.nextDouble() * 120, random.nextDouble() * 360, 1 + random.nextDouble() * 9);
            GpsFix doubtful = new GpsFix(
                    fix.latitude(),
                    fix.longitude(),
                    fix.accuracyMetres(),
                    CAPTURED.minusSeconds(random.nextInt(1_000) - 500),
                    random.nextBoolean());
            Duration offset = Duration.ofSeconds(random.nextInt(1_000) - 500);

            GpsVerdict before = judge(fix, boundary);
            GpsVerdict after = GpsJudge.judge(doubtful, CAPTURED, offset, boundary, NEEDED, THRESHOLDS);

            assertThat(after.outcome()).isGreaterThanOrEqualTo(before.outcome());
            assertThat(after.outcome() == GpsOutcome.INSIDE)
                    .isEqualTo(before.outcome() == GpsOutcome.INSIDE
                            && after.reasons().isEmpty());
        }
    }
}
