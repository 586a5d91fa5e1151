package io.fieldwright.files;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file; it never changes.
 *
 * @param id names the file within its tenant; devices make it
 * @param contentId names its content in the storage
 * @param name what the uploader called it, without paths and unprintable characters; for display only
 * @param mediaType by what the content begins with, never by what was claimed
 * @param sha256 of the content as it came, 64 hexadecimal digits
 * @param photo what is known of a picture; null for other documents
 */
public record StoredFile(
        UUID id,
        String tenantId,
        UUID contentId,
        Kind kind,
        String name,
        String mediaType,
        long size,
        String sha256,
        String uploadedBy,
        Instant uploadedAt,
        @Nullable Photo photo) {

    /** What a file is meant to be. Only a document may be anything but a picture. */
    public enum Kind {
        PHOTO,
        SIGNATURE,
        DOCUMENT
    }

    /** What it is called where it is saved: it ends as its content asks for, whatever its name says. */
    public String downloadName() {
        List<String> extensions = MediaType.of(mediaType).extensions();
        String lower = name.toLowerCase(Locale.ROOT);
        return extensions.stream().anyMatch(lower::endsWith) ? name : name + extensions.get(0);
    }
}
