package io.fieldwright.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Beside closed forms and series that have nothing in common with how the integrals are found. */
class GpsGaussianTests {

    private static final double EXACT = 1e-9;

    @Test
    void circleAroundTheOriginHoldsWhatTheRayleighDistributionSays() {
        for (double radius = 1e-6; radius < 1e9; radius *= 1.7) {
            assertThat(GpsGaussian.overCircle(0, radius)).isCloseTo(-Math.expm1(-radius * radius / 2), within(EXACT));
        }
    }

    @Test
    void circleAnywhereHoldsWhatTheNoncentralChiSquareDistributionSays() {
        for (double distance = 0; distance < 12; distance += 0.37) {
            for (double radius = 0.05; radius < 20; radius += 0.43) {
                assertThat(GpsGaussian.overCircle(distance, radius))
                        .as("distance %s, radius %s", distance, radius)
                        .isCloseTo(noncentralChiSquare(distance, radius), within(EXACT));
            }
        }
    }

    /** As a mixture of Poisson weights and gamma distributions, of which each is one term less than the one before. */
    private static double noncentralChiSquare(double distance, double radius) {
        double mean = distance * distance / 2;
        double limit = radius * radius / 2;
        double weight = Math.exp(-mean);
        double term = Math.exp(-limit);
        double gamma = 1 - term;
        double sum = 0;
        for (int k = 1; k < 600; k++) {
            sum += weight * gamma;
            weight *= mean / k;
            term *= limit / k;
            gamma -= term;
        }
        return sum;
    }

    @Test
    void originOnTheEdgeOfALargeCircleIsJustBelowOneHalf() {
        for (double radius = 1e3; radius < 1e12; radius *= 10) {
            assertThat(GpsGaussian.overCircle(radius, radius))
                    .isCloseTo(0.5 - 1 / (2 * radius * Math.sqrt(2 * Math.PI)), within(EXACT));
        }
    }

    @Test
    void largeCircleIsAsAHalfPlane() {
        for (double beyond = -9; beyond < 9; beyond += 0.25) {
            assertThat(GpsGaussian.overCircle(1e9 + beyond, 1e9)).isCloseTo(normal(-beyond), within(1e-7));
        }
    }

    @Test
    void rectangleHoldsTheProductOfTwoNormalDistributions() {
        for (double west = -12; west < 5; west += 1.3) {
            for (double width : new double[] {1e-6, 0.1, 1, 4, 30, 1e5}) {
                double east = west + width;
                double across = normal(east) - normal(west);
                for (double south = -9; south < 3; south += 1.1) {
                    double north = south + 3.7;
                    assertThat(polygon(west, south, east, south, east, north, west, north))
                            .as("%s to %s, %s to %s", west, east, south, north)
                            .isCloseTo(across * (normal(north) - normal(south)), within(EXACT));
                }
            }
        }
    }

    @Test
    void cornerOnTheOriginHoldsItsAngle() {
        for (double degrees = 1; degrees < 180; degrees += 7) {
            double angle = Math.toRadians(degrees);
            assertThat(polygon(0, 0, 1e3, 0, 1e3 * Math.cos(angle), 1e3 * Math.sin(angle)))
                    .isCloseTo(beyond(angle), within(EXACT));
        }
    }

    /** The wedge without what lies beyond the far edge, of which the nearest point is at 1000 cos(angle / 2). */
    private static double beyond(double angle) {
        double nearest = 1e3 * Math.cos(angle / 2);
        double steps = 20_000;
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            double direction = -angle / 2 + angle * (step + 0.5) / steps;
            double far = nearest / Math.cos(direction);
            sum += -Math.expm1(-far * far / 2);
        }
        return sum / steps * angle / (2 * Math.PI);
    }

    @Test
    void polygonWithManyCornersHoldsWhatItsCircleHolds() {
        int corners = 20_000;
        for (double distance = 0; distance < 9; distance += 0.8) {
            for (double radius : new double[] {0.01, 0.7, 3, 25}) {
                double[] polygon = new double[2 * corners];
                for (int corner = 0; corner < corners; corner++) {
                    polygon[2 * corner] = distance + radius * Math.cos(2 * Math.PI * corner / corners);
                    polygon[2 * corner + 1] = radius * Math.sin(2 * Math.PI * corner / corners);
                }
                assertThat(polygon(polygon)).isCloseTo(GpsGaussian.overCircle(distance, radius), within(1e-7));
            }
        }
    }

    @Test
    void edgeSplitAnywhereAddsUpToItself() {
        for (double part = 0; part <= 1; part += 0.01) {
            double x = -40 + part * 60;
            double y = 3 - part * 5;
            assertThat(GpsGaussian.alongEdge(-40, 3, x, y) + GpsGaussian.alongEdge(x, y, 20, -2))
                    .isCloseTo(GpsGaussian.alongEdge(-40, 3, 20, -2), within(EXACT));
        }
    }

    private static double polygon(double... coordinates) {
        double sum = 0;
        for (int at = 0; at < coordinates.length; at += 2) {
            int next = (at + 2) % coordinates.length;
            sum += GpsGaussian.alongEdge(
                    coordinates[at], coordinates[at + 1], coordinates[next], coordinates[next + 1]);
        }
        return sum;
    }

    /** The normal distribution by its Taylor series around 0, and by its continued fraction in the tails. */
    private static double normal(double x) {
        double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        if (Math.abs(x) > 6) {
            double fraction = Math.abs(x);
            for (int k = 60; k > 0; k--) {
                fraction = Math.abs(x) + k / fraction;
            }
            double tail = density / fraction;
            return x > 0 ? 1 - tail : tail;
        }
        double term = x;
        double sum = x;
        for (int k = 3; k < 200; k += 2) {
            term *= x * x / k;
            sum += term;
        }
        return 0.5 + density * sum;
    }
}
