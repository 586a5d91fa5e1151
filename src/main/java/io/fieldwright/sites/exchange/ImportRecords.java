package io.fieldwright.sites.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The imports, their uploads and problems in the database. */
@Component
@Transactional
class ImportRecords {

    /** More problems than these are counted and not kept. */
    static final int MOST_PROBLEMS = 10_000;

    private static final String CLAIM_DURATION = "interval '15 seconds'";

    private static final String CLAIM =
            """
            update site_import set state = 'RUNNING', claimed_until = clock_timestamp() + %s
            where id = (
              select id from site_import
              where state = 'QUEUED' or state = 'RUNNING' and claimed_until < clock_timestamp()
              order by id
              for update skip locked
              limit 1)
            returning id, tenant_id, format, dry_run, all_or_nothing, step, position
            """
                    .formatted(CLAIM_DURATION);

    private static final String ADVANCE =
            """
            update site_import set step = :nextStep, position = :nextPosition, claimed_until = clock_timestamp() + %s
            where id = :id and state = 'RUNNING' and step = :step and position = :position
            """
                    .formatted(CLAIM_DURATION);

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    ImportRecords(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    void receive(
            UUID id,
            String organisation,
            SiteImport.Format format,
            boolean dryRun,
            boolean allOrNothing,
            String requestedBy,
            Instant requestedAt) {
        jdbc.sql(
                        """
                        insert into site_import values (
                          :id, :organisation, :format, :dryRun, :allOrNothing, 'RECEIVING', 'READING',
                          0, 0, 0, 0, 0, 0, 0, null, :requestedBy, :requestedAt, null, null)
                        """)
                .param("id", id)
                .param("organisation", organisation)
                .param("format", format.name())
                .param("dryRun", dryRun)
                .param("allOrNothing", allOrNothing)
                .param("requestedBy", requestedBy)
                .param("requestedAt", OffsetDateTime.ofInstant(requestedAt, ZoneOffset.UTC))
                .update();
    }

    void addChunk(UUID id, int sequence, byte[] content) {
        template.update("insert into site_import_chunk values (?, ?, ?)", id, sequence, content);
    }

    byte @Nullable [] chunk(UUID id, int sequence) {
        List<byte[]> found = template.queryForList(
                "select content from site_import_chunk where import_id = ? and sequence = ?",
                byte[].class,
                id,
                sequence);
        return found.isEmpty() ? null : found.get(0);
    }

    void queue(UUID id) {
        template.update("update site_import set state = 'QUEUED' where id = ? and state = 'RECEIVING'", id);
    }

    void forget(UUID id) {
        template.update("delete from site_import where id = ? and state = 'RECEIVING'", id);
    }

    /** Drops uploads that ended in the middle, with the process that received them. */
    void forgetAbandoned(Instant before) {
        template.update(
                "delete from site_import where state = 'RECEIVING' and requested_at < ?",
                OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
    }

    /** Takes an import that waits, or one whose worker has not been heard of for a while. */
    Optional<Claim> claim() {
        return jdbc.sql(CLAIM)
                .query((row, number) -> new Claim(
                        row.getObject("id", UUID.class),
                        row.getString("tenant_id"),
                        SiteImport.Format.valueOf(row.getString("format")),
                        row.getBoolean("dry_run"),
                        row.getBoolean("all_or_nothing"),
                        ImportStep.valueOf(row.getString("step")),
                        row.getInt("position")))
                .optional();
    }

    /** Gives an import back so that whoever starts next goes on with it at once. */
    void release(UUID id) {
        template.update("update site_import set claimed_until = '-infinity' where id = ? and state = 'RUNNING'", id);
    }

    /**
     * Commits to the next position, in the transaction that does the work up to there.
     *
     * @throws ClaimLostException when the import is not where {@code claim} says
     */
    Claim advance(Claim claim, ImportStep nextStep, int nextPosition) {
        int advanced = jdbc.sql(ADVANCE)
                .param("nextStep", nextStep.name())
                .param("nextPosition", nextPosition)
                .param("id", claim.id())
                .param("step", claim.step().name())
                .param("position", claim.position())
                .update();
        if (advanced == 0) {
            throw new ClaimLostException();
        }
        return claim.at(nextStep, nextPosition);
    }

    void countRead(UUID id, int read, int refused) {
        template.update(
                "update site_import set rows_read = rows_read + ?, rows_refused = rows_refused + ? where id = ?",
                read,
                refused,
                id);
    }

    void countWritten(UUID id, int created, int updated, int unchanged) {
        template.update(
                """
                update site_import set rows_created = rows_created + ?, rows_updated = rows_updated + ?,
                  rows_unchanged = rows_unchanged + ?
                where id = ?
                """,
                created,
                updated,
                unchanged,
                id);
    }

    /** Keeps the problems as long as there is room, and counts them all. */
    void addProblems(UUID id, List<RowProblem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        int before = problemCount(id);
        List<RowProblem> kept = problems.subList(0, Math.min(problems.size(), Math.max(0, MOST_PROBLEMS - before)));
        template.batchUpdate(
                "insert into site_import_problem values (?, ?, ?, ?, ?)",
                IntStream.range(0, kept.size())
                        .mapToObj(index -> new Object[] {
                            id,
                            before + index,
                            kept.get(index).row(),
                            kept.get(index).column(),
                            kept.get(index).reason()
                        })
                        .toList());
        countProblems(id, problems.size());
    }

    int problemCount(UUID id) {
        return jdbc.sql("select problem_count from site_import where id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    void countProblems(UUID id, int problems) {
        template.update("update site_import set problem_count = problem_count + ? where id = ?", problems, id);
    }

    /** Ends an import; the upload and what was staged of it are no longer needed. */
    void finish(UUID id, SiteImport.State state, @Nullable String failure, Instant at) {
        template.update(
                """
                update site_import set state = ?, failure = ?, finished_at = ?, claimed_until = null
                where id = ? and state = 'RUNNING'
                """,
                state.name(),
                failure,
                OffsetDateTime.ofInstant(at, ZoneOffset.UTC),
                id);
        template.update("delete from site_import_row where import_id = ?", id);
        template.update("delete from site_import_chunk where import_id = ?", id);
    }

    Optional<SiteImport> find(UUID id) {
        return jdbc.sql("select * from site_import where id = :id and state <> 'RECEIVING'")
                .param("id", id)
                .query(ImportRecords::siteImport)
                .optional();
    }

    private static SiteImport siteImport(ResultSet row, int number) throws SQLException {
        OffsetDateTime finishedAt = row.getObject("finished_at", OffsetDateTime.class);
        return new SiteImport(
                row.getObject("id", UUID.class),
                row.getString("tenant_id"),
                SiteImport.Format.valueOf(row.getString("format")),
                row.getBoolean("dry_run"),
                row.getBoolean("all_or_nothing"),
                SiteImport.State.valueOf(row.getString("state")),
                row.getInt("rows_read"),
                row.getInt("rows_created"),
                row.getInt("rows_updated"),
                row.getInt("rows_unchanged"),
                row.getInt("rows_refused"),
                row.getInt("problem_count"),
                row.getString("failure"),
                row.getString("requested_by"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                finishedAt == null ? null : finishedAt.toInstant());
    }

    List<RowProblem> problems(UUID id, long offset, int limit) {
        return jdbc.sql(
                        """
                        select row_number, column_name, reason from site_import_problem
                        where import_id = :id and sequence >= :offset order by sequence limit :limit
                        """)
                .param("id", id)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, number) ->
                        new RowProblem(row.getInt("row_number"), row.getString("column_name"), row.getString("reason")))
                .list();
    }
}
