package io.fieldwright.files;

import io.fieldwright.api.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a picture says of itself before anything of it is decoded: how large it is, and whether it is whole. Nothing is
 * unpacked here, so a hostile picture costs no more than its own bytes.
 *
 * @param exif the EXIF data (TIFF), empty where there is none
 */
record PictureHeader(int width, int height, byte[] exif) {

    /**
     * A progressive JPEG is drawn over itself in some ten scans; a hostile one has hundreds of thousands, each of them a
     * few bytes that take a pass over the whole picture.
     */
    private static final int MOST_SCANS = 100;

    private static final byte[] NONE = {};
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    /** @throws Problem 400 naming {@code file} for a picture that is broken off or malformed */
    static PictureHeader read(byte[] content, MediaType type) {
        return type == MediaType.JPEG ? new Jpeg(content).read() : png(ByteBuffer.wrap(content));
    }

    /** @throws Problem 400 naming {@code file} for a picture that takes too much to decode */
    PictureHeader require(int mostMegapixels, int longestSide) {
        if (width < 1 || height < 1) {
            throw malformed();
        }
        if (width > longestSide || height > longestSide || (long) width * height > mostMegapixels * 1_000_000L) {
            throw Problem.invalid(
                    "file",
                    "has %d × %d pixels; at most %d megapixels and %d a side are taken"
                            .formatted(width, height, mostMegapixels, longestSide));
        }
        return this;
    }

    static Problem malformed() {
        return Problem.invalid("file", "is not a well-formed picture");
    }

    private static Problem brokenOff() {
        return Problem.invalid("file", "ends in the middle of the picture; send it again");
    }

    /** ISO/IEC 15948: chunks of length, type, data and checksum, IHDR first and IEND last. */
    private static PictureHeader png(ByteBuffer content) {
        int width = 0;
        int height = 0;
        int position = 8;
        boolean first = true;
        while (content.capacity() - position >= 12) {
            int length = content.getInt(position);
            int type = content.getInt(position + 4);
            if (length < 0 || length > content.capacity() - position - 12) {
                throw brokenOff();
            }
            if (first != (type == chunk("IHDR")) || first && length != 13) {
                throw malformed();
            }
            if (first) {
                width = content.getInt(position + 8);
                height = content.getInt(position + 12);
                first = false;
            } else if (type == chunk("IEND")) {
                return new PictureHeader(width, height, NONE);
            }
            position += length + 12;
        }
        throw brokenOff();
    }

    private static int chunk(String type) {
        return ByteBuffer.wrap(type.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    /** ITU-T T.81, annex B: segments that begin with a marker, and coded data after the beginning of each scan. */
    private static final class Jpeg {

        private static final int START_OF_SCAN = 0xDA;
        private static final int END_OF_IMAGE = 0xD9;
        private static final int APPLICATION_1 = 0xE1;

        private final byte[] content;
        private int position = 2;
        private int width;
        private int height;
        private byte[] exif = NONE;
        private int scans;

        Jpeg(byte[] content) {
            this.content = content;
        }

        PictureHeader read() {
            for (int marker = marker(); marker != END_OF_IMAGE; marker = marker()) {
                segment(marker);
                if (marker == START_OF_SCAN) {
                    if (++scans > MOST_SCANS) {
                        throw Problem.invalid("file", "has more than %d scans".formatted(MOST_SCANS));
                    }
                    skipCodedData();
                }
            }
            if (scans == 0) {
                throw malformed();
            }
            return new PictureHeader(width, height, exif);
        }

        private int marker() {
            if (at(position) != 0xFF) {
                throw malformed();
            }
            while (at(position) == 0xFF) {
                position++;
            }
            return at(position++);
        }

        private void segment(int marker) {
            int length = at(position) << 8 | at(position + 1);
            if (length < 2) {
                throw malformed();
            }
            at(position + length - 1);
            if (isFrame(marker)) {
                height = at(position + 3) << 8 | at(position + 4);
                width = at(position + 5) << 8 | at(position + 6);
            } else if (marker == APPLICATION_1 && exif.length == 0 && startsWithExif(length)) {
                exif = Arrays.copyOfRange(content, position + 2 + EXIF.length, position + length);
            }
            position += length;
        }

        /** SOF0 to SOF15, among which are three markers for something else. */
        private static boolean isFrame(int marker) {
            return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        }

        private boolean startsWithExif(int length) {
            return length >= 2 + EXIF.length
                    && Arrays.equals(content, position + 2, position + 2 + EXIF.length, EXIF, 0, EXIF.length);
        }

        /** Up to the next marker; 0xFF in the data is followed by a zero, and restart markers are part of it. */
        private void skipCodedData() {
            while (at(position) != 0xFF || isCodedData(at(position + 1))) {
                position++;
            }
        }

        private static boolean isCodedData(int afterFf) {
            return afterFf == 0 || afterFf >= 0xD0 && afterFf <= 0xD7;
        }

        private int at(int index) {
            if (index >= content.length) {
                throw brokenOff();
            }
            return content[index] & 0xFF;
        }
    }
}
