package io.fieldwright.files;

/** In which form the content of a file is read. */
public enum Rendition {
    /** Byte for byte as it came. */
    ORIGINAL(""),
    /** A JPEG for looking at: upright, at most {@value Pictures#PICTURE_SIDE} pixels a side, without any metadata. */
    PICTURE(".picture"),
    /** A JPEG for lists: upright, at most {@value Pictures#THUMBNAIL_SIDE} pixels a side, without any metadata. */
    THUMBNAIL(".thumbnail");

    private final String suffix;

    Rendition(String suffix) {
        this.suffix = suffix;
    }

    /** How the storage tells it from the others of one content. */
    String suffix() {
        return suffix;
    }
}
