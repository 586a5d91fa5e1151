package io.fieldwright.files;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.GeoLocation;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.ExifTiffHandler;
import com.drew.metadata.exif.GpsDirectory;
import io.fieldwright.files.Photo.Position;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a camera wrote into a picture (Exif 2.32); whatever is wrong in it is left out. */
record Exif(
        int orientation,
        @Nullable Position position,
        @Nullable LocalDateTime takenAt,
        @Nullable ZoneOffset takenAtOffset,
        @Nullable String make,
        @Nullable String model,
        @Nullable String software) {

    private static final Logger log = LoggerFactory.getLogger(Exif.class);

    private static final Exif NONE = new Exif(1, null, null, null, null, null, null);

    private static final int LONGEST_TEXT = 100;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    static Exif read(byte[] tiff) {
        if (tiff.length == 0) {
            return NONE;
        }
        Metadata metadata = new Metadata();
        try {
            new TiffReader().processTiff(new FrugalReader(tiff), new PlainTags(metadata), 0);
        } catch (TiffProcessingException | IOException malformed) {
            log.debug("EXIF data was read in part only", malformed);
        }
        Directory main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Directory details = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
        GpsDirectory gps = metadata.getFirstDirectoryOfType(GpsDirectory.class);
        LocalDateTime takenAt = time(text(details, ExifDirectoryBase.TAG_DATETIME_ORIGINAL));
        return new Exif(
                orientation(main),
                position(gps),
                takenAt,
                takenAt == null ? null : offset(text(details, ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL)),
                text(main, ExifDirectoryBase.TAG_MAKE),
                text(main, ExifDirectoryBase.TAG_MODEL),
                text(main, ExifDirectoryBase.TAG_SOFTWARE));
    }

    private static int orientation(@Nullable Directory main) {
        try {
            int orientation = main == null || !main.containsTag(ExifDirectoryBase.TAG_ORIENTATION)
                    ? 1
                    : main.getInt(ExifDirectoryBase.TAG_ORIENTATION);
            return orientation >= 1 && orientation <= 8 ? orientation : 1;
        } catch (MetadataException noNumber) {
            return 1;
        }
    }

    private static @Nullable Position position(@Nullable GpsDirectory gps) {
        GeoLocation location = gps == null ? null : gps.getGeoLocation();
        return location == null
                        || location.isZero()
                        || !(Math.abs(location.getLatitude()) <= 90)
                        || !(Math.abs(location.getLongitude()) <= 180)
                ? null
                : new Position(location.getLatitude(), location.getLongitude());
    }

    private static @Nullable LocalDateTime time(@Nullable String text) {
        try {
            return text == null ? null : LocalDateTime.parse(text, TIME);
        } catch (DateTimeException malformed) {
            return null;
        }
    }

    private static @Nullable ZoneOffset offset(@Nullable String text) {
        try {
            return text == null ? null : ZoneOffset.of(text);
        } catch (DateTimeException malformed) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable Directory directory, int tag) {
        String text = directory == null ? null : directory.getString(tag);
        String printable =
                text == null ? "" : FileName.printable(text, LONGEST_TEXT).strip();
        return printable.isEmpty() ? null : printable;
    }

    /** Leaves maker notes, XMP and whatever else has a format of its own inside of a tag as the bytes that they are. */
    private static final class PlainTags extends ExifTiffHandler {

        PlainTags(Metadata metadata) {
            super(metadata, null, 0);
        }

        @Override
        public boolean customProcessTag(
                int tagOffset,
                Set<Integer> processedOffsets,
                int tiffHeaderOffset,
                RandomAccessReader reader,
                int tagId,
                int byteCount) {
            return false;
        }
    }

    /**
     * Gives out only so many bytes. An honest reader needs each about once; of hostile data thousands of tags each claim
     * the whole as their value, or lead to the same tags again, and a picture of 64 KB becomes hundreds of megabytes.
     */
    private static final class FrugalReader extends ByteArrayReader {

        private static final int TIMES = 8;

        private long left;

        FrugalReader(byte[] tiff) {
            super(tiff);
            this.left = (long) TIMES * tiff.length;
        }

        @Override
        public byte getByte(int index) throws IOException {
            spend(1);
            return super.getByte(index);
        }

        @Override
        public byte[] getBytes(int index, int count) throws IOException {
            spend(count);
            return super.getBytes(index, count);
        }

        private void spend(int count) throws IOException {
            left -= count;
            if (left < 0) {
                throw new IOException("the EXIF data asks for far more than there is of it");
            }
        }
    }
}
