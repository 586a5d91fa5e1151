package io.fieldwright.fieldwork;

import io.fieldwright.sites.Boundary;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How many verdicts on a GPS fix one core gives. How to run it is in bench/README.md; it asserts nothing and is not part of
 * the build.
 */
class GpsVerdictBenchmark {

    private static final int ROUNDS = 5;
    private static final double SECONDS = 2;
    private static final double LATITUDE = 18.52;
    private static final double LONGITUDE = 73.85;
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final GpsThresholds THRESHOLDS =
            new GpsThresholds(0.90, 0.10, Duration.ofMinutes(5), Duration.ofMinutes(2));

    private double sum;

    @Test
    void printsVerdictsPerSecond() {
        Map<String, Boundary> boundaries = new LinkedHashMap<>();
        boundaries.put("circle", Boundaries.circle(LATITUDE, LONGITUDE, 50));
        boundaries.put("20 vertices", Boundaries.polygon(Boundaries.star(LATITUDE, LONGITUDE, 50, 20, 0.3)));
        boundaries.put("1,000 vertices", Boundaries.polygon(Boundaries.star(LATITUDE, LONGITUDE, 50, 1_000, 0.1)));
        Map<String, GpsFix[]> fixes = new LinkedHashMap<>();
        fixes.put("around the edge, 5 m", fixes(0.0006, 5));
        fixes.put("around the edge, 50 m", fixes(0.0006, 50));
        fixes.put("kilometres away", fixes(0.2, 5));
        System.out.printf("%nGPS verdicts per second on one core, %d rounds, median%n%n", ROUNDS);
        System.out.printf("%-16s%-24s%14s%14s%n", "boundary", "fixes", "verdicts/s", "µs each");
        boundaries.forEach((shape, boundary) -> fixes.forEach((kind, some) -> {
            double perSecond = median(boundary, some);
            System.out.printf("%-16s%-24s%,14.0f%14.2f%n", shape, kind, perSecond, 1e6 / perSecond);
        }));
        System.out.printf("%n(%s)%n", Double.isNaN(sum) ? "some were not a number" : "all were numbers");
    }

    private static GpsFix[] fixes(double degrees, double accuracy) {
        Random random = new Random(1);
        GpsFix[] fixes = new GpsFix[1_000];
        Arrays.setAll(
                fixes,
                n -> new GpsFix(
                        LATITUDE + degrees * (2 * random.nextDouble() - 1),
                        LONGITUDE + degrees * (2 * random.nextDouble() - 1),
                        accuracy,
                        NOW,
                        false));
        return fixes;
    }

    private double median(Boundary boundary, GpsFix[] fixes) {
        double[] perSecond = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            long began = System.nanoTime();
            long count = 0;
            double seconds = 0;
            while (seconds < SECONDS) {
                for (GpsFix fix : fixes) {
                    sum += GpsJudge.judge(fix, NOW, Duration.ZERO, boundary, 10, THRESHOLDS)
                            .probability();
                }
                count += fixes.length;
                seconds = (System.nanoTime() - began) / 1e9;
            }
            if (round >= 0) {
                perSecond[round] = count / seconds;
            }
        }
        Arrays.sort(perSecond);
        return perSecond[ROUNDS / 2];
    }
}
