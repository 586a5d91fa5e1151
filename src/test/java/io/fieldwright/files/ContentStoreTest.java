package io.fieldwright.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every storage does. */
abstract class ContentStoreTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    abstract ContentStore store();

    private final byte[] content = new byte[300_000];

    ContentStoreTest() {
        new Random(1).nextBytes(content);
    }

    private String put(Instant at, Rendition rendition) throws IOException {
        return put(UuidCreator.getTimeOrderedEpoch(at), rendition);
    }

    private String put(UUID id, Rendition rendition) throws IOException {
        String name = ContentNames.of(id, rendition);
        Path file = Files.write(folder.resolve("content"), content);
        store().put(name, file);
        return name;
    }

    @Test
    void contentIsReadAsItWasPut() throws IOException {
        String name = put(NOON, Rendition.ORIGINAL);
        assertThat(store().length(name)).isEqualTo(content.length);
        try (InputStream all = store().open(name, 0);
                InputStream end = store().open(name, 299_000)) {
            assertThat(all.readAllBytes()).isEqualTo(content);
            assertThat(end.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 299_000, 300_000));
        }
    }

    @Test
    void readingMayEndEarly() throws IOException {
        String name = put(NOON, Rendition.ORIGINAL);
        for (int time = 0; time < 60; time++) {
            try (InputStream start = store().open(name, 10)) {
                assertThat(start.readNBytes(20)).isEqualTo(Arrays.copyOfRange(content, 10, 30));
            }
        }
    }

    @Test
    void renditionsAreKeptApart() throws IOException {
        UUID id = UuidCreator.getTimeOrderedEpoch(NOON);
        String original = put(id, Rendition.ORIGINAL);
        String picture = put(id, Rendition.PICTURE);
        store().delete(original);
        assertThat(store().length(picture)).isEqualTo(content.length);
        assertThatThrownBy(() -> store().length(original)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store().open(original, 0)).isInstanceOf(IOException.class);
    }

    @Test
    void deletingWhatIsNotThereDoesNothing() throws IOException {
        store().delete(ContentNames.of(UuidCreator.getTimeOrderedEpoch(NOON), Rendition.ORIGINAL));
    }

    @Test
    void contentsAreListedByTheTimeTheyWereMade() throws IOException {
        String lastYear = put(NOON.minus(Duration.ofDays(365)), Rendition.ORIGINAL);
        String yesterday = put(NOON.minus(Duration.ofDays(1)), Rendition.ORIGINAL);
        String now = put(NOON, Rendition.THUMBNAIL);
        try (Stream<String> names = store().names(NOON.minus(Duration.ofDays(3)), NOON.minus(Duration.ofHours(12)))) {
            assertThat(names).contains(yesterday).doesNotContain(lastYear, now);
        }
    }
}
