package io.fieldwright.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * All that one server keeps on disk, readable by its owner only. The major version is in its name because a newer
 * PostgreSQL cannot open the files of an older one. Whatever takes time to build is built beside its place and then moved
 * there, so that a start that was cut off leaves nothing half done.
 */
record ServerDirectory(Path home) {

    private static final String VERSION = "postgresql-17";
    private static final String UNFINISHED = "unfinished-";

    /** A disposable server has a directory of its own, so that no setting can make a test empty the durable one. */
    static ServerDirectory of(DatabaseProperties properties) {
        Path home = properties.directory().resolve(properties.disposable() ? VERSION + "-disposable" : VERSION);
        try {
            Files.createDirectories(properties.directory());
            if (!Files.isDirectory(home)) {
                Files.createDirectory(
                        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return new ServerDirectory(home.toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            throw new DatabaseUnavailableException(
                    "The folder %s for the embedded PostgreSQL cannot be created (%s)."
                            .formatted(home.toAbsolutePath(), e),
                    "Make its parent writable, or set fieldwright.database.directory to another folder.");
        }
    }

    /** PostgreSQL's own data directory. */
    Path cluster() {
        return home.resolve("cluster");
    }

    Path lock() {
        return home.resolve("lock");
    }

    Path log() {
        return home.resolve("server.log");
    }

    Path passwordFile() {
        return home.resolve("password");
    }

    /** The password of every role; made up on first use. */
    String password() {
        try {
            if (Files.notExists(passwordFile())) {
                byte[] secret = new byte[24];
                new SecureRandom().nextBytes(secret);
                Path unfinished = Files.createTempFile(home, UNFINISHED, null);
                Files.writeString(unfinished, HexFormat.of().formatHex(secret));
                Files.move(unfinished, passwordFile());
            }
            return Files.readString(passwordFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path createUnfinished() {
        try {
            return Files.createTempDirectory(home, UNFINISHED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteUnfinished() {
        try (Stream<Path> entries = Files.list(home)) {
            List<Path> unfinished = entries.filter(
                            entry -> entry.getFileName().toString().startsWith(UNFINISHED))
                    .toList();
            for (Path entry : unfinished) {
                FileSystemUtils.deleteRecursively(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
