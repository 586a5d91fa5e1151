package io.fieldwright.files;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a picture. Whatever is from its EXIF data (Exif 2.32) is a claim of the device, and easily forged.
 *
 * @param width in pixels as stored, before {@code orientation} is applied
 * @param height in pixels as stored
 * @param orientation how to turn it upright, 1 to 8 as EXIF counts
 * @param position where it was taken
 * @param takenAt when it was taken by the device's clock on the wall
 * @param takenAtOffset of that clock from UTC, where the device says so
 * @param perceptualHash 64 bits that differ in few for pictures that look alike; null for what is not a photo, or has
 *     nothing to tell it by
 * @param codes texts of the barcodes and QR codes in a photo
 */
public record Photo(
        int width,
        int height,
        int orientation,
        @Nullable Position position,
        @Nullable LocalDateTime takenAt,
        @Nullable ZoneOffset takenAtOffset,
        @Nullable String deviceMake,
        @Nullable String deviceModel,
        @Nullable String deviceSoftware,
        @Nullable Long perceptualHash,
        List<String> codes) {

    /** WGS84 degrees. */
    public record Position(double latitude, double longitude) {}

    public Photo {
        codes = List.copyOf(codes);
    }
}
