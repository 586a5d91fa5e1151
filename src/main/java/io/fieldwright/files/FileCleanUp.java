package io.fieldwright.files;

import io.fieldwright.tenancy.TenantScope;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes what crashes left behind: contents that no file names a day after they were made, and uploads that nobody went
 * on with. Any number of nodes may do so at once.
 */
@Component
class FileCleanUp {

    private static final Logger log = LoggerFactory.getLogger(FileCleanUp.class);

    /** A content gets its row within seconds. */
    private static final Duration ORPHANED = Duration.ofDays(1);

    /** What is older was looked at before. */
    private static final Duration LOOKED_AT = Duration.ofDays(8);

    private static final int BATCH = 1000;

    private final ContentStore contents;
    private final FileRecords files;
    private final UploadRecords uploads;
    private final Clock clock;

    FileCleanUp(ContentStore contents, FileRecords files, UploadRecords uploads, Clock clock) {
        this.contents = contents;
        this.files = files;
        this.uploads = uploads;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void cleanUp() throws IOException {
        Instant now = clock.instant();
        TenantScope.asSystem(() -> uploads.removeExpired(now));
        removeOrphans(now.minus(LOOKED_AT), now.minus(ORPHANED));
    }

    private void removeOrphans(Instant from, Instant until) throws IOException {
        Map<UUID, List<String>> batch = new HashMap<>();
        try (Stream<String> names = contents.names(from, until)) {
            for (String name : (Iterable<String>) names::iterator) {
                ContentNames.contentId(name)
                        .filter(id -> ContentNames.madeAt(id).isBefore(until))
                        .ifPresent(id -> batch.computeIfAbsent(id, unused -> new ArrayList<>())
                                .add(name));
                if (batch.size() == BATCH) {
                    removeOrphans(batch);
                    batch.clear();
                }
            }
        }
        removeOrphans(batch);
    }

    private void removeOrphans(Map<UUID, List<String>> batch) throws IOException {
        Set<UUID> known = TenantScope.asSystem(() -> files.known(batch.keySet()));
        for (Map.Entry<UUID, List<String>> content : batch.entrySet()) {
            for (String name : content.getValue()) {
                if (!known.contains(content.getKey()) || !ContentNames.isComplete(name, content.getKey())) {
                    contents.delete(name);
                    log.info("Removed {}, which no file names", name);
                }
            }
        }
    }
}
