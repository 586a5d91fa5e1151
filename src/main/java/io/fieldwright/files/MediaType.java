package io.fieldwright.files;

import io.fieldwright.api.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What a file is by what it begins with; whatever is not listed is refused. */
enum MediaType {
    JPEG("image/jpeg", List.of(".jpg", ".jpeg"), 0xFF, 0xD8, 0xFF),
    PNG("image/png", List.of(".png"), 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'),
    PDF("application/pdf", List.of(".pdf"), '%', 'P', 'D', 'F', '-');

    /** How much of a file tells what it is. */
    static final int HEAD = 16;

    /** Where an ISO base media file says which kind it is (ISO/IEC 14496-12). */
    private static final int BRAND = 4;

    private static final Set<String> HEIF_BRANDS =
            Set.of("ftypheic", "ftypheix", "ftyphevc", "ftyphevx", "ftypmif1", "ftypmsf1", "ftypavif");

    private final String type;
    private final List<String> extensions;
    private final byte[] magic;

    MediaType(String type, List<String> extensions, int... magic) {
        this.type = type;
        this.extensions = extensions;
        this.magic = new byte[magic.length];
        for (int index = 0; index < magic.length; index++) {
            this.magic[index] = (byte) magic[index];
        }
    }

    /** @throws Problem 400 naming {@code file} for what is not taken as {@code kind} */
    static MediaType detect(byte[] head, StoredFile.Kind kind) {
        String brand = head.length < BRAND + 8 ? "" : new String(head, BRAND, 8, StandardCharsets.ISO_8859_1);
        if (HEIF_BRANDS.contains(brand)) {
            throw Problem.invalid("file", "is a HEIC or AVIF picture; have the camera save JPEG");
        }
        boolean document = kind == StoredFile.Kind.DOCUMENT;
        return Arrays.stream(values())
                .filter(type -> type.begins(head) && (type.isPicture() || document))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "file", document ? "must be a PDF, a JPEG or a PNG" : "must be a JPEG or a PNG"));
    }

    static MediaType of(String type) {
        return Arrays.stream(values())
                .filter(one -> one.type.equals(type))
                .findFirst()
                .orElseThrow();
    }

    private boolean begins(byte[] head) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    boolean isPicture() {
        return this != PDF;
    }

    String type() {
        return type;
    }

    /** The usual one first. */
    List<String> extensions() {
        return extensions;
    }
}
