package io.fieldwright.files;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * 64 bits that stay nearly the same when a picture is resized, compressed anew or made brighter: which of its lowest
 * frequencies are stronger than most (Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010,
 * section 3.2.1).
 */
final class PerceptualHash {

    /**
     * In how many bits two photos may differ to count as alike. Resized, compressed and brightened copies differ in up to
     * four, those with a stamp or without a margin mostly in up to ten, different scenes in about 32 and hardly ever in
     * less than 14. The index of the database finds no more than eleven.
     */
    static final int ALIKE = 10;

    private static final int SIDE = 32;
    private static final int FREQUENCIES = 8;

    /** A picture whose frequencies are all below this, out of 255 × 16 for the strongest there can be, shows nothing. */
    private static final double NOTHING = 1;

    private static final double[][] COSINES = cosines();

    private PerceptualHash() {}

    /** @return null for a picture of one colour, which looks like all others of that kind */
    static @Nullable Long of(BufferedImage picture) {
        double[] frequencies = frequencies(brightness(picture));
        if (Arrays.stream(frequencies).allMatch(frequency -> Math.abs(frequency) < NOTHING)) {
            return null;
        }
        double[] sorted = frequencies.clone();
        Arrays.sort(sorted);
        double median = (sorted[31] + sorted[32]) / 2;
        long hash = 0;
        for (double frequency : frequencies) {
            hash = hash << 1 | (frequency > median ? 1 : 0);
        }
        return hash;
    }

    private static double[][] brightness(BufferedImage picture) {
        BufferedImage small = Pictures.exactly(SIDE, picture);
        double[][] brightness = new double[SIDE][SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int colour = small.getRGB(x, y);
                brightness[y][x] =
                        0.299 * (colour >> 16 & 0xFF) + 0.587 * (colour >> 8 & 0xFF) + 0.114 * (colour & 0xFF);
            }
        }
        return brightness;
    }

    /** The lowest 8 × 8 of the discrete cosine transform (type II), without the first row and column, which is the mean. */
    private static double[] frequencies(double[][] brightness) {
        double[] frequencies = new double[FREQUENCIES * FREQUENCIES];
        for (int v = 0; v < FREQUENCIES; v++) {
            for (int u = 0; u < FREQUENCIES; u++) {
                double sum = 0;
                for (int y = 0; y < SIDE; y++) {
                    for (int x = 0; x < SIDE; x++) {
                        sum += brightness[y][x] * COSINES[v][y] * COSINES[u][x];
                    }
                }
                frequencies[v * FREQUENCIES + u] = sum;
            }
        }
        return frequencies;
    }

    private static double[][] cosines() {
        double[][] cosines = new double[FREQUENCIES][SIDE];
        for (int frequency = 0; frequency < FREQUENCIES; frequency++) {
            for (int x = 0; x < SIDE; x++) {
                cosines[frequency][x] =
                        Math.sqrt(2.0 / SIDE) * Math.cos((2 * x + 1) * (frequency + 1) * Math.PI / (2 * SIDE));
            }
        }
        return cosines;
    }
}
