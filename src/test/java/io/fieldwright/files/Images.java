package io.fieldwright.files;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.MultiFormatWriter;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures for tests, drawn anew each time and always the same. */
public final class Images {

    private Images() {}

    /** A sky, a ground and some boxes; which ones depends on the seed. */
    public static BufferedImage scene(int width, int height, long seed) {
        BufferedImage scene = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(seed);
        Graphics2D graphics = scene.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, colour(random), random.nextInt(width) + 1, height, colour(random)));
        graphics.fillRect(0, 0, width, height);
        for (int box = 0; box < 12; box++) {
            graphics.setColor(colour(random));
            graphics.fillRect(
                    random.nextInt(width),
                    random.nextInt(height),
                    width / 16 + random.nextInt(width / 3),
                    height / 16 + random.nextInt(height / 3));
        }
        graphics.dispose();
        return scene;
    }

    private static Color colour(Random random) {
        return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    /** A barcode or QR code as it is printed on a label, with its quiet zone. */
    public static BufferedImage label(String text, BarcodeFormat format, int width, int height) {
        try {
            BitMatrix code = new MultiFormatWriter()
                    .encode(text, format, width, height, Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"));
            BufferedImage label = new BufferedImage(code.getWidth(), code.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
            for (int y = 0; y < code.getHeight(); y++) {
                for (int x = 0; x < code.getWidth(); x++) {
                    label.setRGB(x, y, code.get(x, y) ? 0x202020 : 0xF0F0F0);
                }
            }
            return label;
        } catch (WriterException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    public static BufferedImage with(BufferedImage scene, BufferedImage label, int x, int y) {
        Graphics2D graphics = scene.createGraphics();
        graphics.drawImage(label, x, y, null);
        graphics.dispose();
        return scene;
    }

    public static byte[] jpeg(BufferedImage image) {
        return jpeg(image, 0.9f);
    }

    public static byte[] jpeg(BufferedImage image, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** A PNG that claims any size, made of chunks such as {@link #chunk} makes. */
    static byte[] png(int width, int height, byte[]... chunks) {
        return bytes(png -> {
            png.writeLong(0x89504E470D0A1A0AL);
            png.write(chunk("IHDR", bytes(header -> {
                header.writeInt(width);
                header.writeInt(height);
                header.write(new byte[] {8, 2, 0, 0, 0});
            })));
            for (byte[] chunk : chunks) {
                png.write(chunk);
            }
            png.write(chunk("IEND", new byte[0]));
        });
    }

    static byte[] chunk(String type, byte[] content) {
        return bytes(chunk -> {
            byte[] name = type.getBytes(StandardCharsets.US_ASCII);
            CRC32 checksum = new CRC32();
            checksum.update(name);
            checksum.update(content);
            chunk.writeInt(content.length);
            chunk.write(name);
            chunk.write(content);
            chunk.writeInt((int) checksum.getValue());
        });
    }

    /** Zeros without end, as good as: {@code megabytes} of them in a thousandth of the space. */
    static byte[] deflatedZeros(int megabytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes)) {
            byte[] megabyte = new byte[1 << 20];
            for (int written = 0; written < megabytes; written++) {
                deflated.write(megabyte);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Puts a segment of an application right behind the beginning of a JPEG. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        return bytes(file -> {
            file.write(jpeg, 0, 2);
            file.write(0xFF);
            file.write(marker);
            file.writeShort(content.length + 2);
            file.write(content);
            file.write(jpeg, 2, jpeg.length - 2);
        });
    }

    /** The same JPEG with EXIF data. */
    static byte[] withExif(byte[] jpeg, byte[] tiff) {
        return withSegment(jpeg, 0xE1, bytes(segment -> {
            segment.write("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
            segment.write(tiff);
        }));
    }

    /** What a telephone writes: where, when, with what and which side was up. */
    static byte[] tiff(int orientation) {
        return new ExifData()
                .camera("Fairphone", "FP5")
                .orientation(orientation)
                .software("Camera 1.2\u0007")
                .takenAt(LocalDateTime.of(2026, 11, 21, 14, 5, 6), "+05:30")
                .position(18 + 31 / 60.0 + 12 / 3600.0, 73 + 51 / 60.0 + 24 / 3600.0)
                .tiff();
    }

    /** EXIF data with so many tags, each of which has nearly all of it as its value. */
    static byte[] tiffThatClaimsAllOfItself(int tags) {
        return bytes(tiff -> {
            tiff.write("MM".getBytes(StandardCharsets.US_ASCII));
            tiff.writeShort(42);
            tiff.writeInt(8);
            tiff.writeShort(tags);
            for (int tag = 0; tag < tags; tag++) {
                tiff.writeShort(0x1000 + tag);
                tiff.writeShort(7);
                tiff.writeInt(12 * tags - 10);
                tiff.writeInt(8);
            }
            tiff.writeInt(0);
        });
    }

    /** Writes to memory. */
    interface Writing {
        void to(DataOutputStream output) throws IOException;
    }

    static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream output = new DataOutputStream(bytes)) {
            writing.to(output);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
