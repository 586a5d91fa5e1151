package io.fieldwright.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.sites.Boundary;
import io.fieldwright.sites.Geodesy;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import net.sf.geographiclib.GeodesicMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GpsLikelihoodTests {

    private static final int SAMPLES = 200_000;

    /** Four and a half standard errors of the least certain share. */
    private static final double SAMPLED = 0.005;

    private static final double[] SQUARE = {73.85, 18.52, 73.851, 18.52, 73.851, 18.521, 73.85, 18.521};
    private static final double[] HOLE = {73.8504, 18.5203, 73.8508, 18.5203, 73.8508, 18.5208, 73.8504, 18.5208};

    static Stream<Arguments> placesToSample() {
        Boundary inIndia = Boundaries.circle(18.52, 73.85, 50);
        Boundary overThePole = Boundaries.circle(89.9995, 20, 100);
        Boundary onTheAntimeridian = Boundaries.circle(-16.8, 180, 80);
        Boundary withHole = Boundaries.polygon(SQUARE, HOLE);
        Boundary twoParts = Boundaries.polygons(
                new double[][] {SQUARE, HOLE}, new double[][] {{73.852, 18.52, 73.853, 18.52, 73.8525, 18.5205}});
        Boundary star = Boundaries.polygon(Boundaries.star(52.5, 13.4, 60, 14, 0.6));
        Boundary cut = Boundaries.polygons(
                new double[][] {{179.999, -16.801, 180, -16.801, 180, -16.8, 179.9995, -16.8}},
                new double[][] {{-180, -16.801, -179.9992, -16.8005, -180, -16.8}});
        Boundary cap = Boundaries.polygon(new double[] {
            -180, 89.999, -90, 89.999, 0, 89.999, 90, 89.999, 180, 89.999, 180, 90, 90, 90, 0, 90, -90, 90, -180, 90
        });
        Boundary farNorth = Boundaries.polygon(new double[] {24, 78.1, 24.8, 78.1, 24.9, 78.25, 24.1, 78.2});
        Boundary large = Boundaries.polygon(new double[] {10, 46, 12, 46, 12, 47.5, 11, 48, 10, 47});
        return Stream.of(
                arguments("circle, inside", inIndia, 18.5203, 73.8501, 30.0),
                arguments("circle, outside", inIndia, 18.5206, 73.8502, 60.0),
                arguments("circle over the pole", overThePole, 89.9997, -120.0, 70.0),
                arguments("circle, from the pole", overThePole, 90.0, 0.0, 40.0),
                arguments("circle, from west of the antimeridian", onTheAntimeridian, -16.8004, 179.9996, 50.0),
                arguments("circle, from east of the antimeridian", onTheAntimeridian, -16.8002, -179.9993, 90.0),
                arguments("polygon, in its hole", withHole, 18.5205, 73.8506, 20.0),
                arguments("polygon, beside its hole", withHole, 18.5202, 73.8503, 20.0),
                arguments("polygon, poor accuracy", withHole, 18.5205, 73.8505, 80.0),
                arguments("two parts, between them", twoParts, 18.5202, 73.8515, 60.0),
                arguments("star, in the middle", star, 52.5, 13.4, 50.0),
                arguments("star, between two points", star, 52.5004, 13.4, 15.0),
                arguments("cut polygon, from west", cut, -16.8005, 179.9999, 40.0),
                arguments("cut polygon, from east", cut, -16.8003, -179.9998, 20.0),
                arguments("cut polygon, on the antimeridian", cut, -16.8005, 180.0, 60.0),
                arguments("polar cap, from inside", cap, 89.9993, 77.0, 60.0),
                arguments("polar cap, from the pole", cap, 90.0, 0.0, 100.0),
                arguments("polar cap, from outside", cap, 89.9989, -135.0, 60.0),
                arguments("far north, near a long edge", farNorth, 78.1003, 24.4, 200.0),
                arguments("far north, a poor fix", farNorth, 78.15, 24.6, 9_000.0),
                arguments("large, near a long edge", large, 46.004, 11.0, 900.0),
                arguments("large, a very poor fix", large, 46.8, 11.0, 60_000.0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("placesToSample")
    void probabilityIsTheShareOfSampledPositionsInTheBoundary(
            String place, Boundary boundary, double latitude, double longitude, double accuracy) {
        double deviation = accuracy / GpsJudge.ACCURACY_IN_DEVIATIONS;
        Random random = new Random(7);
        int inside = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            GeodesicData there = somewhereNear(latitude, longitude, deviation, random);
            inside += contains(boundary, there.lat2, there.lon2) ? 1 : 0;
        }

        assertThat(probability(latitude, longitude, deviation, boundary))
                .isCloseTo((double) inside / SAMPLES, within(SAMPLED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("placesToSample")
    void distanceIsNegativeJustWhereThePositionIsInTheBoundary(
            String place, Boundary boundary, double latitude, double longitude, double accuracy) {
        Random random = new Random(9);
        for (int sample = 0; sample < 2_000; sample++) {
            GeodesicData there = somewhereNear(latitude, longitude, accuracy, random);

            assertThat(metres(there.lat2, there.lon2, boundary) < 0)
                    .as("%s, %s", there.lat2, there.lon2)
                    .isEqualTo(contains(boundary, there.lat2, there.lon2));
        }
    }

    private static GeodesicData somewhereNear(double latitude, double longitude, double deviation, Random random) {
        double azimuth = 360 * random.nextDouble();
        double metres = deviation * Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return Geodesic.WGS84.Direct(
                latitude, longitude, azimuth, metres, GeodesicMask.LATITUDE | GeodesicMask.LONGITUDE);
    }

    private static boolean contains(Boundary boundary, double latitude, double longitude) {
        JsonNode geometry = boundary.feature().path("geometry");
        JsonNode coordinates = geometry.path("coordinates");
        if (boundary.kind() == Boundary.Kind.CIRCLE) {
            return Geodesy.metres(
                            latitude,
                            longitude,
                            coordinates.get(1).doubleValue(),
                            coordinates.get(0).doubleValue())
                    < boundary.feature().at("/properties/radiusMetres").doubleValue();
        }
        boolean polygon = geometry.path("type").asText().equals("Polygon");
        boolean inside = false;
        for (JsonNode rings : polygon ? List.of(coordinates) : coordinates) {
            for (JsonNode ring : rings) {
                inside ^= crossesOften(ring, latitude, longitude);
            }
        }
        return inside;
    }

    /** Whether a ray to the east crosses the ring an odd number of times, in longitude and latitude. */
    private static boolean crossesOften(JsonNode ring, double latitude, double longitude) {
        boolean odd = false;
        for (int at = 1; at < ring.size(); at++) {
            double west = ring.get(at - 1).get(0).doubleValue();
            double south = ring.get(at - 1).get(1).doubleValue();
            double east = ring.get(at).get(0).doubleValue();
            double north = ring.get(at).get(1).doubleValue();
            if (south > latitude != north > latitude
                    && longitude < west + (east - west) * (latitude - south) / (north - south)) {
                odd = !odd;
            }
        }
        return odd;
    }

    @Test
    void polygonWithManyCornersHoldsWhatItsCircleHolds() {
        for (double latitude : new double[] {0, 47, -71, 89.99}) {
            Boundary circle = Boundaries.circle(latitude, 100, 50);
            Boundary polygon = Boundaries.polygon(Boundaries.star(latitude, 100, 50, 9_990, 0));
            for (double away = 0; away < 120; away += 12.5) {
                GeodesicData fix = Geodesic.WGS84.Direct(latitude, 100, 33, away);
                for (double deviation : new double[] {1, 6.6, 40}) {
                    GpsLikelihood one = GpsLikelihood.of(fix.lat2, fix.lon2, deviation, circle);
                    GpsLikelihood other = GpsLikelihood.of(fix.lat2, fix.lon2, deviation, polygon);

                    assertThat(other.probability()).isCloseTo(one.probability(), within(1e-6));
                    assertThat(other.metresToEdge()).isCloseTo(one.metresToEdge(), within(1e-3));
                }
            }
        }
    }

    @Test
    void longEdgeIsStraightInLongitudeAndLatitude() {
        double[] ring = {24, 78.1, 24.8, 78.1, 24.9, 78.25, 24.1, 78.2};
        int parts = 1_000;
        double[] dense = new double[ring.length * parts];
        for (int at = 0; at < dense.length / 2; at++) {
            int corner = at / parts * 2;
            int next = (corner + 2) % ring.length;
            double part = (double) (at % parts) / parts;
            dense[2 * at] = ring[corner] + part * (ring[next] - ring[corner]);
            dense[2 * at + 1] = ring[corner + 1] + part * (ring[next + 1] - ring[corner + 1]);
        }
        Boundary boundary = Boundaries.polygon(ring);
        Boundary same = Boundaries.polygon(dense);
        for (double latitude = 78.097; latitude < 78.103; latitude += 0.0003) {
            for (double deviation : new double[] {7, 66, 900}) {
                assertThat(GpsLikelihood.of(latitude, 24.4, deviation, boundary).probability())
                        .isCloseTo(
                                GpsLikelihood.of(latitude, 24.4, deviation, same)
                                        .probability(),
                                within(2e-6));
            }
        }
    }

    @Test
    void partsOfABoundaryAddUp() {
        double[] west = {73.85, 18.52, 73.8505, 18.52, 73.8505, 18.521, 73.85, 18.521};
        double[] east = {73.8505, 18.52, 73.851, 18.52, 73.851, 18.521, 73.8505, 18.521};
        for (double latitude = 18.5195; latitude < 18.5215; latitude += 0.0003) {
            double together = probability(latitude, 73.8502, 20, Boundaries.polygon(SQUARE));

            assertThat(probability(latitude, 73.8502, 20, Boundaries.polygon(west))
                            + probability(latitude, 73.8502, 20, Boundaries.polygon(east)))
                    .isCloseTo(together, within(1e-6));
            assertThat(probability(latitude, 73.8502, 20, Boundaries.polygon(SQUARE, HOLE))
                            + probability(latitude, 73.8502, 20, Boundaries.polygon(HOLE)))
                    .isCloseTo(together, within(1e-6));
        }
    }

    private static double probability(double latitude, double longitude, double deviation, Boundary boundary) {
        return GpsLikelihood.of(latitude, longitude, deviation, boundary).probability();
    }

    @Test
    void distanceIsToTheEdgeAndNegativeInside() {
        Boundary circle = Boundaries.circle(18.52, 73.85, 50);
        Boundary withHole = Boundaries.polygon(SQUARE, HOLE);

        assertThat(metres(18.52, 73.85, circle)).isCloseTo(-50, within(1e-6));
        assertThat(metres(18.521, 73.85, circle))
                .isCloseTo(Geodesy.metres(18.52, 73.85, 18.521, 73.85) - 50, within(1e-6));
        assertThat(metres(18.5201, 73.8502, withHole))
                .isCloseTo(-Geodesy.metres(18.52, 73.8502, 18.5201, 73.8502), within(1e-3));
        assertThat(metres(18.5204, 73.8506, withHole))
                .isCloseTo(Geodesy.metres(18.5203, 73.8506, 18.5204, 73.8506), within(1e-3));
        assertThat(metres(18.51, 73.8505, withHole))
                .isCloseTo(Geodesy.metres(18.51, 73.8505, 18.52, 73.8505), within(1e-3));
    }

    private static double metres(double latitude, double longitude, Boundary boundary) {
        return GpsLikelihood.of(latitude, longitude, 5, boundary).metresToEdge();
    }

    @Test
    void cutAtTheAntimeridianIsNoEdge() {
        Boundary cut = Boundaries.polygons(
                new double[][] {{179.999, -16.801, 180, -16.801, 180, -16.8, 179.999, -16.8}},
                new double[][] {{-180, -16.801, -179.999, -16.801, -179.999, -16.8, -180, -16.8}});

        assertThat(metres(-16.8005, 180, cut))
                .isCloseTo(-Geodesy.metres(-16.8005, 180, -16.8, 180), within(1e-3))
                .isEqualTo(metres(-16.8005, -180, cut));
        assertThat(probability(-16.8005, 180, 5, cut)).isCloseTo(1, within(1e-9));
    }

    @Test
    void nothingIsInsideFromTheOtherSideOfTheWorld() {
        Boundary square = Boundaries.polygon(SQUARE, HOLE);
        for (double offset = -0.002; offset < 0.002; offset += 0.0001) {
            GpsLikelihood antipode = GpsLikelihood.of(-18.5205 + offset, 73.8505 - 180 + offset / 2, 1e7, square);

            assertThat(antipode.probability()).isLessThan(1e-9);
            assertThat(antipode.metresToEdge()).isGreaterThan(1.9e7);
        }
    }

    @Test
    void partsOnBothSidesOfTheWorldAreJudgedEachByItself() {
        Boundary both = Boundaries.polygons(
                new double[][] {SQUARE},
                new double[][] {{-106.15, -18.521, -106.149, -18.521, -106.149, -18.52, -106.15, -18.52}});

        assertThat(probability(18.5205, 73.8505, 5, both)).isCloseTo(1, within(1e-9));
        assertThat(probability(-18.5205, -106.1495, 5, both)).isCloseTo(1, within(1e-9));
        assertThat(probability(18.53, 73.8505, 5, both)).isCloseTo(0, within(1e-9));
    }
}
