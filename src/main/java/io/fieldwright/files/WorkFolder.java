package io.fieldwright.files;

import io.fieldwright.api.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.util.FileSystemUtils;

/** A temporary folder for one upload, gone when it is closed. */
final class WorkFolder implements AutoCloseable {

    /** Tells the folders of two applications on one machine apart. */
    static final String PREFIX = "fieldwright-files-" + ProcessHandle.current().pid() + "-";

    private static final int BUFFER = 64 * 1024;

    /** What came, and {@code head}, by which its kind is told. */
    record Received(long size, String sha256, byte[] head) {}

    private final Path folder;

    private WorkFolder(Path folder) {
        this.folder = folder;
    }

    static WorkFolder open() throws IOException {
        return new WorkFolder(Files.createTempDirectory(PREFIX));
    }

    Path path(Rendition rendition) {
        return folder.resolve(rendition.name());
    }

    /**
     * Keeps the original on disk while it streams in.
     *
     * @throws Problem 413 as soon as it is larger than {@code largest} bytes, 400 when it is empty
     */
    Received receive(InputStream content, long largest) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream original = Files.newOutputStream(path(Rendition.ORIGINAL))) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > largest) {
                    throw tooLarge(largest);
                }
                digest.update(buffer, 0, read);
                original.write(buffer, 0, read);
            }
        }
        if (size == 0) {
            throw Problem.invalid("file", "is empty");
        }
        return new Received(size, HexFormat.of().formatHex(digest.digest()), head());
    }

    static Problem tooLarge(long largest) {
        return Problem.tooLarge("The file is larger than %d bytes.".formatted(largest));
    }

    private byte[] head() throws IOException {
        try (InputStream original = Files.newInputStream(path(Rendition.ORIGINAL))) {
            return original.readNBytes(MediaType.HEAD);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(folder);
    }
}
