package io.fieldwright.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Contents in a folder, those made within about four hours together in a folder of their own. */
class DiskStore implements ContentStore {

    private static final String INCOMPLETE = ".incomplete";

    private final Path root;

    DiskStore(Path root) {
        this.root = root;
    }

    @Override
    public void put(String name, Path content) throws IOException {
        Path target = path(name);
        makeFolder(target.getParent());
        Path incomplete = path(name + INCOMPLETE);
        Files.copy(content, incomplete, StandardCopyOption.REPLACE_EXISTING);
        force(incomplete, StandardOpenOption.WRITE);
        Files.move(incomplete, target, StandardCopyOption.ATOMIC_MOVE);
        force(target.getParent(), StandardOpenOption.READ);
    }

    private void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(root);
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            return;
        }
        force(root, StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    @Override
    public long length(String name) throws IOException {
        return Files.size(path(name));
    }

    @Override
    public InputStream open(String name, long offset) throws IOException {
        FileChannel channel = FileChannel.open(path(name), StandardOpenOption.READ);
        try {
            return Channels.newInputStream(channel.position(offset));
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path(name));
    }

    @Override
    public Stream<String> names(Instant from, Instant until) {
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        String first = ContentNames.period(from);
        String last = ContentNames.period(until);
        List<String> periods;
        try (Stream<String> all = names(root)) {
            periods = all.filter(period -> period.compareTo(first) >= 0 && period.compareTo(last) <= 0)
                    .sorted()
                    .toList();
        }
        return periods.stream().map(root::resolve).filter(Files::isDirectory).flatMap(DiskStore::names);
    }

    private static Stream<String> names(Path folder) {
        try {
            return Files.list(folder).map(path -> path.getFileName().toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path path(String name) {
        return root.resolve(ContentNames.period(name)).resolve(name);
    }
}
