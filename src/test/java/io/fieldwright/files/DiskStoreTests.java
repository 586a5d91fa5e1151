package io.fieldwright.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiskStoreTests extends ContentStoreTest {

    @Override
    ContentStore store() {
        return new DiskStore(folder.resolve("contents"));
    }

    @Test
    void storageThatHasNothingListsNothing() throws IOException {
        try (Stream<String> names = store().names(Instant.EPOCH, Instant.now())) {
            assertThat(names).isEmpty();
        }
    }

    @Test
    void namesAreFetchedWhileTheyAreRead() throws IOException {
        Instant now = Instant.now();
        Instant before = now.minus(Duration.ofDays(1));
        String first = put(before);
        put(now);
        try (Stream<String> names = store().names(before, now)) {
            Iterator<String> read = names.iterator();
            assertThat(read.next()).isEqualTo(first);
            String added = put(now);
            assertThat(read).toIterable().contains(added);
        }
    }

    private String put(Instant made) throws IOException {
        String name = ContentNames.of(UuidCreator.getTimeOrderedEpoch(made), Rendition.ORIGINAL);
        store().put(name, Files.writeString(folder.resolve("content"), "content"));
        return name;
    }

    @Test
    void contentThatIsNotCompleteCannotBeReadAndIsListed() throws IOException {
        Instant then = Instant.now().minus(Duration.ofDays(2));
        String name = ContentNames.of(UuidCreator.getTimeOrderedEpoch(then), Rendition.ORIGINAL);
        Path contents = folder.resolve("contents").resolve(ContentNames.period(name));
        Files.createDirectories(contents);
        Files.writeString(contents.resolve(name + ".incomplete"), "half");
        try (Stream<String> names = store().names(then, then)) {
            assertThat(names).containsExactly(name + ".incomplete");
        }
        Path whole = Files.writeString(folder.resolve("whole"), "whole");
        store().put(name, whole);
        try (Stream<Path> kept = Files.list(contents)) {
            assertThat(kept).containsExactly(contents.resolve(name));
        }
    }
}
