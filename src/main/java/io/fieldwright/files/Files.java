package io.fieldwright.files;

import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import io.fieldwright.files.WorkFolder.Received;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Files as evidence (requirements, sections 8 and 15). The content is stored first and the row that names it after, so a
 * crash leaves at most a content without a row, which {@link FileCleanUp} removes. Nothing here holds a connection to
 * the database while a file is received or a picture decoded.
 */
@Service
public class Files {

    private final FileRecords records;
    private final ContentStore contents;
    private final Pictures pictures;
    private final ObjectProvider<FileReaders> readers;
    private final FileProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Files(
            FileRecords records,
            ContentStore contents,
            Pictures pictures,
            ObjectProvider<FileReaders> readers,
            FileProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.records = records;
        this.contents = contents;
        this.pictures = pictures;
        this.readers = readers;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Stores what the caller uploads, once: the same content under the same id is the file that is there.
     *
     * @throws Problem 400 for a tenant out of sight, an empty file, and whatever is not of its kind, broken off, malformed or
     *     too large to decode; 413 as soon as it is too long; 409 for an id that another file has
     * @throws IOException when the sender breaks off, or the storage fails; nothing is kept then
     */
    public StoredFile store(NewFile file, InputStream content) throws IOException {
        return store(file, content, null);
    }

    /** As {@link #store(NewFile, InputStream)}, for small contents such as the picture of a signature. */
    public StoredFile store(NewFile file, byte[] content) {
        try {
            return store(file, new ByteArrayInputStream(content), null);
        } catch (IOException storageFailed) {
            throw new UncheckedIOException(storageFailed);
        }
    }

    StoredFile store(NewFile file, InputStream content, @Nullable String announcedSha256) throws IOException {
        requireInSight(file.tenantId());
        try (WorkFolder folder = WorkFolder.open()) {
            Received received = folder.receive(content, properties.largest().toBytes());
            if (announcedSha256 != null && !announcedSha256.equals(received.sha256())) {
                throw Problem.invalid("sha256", "what arrived has another; send it again from the beginning");
            }
            UUID id = file.id() == null ? Identifiers.next() : file.id();
            Optional<StoredFile> before = storedBefore(id, file, received.sha256());
            return before.isPresent() ? before.get() : keep(id, file, received, folder);
        } catch (Problem unfit) {
            throw refused(file, unfit);
        }
    }

    /** Has whatever waits for a file know why it is not taken. That its id is another's says nothing of the file. */
    Problem refused(NewFile file, Problem unfit) {
        if (file.id() != null && unfit.status() != HttpStatus.CONFLICT) {
            events.publishEvent(
                    new FileRefused(file.tenantId(), file.id(), FileName.clean(file.name()), unfit.getMessage()));
        }
        return unfit;
    }

    static void requireInSight(String tenantId) {
        if (!TenantScope.sees(tenantId)) {
            throw Problem.invalid("tenant", "there is no tenant " + tenantId);
        }
    }

    /**
     * The file that is there under this id, if it is this one.
     *
     * @throws Problem 409 when it is another
     */
    Optional<StoredFile> storedBefore(UUID id, NewFile file, String sha256) {
        String caller = SignedInPerson.currentUsername();
        Optional<StoredFile> before = records.find(id).stream()
                .filter(one -> one.uploadedBy().equals(caller) || one.tenantId().equals(file.tenantId()))
                .findFirst();
        boolean another = before.filter(one -> !one.uploadedBy().equals(caller)
                        || !one.tenantId().equals(file.tenantId())
                        || one.kind() != file.kind()
                        || !one.sha256().equals(sha256))
                .isPresent();
        if (another) {
            throw taken(id);
        }
        return before;
    }

    static Problem taken(UUID id) {
        return Problem.conflict("id", "the id " + id + " is that of another file");
    }

    private StoredFile keep(UUID id, NewFile file, Received received, WorkFolder folder) throws IOException {
        MediaType type = MediaType.detect(received.head(), file.kind());
        Photo photo = type.isPicture()
                ? pictures.read(
                        folder.path(Rendition.ORIGINAL),
                        type,
                        file.kind(),
                        folder.path(Rendition.PICTURE),
                        folder.path(Rendition.THUMBNAIL))
                : null;
        StoredFile stored = new StoredFile(
                id,
                file.tenantId(),
                Identifiers.next(),
                file.kind(),
                FileName.clean(file.name()),
                type.type(),
                received.size(),
                received.sha256(),
                SignedInPerson.currentUsername(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                photo);
        for (Rendition rendition : renditions(stored)) {
            contents.put(ContentNames.of(stored.contentId(), rendition), folder.path(rendition));
        }
        return records.add(stored)
                ? stored
                : storedBefore(id, file, received.sha256()).orElseThrow(() -> taken(id));
    }

    private static List<Rendition> renditions(StoredFile file) {
        return file.photo() == null ? List.of(Rendition.ORIGINAL) : List.of(Rendition.values());
    }

    /**
     * A file that the caller may read: who uploaded it, and whomever a module admits that keeps it as evidence.
     *
     * @throws Problem 404 for all others, whether there is such a file or not
     */
    public StoredFile get(UUID id) {
        return records.find(id).stream()
                .filter(this::mayRead)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("file", id));
    }

    private boolean mayRead(StoredFile file) {
        return file.uploadedBy().equals(SignedInPerson.currentUsername())
                || readers.stream().anyMatch(module -> module.admits(file));
    }

    /**
     * A file in sight, for modules that decide themselves who may know of it. An id that two tenants used is that of the
     * file that was there first.
     */
    public Optional<StoredFile> find(UUID id) {
        return records.find(id).stream().findFirst();
    }

    /** A file in sight, for work on the system's behalf, which sees all tenants: an id names a file within one. */
    public Optional<StoredFile> find(String tenantId, UUID id) {
        return records.find(tenantId, id);
    }

    /**
     * For modules that note that they wait for a file: until the transaction ends no file of this id becomes known. Either
     * they find it now, or who makes it known finds what they noted. Whoever needs other locks takes them after this, as they
     * are taken when {@link FileStored} is published; who needs this for several files does so in the order of their ids.
     */
    public void hold(UUID id) {
        records.hold(id);
    }

    Optional<StoredFile> uploadedBy(String person, UUID id) {
        return records.find(id).stream()
                .filter(file -> file.uploadedBy().equals(person))
                .findFirst();
    }

    /**
     * Other files of the same tenant, earlier and later, that are the same as this one or, for photos, look like it; those
     * that are most alike first. All of them, so that none can be hidden behind copies.
     */
    public List<SimilarFile> similar(StoredFile file) {
        return records.similar(file);
    }

    /** As {@link #similar(StoredFile)}; none where the file is out of sight. */
    public List<SimilarFile> similar(UUID id) {
        return find(id).map(this::similar).orElse(List.of());
    }

    /**
     * The content of a file, for callers who were found to be its readers before.
     *
     * @throws Problem 404 for a picture of what is none
     */
    public Resource content(StoredFile file, Rendition rendition) {
        if (!renditions(file).contains(rendition)) {
            throw Problem.notFound("picture of file", file.id());
        }
        String name = ContentNames.of(file.contentId(), rendition);
        try {
            return new StoredContent(
                    contents, name, rendition == Rendition.ORIGINAL ? file.size() : contents.length(name));
        } catch (IOException storageFailed) {
            throw new UncheckedIOException(storageFailed);
        }
    }
}
