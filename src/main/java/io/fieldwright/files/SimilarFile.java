package io.fieldwright.files;

/**
 * An earlier photo that looks like another.
 *
 * @param distance in how many of 64 bits their perceptual hashes differ
 * @param identical whether they are the same byte for byte
 */
public record SimilarFile(StoredFile file, int distance, boolean identical) {}
