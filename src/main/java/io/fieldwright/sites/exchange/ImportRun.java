package io.fieldwright.sites.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries an import from wherever it stands to its end, one transaction after the other. */
@Component
class ImportRun {

    static final int MOST_ROWS = 1_000_000;

    private static final int BATCH = 1_000;

    private final ImportRecords records;
    private final StagedRows staged;
    private final TransactionTemplate transaction;
    private final ObjectMapper json;
    private final Clock clock;

    ImportRun(
            ImportRecords records, StagedRows staged, TransactionTemplate transaction, ObjectMapper json, Clock clock) {
        this.records = records;
        this.staged = staged;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Works until the import is finished or {@code stopped} says so, which it looks at between two transactions.
     *
     * @throws ClaimLostException when another worker has gone on with it
     */
    void run(Claim claim, BooleanSupplier stopped) {
        Claim now = claim;
        if (now.step() == ImportStep.READING) {
            now = read(now, stopped);
        }
        while (now != null && !stopped.getAsBoolean()) {
            now = switch (now.step()) {
                case READING -> throw new IllegalStateException("reading is over");
                case CHECKING -> check(now);
                case WRITING -> write(now);
                case LINKING -> link(now);
            };
        }
    }

    private @Nullable Claim read(Claim claim, BooleanSupplier stopped) {
        try {
            UploadInputStream upload = new UploadInputStream(records, claim.id());
            RowSource source =
                    switch (claim.format()) {
                        case CSV -> new CsvRows(upload);
                        case GEOJSON -> new GeoJsonRows(upload, json);
                    };
            return read(claim, source, stopped);
        } catch (UnreadableUploadException unreadable) {
            transaction.executeWithoutResult(status -> {
                records.advance(claim, claim.step(), claim.position());
                records.addProblems(claim.id(), unreadable.problems());
                records.finish(
                        claim.id(),
                        SiteImport.State.FAILED,
                        "Nothing could be read: " + unreadable.getMessage(),
                        clock.instant());
            });
            return null;
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private @Nullable Claim read(Claim claim, RowSource source, BooleanSupplier stopped) throws IOException {
        Claim now = claim;
        int rows = 0;
        SourceRow row = source.next();
        while (row != null && row.number() <= claim.position()) {
            rows++;
            row = source.next();
        }
        while (row != null) {
            if (stopped.getAsBoolean()) {
                return null;
            }
            List<SourceRow> batch = new ArrayList<>(BATCH);
            boolean tooMany = false;
            while (row != null && batch.size() < BATCH && !tooMany) {
                rows++;
                tooMany = rows > MOST_ROWS;
                batch.add(tooMany ? SourceRow.unreadable(row.number(), "only " + MOST_ROWS + " rows are read") : row);
                row = tooMany ? null : source.next();
            }
            now = stage(now, batch);
        }
        Claim end = now;
        return transaction.execute(status -> records.advance(end, ImportStep.CHECKING, 0));
    }

    private Claim stage(Claim claim, List<SourceRow> batch) {
        List<StagedRow> sound = new ArrayList<>();
        List<RowProblem> problems = new ArrayList<>();
        Set<Integer> refused = new HashSet<>();
        for (SourceRow row : batch) {
            RowCheck check = new RowCheck(row, json);
            StagedRow checked = check.check();
            if (checked == null) {
                problems.addAll(check.problems());
                refused.add(row.number());
            } else {
                sound.add(checked);
            }
        }
        int last = batch.get(batch.size() - 1).number();
        return transaction.execute(status -> {
            Claim next = records.advance(claim, ImportStep.READING, last);
            staged.stage(claim.id(), sound).forEach((row, first) -> {
                problems.add(new RowProblem(
                        row.number(),
                        Column.CODE.label(),
                        "the code " + row.site().code() + " is already in row " + first));
                refused.add(row.number());
            });
            problems.sort(Comparator.comparingInt(RowProblem::row));
            records.addProblems(claim.id(), problems);
            records.countRead(claim.id(), batch.size(), refused.size());
            return next;
        });
    }

    private @Nullable Claim check(Claim claim) {
        return transaction.execute(status -> {
            Claim next = records.advance(claim, ImportStep.WRITING, 0);
            if (staged.haveParents(claim)) {
                records.countRead(claim.id(), 0, staged.refuseWrongParents(claim));
            }
            int problems = records.problemCount(claim.id());
            if (claim.dryRun()) {
                StagedRows.Effects effects = staged.preview(claim);
                records.countWritten(claim.id(), effects.created(), effects.updated(), effects.unchanged());
                records.finish(claim.id(), SiteImport.State.COMPLETED, null, clock.instant());
                return null;
            }
            if (claim.allOrNothing() && problems > 0) {
                records.finish(
                        claim.id(),
                        SiteImport.State.FAILED,
                        "Nothing was written, as asked for, because rows were refused.",
                        clock.instant());
                return null;
            }
            return next;
        });
    }

    private @Nullable Claim write(Claim claim) {
        return transaction.execute(status -> {
            Integer through = staged.lastOfNext(claim, BATCH);
            if (through != null) {
                Claim next = records.advance(claim, ImportStep.WRITING, through);
                StagedRows.Effects effects = staged.write(claim, through);
                records.countWritten(claim.id(), effects.created(), effects.updated(), effects.unchanged());
                return next;
            }
            Claim next = records.advance(claim, ImportStep.LINKING, 0);
            return staged.haveParents(claim) ? next : finish(next);
        });
    }

    private @Nullable Claim link(Claim claim) {
        return transaction.execute(status -> {
            Integer through = staged.lastOfNext(claim, BATCH);
            if (through == null) {
                records.advance(claim, ImportStep.LINKING, claim.position());
                return finish(claim);
            }
            Claim next = records.advance(claim, ImportStep.LINKING, through);
            staged.link(claim, through);
            return next;
        });
    }

    private @Nullable Claim finish(Claim claim) {
        records.finish(claim.id(), SiteImport.State.COMPLETED, null, clock.instant());
        return null;
    }
}
