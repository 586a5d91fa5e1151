package io.fieldwright.files;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** What a camera writes into a photo (Exif 2.32): nothing but what it is told. */
public final class ExifData {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss");

    private final List<byte[]> main = new ArrayList<>();
    private final List<byte[]> details = new ArrayList<>();
    private final List<byte[]> gps = new ArrayList<>();

    public ExifData camera(String make, String model) {
        main.add(text(0x010F, make));
        main.add(text(0x0110, model));
        return this;
    }

    ExifData orientation(int orientation) {
        main.add(entry(0x0112, 3, 1, Images.bytes(value -> value.writeShort(orientation))));
        return this;
    }

    ExifData software(String software) {
        main.add(text(0x0131, software));
        return this;
    }

    /** By a clock that does not say in which time zone it is. */
    public ExifData takenAt(LocalDateTime time) {
        details.add(text(0x9003, TIME.format(time)));
        return this;
    }

    public ExifData takenAt(LocalDateTime time, String offset) {
        takenAt(time);
        details.add(text(0x9011, offset));
        return this;
    }

    /** In degrees, which are written to a hundredth of a second: 0.3 m. */
    public ExifData position(double latitude, double longitude) {
        gps.add(text(1, latitude < 0 ? "S" : "N"));
        gps.add(degrees(2, latitude));
        gps.add(text(3, longitude < 0 ? "W" : "E"));
        gps.add(degrees(4, longitude));
        return this;
    }

    /** The same JPEG with this EXIF data. */
    public byte[] in(byte[] jpeg) {
        return Images.withExif(jpeg, tiff());
    }

    /** Directories one after the other; the first has pointers to the others. */
    byte[] tiff() {
        List<byte[]> first = new ArrayList<>(main);
        List<List<byte[]>> directories = new ArrayList<>(List.of(first));
        if (!details.isEmpty()) {
            first.add(pointer(0x8769));
            directories.add(details);
        }
        if (!gps.isEmpty()) {
            first.add(pointer(0x8825));
            directories.add(gps);
        }
        return directories(directories);
    }

    private static byte[] text(int tag, String text) {
        byte[] characters = (text + '\0').getBytes(StandardCharsets.US_ASCII);
        return entry(tag, 2, characters.length, characters);
    }

    private static byte[] degrees(int tag, double degrees) {
        int hundredthsOfSeconds = (int) Math.round(Math.abs(degrees) * 360_000);
        return entry(tag, 5, 3, Images.bytes(value -> {
            for (int number : new int[] {
                hundredthsOfSeconds / 360_000, 1, hundredthsOfSeconds / 6_000 % 60, 1, hundredthsOfSeconds % 6_000, 100
            }) {
                value.writeInt(number);
            }
        }));
    }

    private static byte[] pointer(int tag) {
        return entry(tag, 4, 1, null);
    }

    private static byte[] entry(int tag, int type, int count, byte[] value) {
        return Images.bytes(entry -> {
            entry.writeShort(tag);
            entry.writeShort(type);
            entry.writeInt(count);
            if (value != null) {
                entry.write(value);
            }
        });
    }

    /** Lays out directories one after the other; the pointers of the first lead to the others in their order. */
    private static byte[] directories(List<List<byte[]>> directories) {
        List<Integer> starts = new ArrayList<>();
        int end = 8;
        for (List<byte[]> directory : directories) {
            starts.add(end);
            end += 2 + 12 * directory.size() + 4;
        }
        int values = end;
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int next = 1;
        byte[] laidOut = null;
        ByteArrayOutputStream tables = new ByteArrayOutputStream();
        try (DataOutputStream table = new DataOutputStream(tables)) {
            table.write("MM".getBytes(StandardCharsets.US_ASCII));
            table.writeShort(42);
            table.writeInt(8);
            for (List<byte[]> directory : directories) {
                table.writeShort(directory.size());
                for (byte[] entry : directory) {
                    table.write(entry, 0, 8);
                    int length = entry.length - 8;
                    if (length == 0) {
                        table.writeInt(starts.get(next++));
                    } else if (length <= 4) {
                        table.write(entry, 8, length);
                        table.write(new byte[4 - length]);
                    } else {
                        table.writeInt(values + data.size());
                        data.write(entry, 8, length);
                    }
                }
                table.writeInt(0);
            }
            table.write(data.toByteArray());
            laidOut = tables.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return laidOut;
    }
}
