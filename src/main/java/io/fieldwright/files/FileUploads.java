package io.fieldwright.files;

import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import io.fieldwright.files.UploadRecords.Upload;
import io.fieldwright.people.SignedInPerson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Uploads in pieces over networks that break off (after the tus protocol 1.0). Each piece that arrived is committed, so an
 * upload goes on after whatever happened, on any node. The last one is not: it is part of making the file, so an upload
 * that is complete is a file.
 */
@Service
public class FileUploads {

    /** Until a next piece arrives; a site without a network is left within a day. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    /** As much is lost at most when the network breaks off, and is in memory. */
    static final int PIECE = 64 * 1024;

    private static final int MOST_AT_ONCE = 100;

    private final UploadRecords records;
    private final Files files;
    private final FileProperties properties;
    private final Clock clock;

    FileUploads(UploadRecords records, Files files, FileProperties properties, Clock clock) {
        this.records = records;
        this.files = files;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Begins an upload, or goes on with the one that was begun with the same id, size and hash unless it has expired.
     *
     * @param sha256 of the whole content, 64 lower-case hexadecimal digits
     * @throws Problem 400 for a tenant out of sight, 413 for a size that is not taken, 409 for an id that another file has
     *     and for who has too many uploads under way
     */
    public FileUpload start(NewFile file, long size, String sha256) {
        Files.requireInSight(file.tenantId());
        long largest = properties.largest().toBytes();
        if (size > largest) {
            throw files.refused(file, WorkFolder.tooLarge(largest));
        }
        UUID id = file.id() == null ? Identifiers.next() : file.id();
        Optional<FileUpload> before = files.storedBefore(id, file, sha256).map(FileUploads::complete);
        if (before.isPresent()) {
            return before.get();
        }
        Instant now = clock.instant();
        String caller = SignedInPerson.currentUsername();
        records.removeExpired(caller, now);
        if (records.count(caller) >= MOST_AT_ONCE) {
            throw Problem.conflict("id", "there are %d uploads under way; finish some of them".formatted(MOST_AT_ONCE));
        }
        Upload upload = new Upload(
                caller,
                id,
                file.tenantId(),
                file.kind(),
                FileName.clean(file.name()),
                size,
                sha256,
                0,
                now.plus(PATIENCE));
        records.add(upload);
        return records.find(caller, id, now)
                .filter(one -> one.isOf(upload))
                .map(Upload::progress)
                .orElseThrow(() -> Files.taken(id));
    }

    /** @throws Problem 404 for an upload that is unknown, somebody else's, or expired */
    public FileUpload get(UUID id) {
        return find(id).orElseThrow(() -> Problem.notFound("upload", id));
    }

    private Optional<FileUpload> find(UUID id) {
        String caller = SignedInPerson.currentUsername();
        return files.uploadedBy(caller, id)
                .map(FileUploads::complete)
                .or(() -> records.find(caller, id, clock.instant()).map(Upload::progress));
    }

    private static FileUpload complete(StoredFile file) {
        return new FileUpload(file.id(), file.size(), file.size(), null);
    }

    /**
     * Adds what arrives to an upload. What is there already is skipped, so it does no harm to send a piece again.
     *
     * @param offset where in the file {@code content} begins
     * @throws Problem 404 as {@link #get}; 409 when something is missing before {@code offset}, or another request adds to
     *     the upload; 400 for more than was announced or another hash, and as {@link Files#store}: the upload is then over
     * @throws IOException when the sender breaks off; what arrived before is kept
     */
    public FileUpload append(UUID id, long offset, InputStream content) throws IOException {
        String caller = SignedInPerson.currentUsername();
        FileUpload progress = get(id);
        if (offset < 0 || offset > progress.received()) {
            throw Problem.conflict("Upload-Offset", "only %d bytes have arrived".formatted(progress.received()));
        }
        Optional<Upload> found = records.find(caller, id, clock.instant());
        if (progress.complete() || found.isEmpty()) {
            return progress;
        }
        Upload upload = found.get();
        for (long left = upload.received() - offset; left > 0; ) {
            int skipped = content.readNBytes((int) Math.min(left, PIECE)).length;
            if (skipped == 0) {
                return progress;
            }
            left -= skipped;
        }
        long received = upload.received();
        for (byte[] piece = content.readNBytes(PIECE); piece.length > 0; piece = content.readNBytes(PIECE)) {
            long after = received + piece.length;
            if (after > upload.size() || after == upload.size() && content.read() >= 0) {
                throw Problem.invalid("body", "is longer than the %d bytes announced".formatted(upload.size()));
            }
            if (after == upload.size()) {
                return finish(upload, piece);
            }
            if (!records.append(upload, received, piece, clock.instant().plus(PATIENCE))) {
                throw Problem.conflict("Upload-Offset", "another request adds to this upload; ask how far it is");
            }
            received = after;
        }
        return get(id);
    }

    private FileUpload finish(Upload upload, byte[] last) throws IOException {
        NewFile file = new NewFile(upload.id(), upload.tenantId(), upload.kind(), upload.name());
        Iterator<Long> starts = records.starts(upload).iterator();
        Enumeration<InputStream> pieces = new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return starts.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return new ByteArrayInputStream(records.piece(upload, starts.next()));
            }
        };
        InputStream content = new SequenceInputStream(new SequenceInputStream(pieces), new ByteArrayInputStream(last));
        try {
            StoredFile stored = files.store(file, content, upload.sha256());
            records.remove(upload);
            return complete(stored);
        } catch (Problem unfit) {
            records.remove(upload);
            throw unfit;
        }
    }
}
