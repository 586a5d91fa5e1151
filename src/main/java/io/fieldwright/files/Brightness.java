package io.fieldwright.files;

import com.google.zxing.LuminanceSource;
import java.awt.image.BufferedImage;

/** A picture in shades of grey, one byte for each pixel, as the reader of codes wants it. */
final class Brightness extends LuminanceSource {

    private final byte[] shades;

    Brightness(BufferedImage picture) {
        this(shades(picture), picture.getWidth(), picture.getHeight());
    }

    private Brightness(byte[] shades, int width, int height) {
        super(width, height);
        this.shades = shades;
    }

    private static byte[] shades(BufferedImage picture) {
        int width = picture.getWidth();
        byte[] shades = new byte[width * picture.getHeight()];
        int[] row = new int[width];
        for (int y = 0; y < picture.getHeight(); y++) {
            picture.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int colour = row[x];
                shades[y * width + x] = (byte)
                        ((306 * (colour >> 16 & 0xFF) + 601 * (colour >> 8 & 0xFF) + 117 * (colour & 0xFF)) >> 10);
            }
        }
        return shades;
    }

    @Override
    public byte[] getRow(int y, byte[] reused) {
        byte[] row = reused == null || reused.length < getWidth() ? new byte[getWidth()] : reused;
        System.arraycopy(shades, y * getWidth(), row, 0, getWidth());
        return row;
    }

    @Override
    public byte[] getMatrix() {
        return shades;
    }

    @Override
    public boolean isCropSupported() {
        return true;
    }

    @Override
    public LuminanceSource crop(int left, int top, int width, int height) {
        byte[] cropped = new byte[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(shades, (top + y) * getWidth() + left, cropped, y * width, width);
        }
        return new Brightness(cropped, width, height);
    }

    @Override
    public boolean isRotateSupported() {
        return true;
    }

    @Override
    public LuminanceSource rotateCounterClockwise() {
        int width = getHeight();
        int height = getWidth();
        byte[] rotated = new byte[shades.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rotated[y * width + x] = shades[x * getWidth() + getWidth() - 1 - y];
            }
        }
        return new Brightness(rotated, width, height);
    }
}
