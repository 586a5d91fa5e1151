package io.fieldwright.files;

/**
 * A file that is the same as another, or a photo that looks like it.
 *
 * @param distance in how many of 64 bits their perceptual hashes differ
 * @param identical whether they are the same byte for byte
 */
public record SimilarFile(StoredFile file, int distance, boolean identical) {}
