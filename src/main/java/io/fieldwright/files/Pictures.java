package io.fieldwright.files;

import io.fieldwright.api.Problem;
import io.fieldwright.files.StoredFile.Kind;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.springframework.stereotype.Component;

/**
 * Reads pictures that may be hostile: the header is judged before anything is decoded, and only a few are decoded at a
 * time, none into more than {@value #DECODED_SIDE} pixels a side.
 */
@Component
class Pictures {

    static final int PICTURE_SIDE = 2048;
    static final int THUMBNAIL_SIDE = 320;

    private static final int DECODED_SIDE = 2 * PICTURE_SIDE;
    private static final int LONGEST_SIDE = 20_000;
    private static final double PICTURE_QUALITY = 0.85;
    private static final double THUMBNAIL_QUALITY = 0.75;

    private final int mostMegapixels;
    private final Semaphore decoding;

    Pictures(FileProperties properties) {
        this.mostMegapixels = properties.mostMegapixels();
        this.decoding = new Semaphore(properties.decodesAtOnce(), true);
    }

    /**
     * Tells what is in a picture, and makes the renditions that are served of it.
     *
     * @throws Problem 400 naming {@code file} for a picture that is too large, broken off or malformed
     */
    Photo read(Path original, MediaType type, Kind kind, Path picture, Path thumbnail) throws IOException {
        decoding.acquireUninterruptibly();
        try {
            PictureHeader header = PictureHeader.read(Files.readAllBytes(original), type);
            header.require(mostMegapixels, LONGEST_SIDE);
            Exif exif = Exif.read(header.exif());
            BufferedImage decoded = decoded(original, type, header);
            BufferedImage upright = upright(within(PICTURE_SIDE, decoded), exif.orientation());
            write(upright, PICTURE_QUALITY, picture);
            BufferedImage small = within(THUMBNAIL_SIDE, upright);
            write(small, THUMBNAIL_QUALITY, thumbnail);
            boolean photo = kind == Kind.PHOTO;
            return new Photo(
                    header.width(),
                    header.height(),
                    exif.orientation(),
                    exif.position(),
                    exif.takenAt(),
                    exif.takenAtOffset(),
                    exif.make(),
                    exif.model(),
                    exif.software(),
                    photo ? PerceptualHash.of(small) : null,
                    photo ? Codes.read(decoded) : List.of());
        } finally {
            decoding.release();
        }
    }

    /** Skips rows and columns of a large picture while it is decoded; metadata is not even looked at. */
    private static BufferedImage decoded(Path original, MediaType type, PictureHeader header) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByMIMEType(type.type()).next();
        try (ImageInputStream content = new FileImageInputStream(original.toFile())) {
            reader.setInput(content, true, true);
            int side = Math.max(header.width(), header.height());
            int step = (side + DECODED_SIDE - 1) / DECODED_SIDE;
            ImageReadParam how = reader.getDefaultReadParam();
            how.setSourceSubsampling(step, step, 0, 0);
            how.setDestinationType(colours(reader.getImageTypes(0)));
            return onWhite(reader.read(0, how));
        } catch (IIOException | IllegalArgumentException | IndexOutOfBoundsException undecodable) {
            throw PictureHeader.malformed();
        } finally {
            reader.dispose();
        }
    }

    /** The usual three colours where the reader can give them, so that a picture's own colour space is left behind. */
    private static ImageTypeSpecifier colours(Iterator<ImageTypeSpecifier> types) {
        ImageTypeSpecifier first = null;
        while (types.hasNext()) {
            ImageTypeSpecifier type = types.next();
            if (type.getBufferedImageType() == BufferedImage.TYPE_3BYTE_BGR) {
                return type;
            }
            first = first == null ? type : first;
        }
        if (first == null) {
            throw PictureHeader.malformed();
        }
        return first;
    }

    private static BufferedImage onWhite(BufferedImage decoded) {
        if (decoded.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            return decoded;
        }
        BufferedImage opaque = new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        var graphics = opaque.createGraphics();
        graphics.drawImage(decoded, 0, 0, Color.WHITE, null);
        graphics.dispose();
        return opaque;
    }

    /** The picture at most so large; itself if it is not larger. */
    static BufferedImage within(int side, BufferedImage picture) {
        if (Math.max(picture.getWidth(), picture.getHeight()) <= side) {
            return picture;
        }
        return drawn(Thumbnails.of(picture).size(side, side));
    }

    /** The picture as a square of this size, whatever becomes of its proportions. */
    static BufferedImage exactly(int side, BufferedImage picture) {
        return drawn(Thumbnails.of(picture).forceSize(side, side));
    }

    private static BufferedImage drawn(Thumbnails.Builder<BufferedImage> resized) {
        try {
            return resized.asBufferedImage();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static BufferedImage upright(BufferedImage picture, int orientation) {
        return orientation == 1
                ? picture
                : ExifFilterUtils.getFilterForOrientation(Orientation.typeOf(orientation))
                        .apply(picture);
    }

    private static void write(BufferedImage picture, double quality, Path target) throws IOException {
        try (OutputStream output = Files.newOutputStream(target)) {
            Thumbnails.of(picture)
                    .scale(1)
                    .outputFormat("jpg")
                    .outputQuality(quality)
                    .toOutputStream(output);
        }
    }
}
