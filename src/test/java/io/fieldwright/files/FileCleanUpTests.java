package io.fieldwright.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.files.StoredFile.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;

/** What crashes leave behind is removed, and nothing else. */
@FieldwrightTest
class FileCleanUpTests {

    @Autowired
    TestRestTemplate http;

    @Autowired
    Crew crew;

    @Autowired
    io.fieldwright.files.Files files;

    @Autowired
    ContentStore contents;

    @Autowired
    FileRecords records;

    @Autowired
    UploadRecords uploads;

    @Autowired
    RoleHolders people;

    @TempDir
    Path folder;

    String engineer;

    @BeforeEach
    void assemble() {
        crew.assemble();
        engineer = crew.hire(http, crew.vendor(), "asha", "field-engineer").username();
    }

    private void cleanUpAfter(Duration later) throws IOException {
        Clock clock = Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
        new FileCleanUp(contents, records, uploads, clock).cleanUp();
    }

    private String orphan(UUID contentId, String suffix) throws IOException {
        String name = contentId + suffix;
        contents.put(name, Files.writeString(folder.resolve("orphan"), "orphan"));
        return name;
    }

    @Test
    void contentWithoutAFileIsRemovedAfterADay() throws IOException {
        List<String> orphans = new ArrayList<>();
        for (Rendition rendition : Rendition.values()) {
            orphans.add(orphan(UuidCreator.getTimeOrderedEpoch(), rendition.suffix()));
        }
        cleanUpAfter(Duration.ofHours(23));
        for (String orphan : orphans) {
            assertThat(contents.length(orphan)).isEqualTo(6);
        }
        cleanUpAfter(Duration.ofHours(25));
        for (String orphan : orphans) {
            assertThatThrownBy(() -> contents.length(orphan)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void contentOfAFileStays() throws IOException {
        byte[] photo = Images.jpeg(Images.scene(640, 480, 1));
        StoredFile file = people.as(
                engineer, () -> files.store(new NewFile(null, crew.vendor(), Kind.PHOTO, "photo.jpg"), photo));
        String leftOver = orphan(file.contentId(), ".incomplete");
        cleanUpAfter(Duration.ofDays(2));
        assertThatThrownBy(() -> contents.length(leftOver)).isInstanceOf(IOException.class);
        for (Rendition rendition : Rendition.values()) {
            assertThat(people.as(engineer, () -> files.content(file, rendition)).contentLength())
                    .isPositive();
        }
        assertThat(people.as(engineer, () -> files.content(file, Rendition.ORIGINAL))
                        .getContentAsByteArray())
                .isEqualTo(photo);
    }
}
