package io.fieldwright.files;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far an upload in pieces has come.
 *
 * @param id that of the file it becomes
 * @param size announced, in bytes
 * @param received from the beginning without a gap; equal to {@code size} once it is a file, and not before
 * @param expiresAt when it is forgotten unless more arrives; null once it is a file
 */
public record FileUpload(UUID id, long size, long received, @Nullable Instant expiresAt) {

    public boolean complete() {
        return received == size;
    }
}
