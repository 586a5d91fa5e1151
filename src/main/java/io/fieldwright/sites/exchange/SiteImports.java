package io.fieldwright.sites.exchange;

import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;

/**
 * Takes uploads of sites and tells how their import goes (requirements, section 5). An upload is stored in pieces, each
 * committed at once, so that a slow sender holds neither memory nor a database connection; the import itself is done in
 * the background and survives the end of the process.
 */
@Service
public class SiteImports {

    private static final int CHUNK = 1_048_576;
    private static final int MOST_CHUNKS = 1_024;

    private final ImportRecords records;
    private final ImportWorker worker;
    private final Clock clock;

    SiteImports(ImportRecords records, ImportWorker worker, Clock clock) {
        this.records = records;
        this.worker = worker;
        this.clock = clock;
    }

    /**
     * Stores an upload and queues its import.
     *
     * @param dryRun finds all problems and counts what would happen, and writes nothing
     * @param allOrNothing writes nothing when any row is refused
     * @throws Problem 400 for an organisation out of sight or more than 1 GiB, 403 for who is limited to some sites
     * @throws IOException when the sender breaks off; nothing is kept then
     */
    public SiteImport receive(
            String organisation, SiteImport.Format format, boolean dryRun, boolean allOrNothing, InputStream upload)
            throws IOException {
        TenantScope.requireAllSites();
        TenantScope.requireOrganisation(organisation);
        UUID id = Identifiers.next();
        records.receive(
                id, organisation, format, dryRun, allOrNothing, SignedInPerson.currentUsername(), clock.instant());
        boolean received = false;
        try {
            store(id, upload);
            records.queue(id);
            received = true;
        } finally {
            if (!received) {
                records.forget(id);
            }
        }
        worker.wake();
        return get(id);
    }

    private void store(UUID id, InputStream upload) throws IOException {
        for (int sequence = 0; ; sequence++) {
            byte[] chunk = upload.readNBytes(CHUNK);
            if (chunk.length == 0) {
                return;
            }
            if (sequence == MOST_CHUNKS) {
                throw Problem.invalid("body", "must not be larger than 1 GiB");
            }
            records.addChunk(id, sequence, chunk);
        }
    }

    /** @throws Problem 404 when it does not exist or is out of sight */
    public SiteImport get(UUID id) {
        return records.find(id)
                .filter(found -> TenantScope.sees(found.organisation()) && TenantScope.visibleSites() == null)
                .orElseThrow(() -> Problem.notFound("site import", id));
    }

    /**
     * The problems that were kept, at most 10,000, in the order they were found.
     *
     * @throws Problem as {@link #get}
     */
    public Page<RowProblem> problems(UUID id, Pageable page) {
        int kept = Math.min(get(id).problems(), ImportRecords.MOST_PROBLEMS);
        return new PageImpl<>(records.problems(id, page.getOffset(), page.getPageSize()), page, kept);
    }
}
