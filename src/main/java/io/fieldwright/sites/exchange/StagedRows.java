package io.fieldwright.sites.exchange;

import io.fieldwright.sites.Boundary;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The sound rows of an import between reading and writing, and the statements that turn them into sites. */
@Component
@Transactional
class StagedRows {

    record Effects(int created, int updated, int unchanged) {}

    private static final String STAGE =
            """
            insert into site_import_row
            select ?, * from unnest(?::int[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
              ?::float8[], ?::float8[], ?::boolean[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[],
              ?::text[], ?::jsonb[])
            on conflict (import_id, code) do nothing
            returning row_number
            """;

    /**
     * Each row beside the site it will be; what the file does not say stays as it is. A new site gets a parent that
     * exists. An old one keeps its parent or, when that changes, has none until the linking: on the way from one sound
     * hierarchy to the other nothing may close a circle. The limits have each site looked up by its code: as joins, they are
     * comparisons of each row with all sites wherever the database believes that the organisation still has next to none.
     */
    private static final String MERGED =
            """
            select m.*, m.existing is not null and
              (m.name, m.kind, m.address, m.latitude, m.longitude, m.active, m.needs_permit, m.access_contact, m.access_key,
               m.hazards, m.protective_equipment, m.boundary, m.parent)
              is distinct from
              (s.name, s.kind, s.address, s.latitude, s.longitude, s.active, s.needs_permit, s.access_contact, s.access_key,
               s.hazards, s.protective_equipment, s.boundary, m.present_parent) as changed,
              case when m.existing is null then m.known_parent_id
                when m.parent is not distinct from m.present_parent then s.parent_id end as safe_parent_id
            from (
              select s.id as existing, r.site_id, r.code, r.name, r.kind,
                coalesce(r.address, s.address) as address, r.latitude, r.longitude,
                coalesce(r.active, s.active, true) as active,
                coalesce(r.needs_permit, s.needs_permit, false) as needs_permit,
                coalesce(r.access_contact, s.access_contact) as access_contact,
                coalesce(r.access_key, s.access_key) as access_key,
                coalesce(r.hazards, s.hazards) as hazards,
                coalesce(r.protective_equipment, s.protective_equipment) as protective_equipment,
                coalesce(r.boundary_kind, s.boundary_kind) as boundary_kind,
                coalesce(r.boundary, s.boundary) as boundary,
                coalesce(r.parent, p.code) as parent, p.code as present_parent, q.id as known_parent_id
              from site_import_row r
              left join lateral (select * from site where tenant_id = :organisation and code = r.code limit 1) s on true
              left join site p on p.id = s.parent_id
              left join lateral (select id from site where tenant_id = :organisation and code = r.parent limit 1) q on true
              where r.import_id = :id and r.row_number > :after and r.row_number <= :through) m
            left join site s on s.id = m.existing
            """;

    private static final String COUNT =
            """
            select count(*) filter (where existing is null) as created, count(*) filter (where changed) as updated,
              count(*) filter (where existing is not null and not changed) as unchanged
            from merged
            """;

    private static final String WRITE =
            """
            with merged as materialized (%s), written as (
              insert into site (id, version, tenant_id, code, name, kind, address, latitude, longitude, active, needs_permit,
                access_contact, access_key, hazards, protective_equipment, boundary_kind, boundary, parent_id)
              select site_id, 0, :organisation, code, name, kind, address, latitude, longitude, active, needs_permit,
                access_contact, access_key, hazards, protective_equipment, boundary_kind, boundary, safe_parent_id
              from merged where existing is null or changed
              on conflict (tenant_id, code) do update set version = site.version + 1,
                name = excluded.name, kind = excluded.kind, address = excluded.address, latitude = excluded.latitude,
                longitude = excluded.longitude, active = excluded.active, needs_permit = excluded.needs_permit,
                access_contact = excluded.access_contact, access_key = excluded.access_key, hazards = excluded.hazards,
                protective_equipment = excluded.protective_equipment, boundary_kind = excluded.boundary_kind,
                boundary = excluded.boundary, parent_id = excluded.parent_id)
            %s
            """
                    .formatted(MERGED, COUNT);

    private static final String LINK =
            """
            update site s set parent_id = p.id, version = s.version + 1
            from site_import_row r join site p on p.tenant_id = :organisation and p.code = r.parent
            where r.import_id = :id and r.row_number > :after and r.row_number <= :through
              and s.tenant_id = :organisation and s.code = r.code and s.parent_id is distinct from p.id
            """;

    private static final String REFUSE =
            """
            , kept as (
              insert into site_import_problem
              select :id, :count + row_number() over (order by refused.row_number) - 1, refused.row_number, 'parent',
                refused.reason
              from refused order by refused.row_number limit :room)
            select count(*) from refused
            """;

    private static final String REFUSE_UNKNOWN_PARENTS =
            """
            with refused as (
              delete from site_import_row r
              where r.import_id = :id and r.parent is not null
                and not exists (select from site_import_row p where p.import_id = :id and p.code = r.parent)
                and not exists (select from site p where p.tenant_id = :organisation and p.code = r.parent)
              returning r.row_number,
                'there is no site ' || r.parent || ' in the organisation or in a sound row of the file' as reason)
            """
                    + REFUSE;

    private static final String REFUSE_CIRCLES =
            """
            with recursive walk(start, current) as (
              select code, parent from site_import_row where import_id = :id and parent is not null
              union
              select w.start, coalesce(r.parent, p.code)
              from walk w
              left join site_import_row r on r.import_id = :id and r.code = w.current
              left join site s on s.tenant_id = :organisation and s.code = w.current
              left join site p on p.id = s.parent_id
              where coalesce(r.parent, p.code) is not null and w.current <> w.start),
            refused as (
              delete from site_import_row r using walk w
              where r.import_id = :id and r.code = w.start and w.current = w.start
              returning r.row_number, 'would make the site a part of itself' as reason)
            """
                    + REFUSE;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final ImportRecords records;

    StagedRows(JdbcClient jdbc, JdbcTemplate template, ImportRecords records) {
        this.jdbc = jdbc;
        this.template = template;
        this.records = records;
    }

    /** Stages rows and answers those whose code an earlier row has, each with the number of that row. */
    Map<StagedRow, Integer> stage(UUID importId, List<StagedRow> rows) {
        Set<Integer> staged = new HashSet<>(template.query(
                connection -> {
                    var statement = connection.prepareStatement(STAGE);
                    statement.setObject(1, importId);
                    new Arrays(connection, rows)
                            .set(2, "int4", StagedRow::number, statement::setArray)
                            .set(3, "uuid", StagedRow::siteId, statement::setArray)
                            .set(4, "text", row -> row.site().code(), statement::setArray)
                            .set(5, "text", row -> row.site().name(), statement::setArray)
                            .set(6, "text", row -> row.site().kind(), statement::setArray)
                            .set(7, "text", StagedRow::parent, statement::setArray)
                            .set(8, "text", row -> row.site().address(), statement::setArray)
                            .set(9, "float8", row -> row.site().latitude(), statement::setArray)
                            .set(10, "float8", row -> row.site().longitude(), statement::setArray)
                            .set(11, "bool", StagedRow::active, statement::setArray)
                            .set(12, "bool", StagedRow::needsPermit, statement::setArray)
                            .set(13, "text", row -> row.access().contact(), statement::setArray)
                            .set(14, "text", row -> row.access().key(), statement::setArray)
                            .set(15, "text", row -> row.access().hazards(), statement::setArray)
                            .set(16, "text", row -> row.access().protectiveEquipment(), statement::setArray)
                            .set(17, "text", row -> kind(row.boundary()), statement::setArray)
                            .set(18, "text", row -> geoJson(row.boundary()), statement::setArray);
                    return statement;
                },
                (row, number) -> row.getInt(1)));
        List<StagedRow> duplicates =
                rows.stream().filter(row -> !staged.contains(row.number())).toList();
        return duplicates.isEmpty() ? Map.of() : firstRows(importId, duplicates);
    }

    private Map<StagedRow, Integer> firstRows(UUID importId, List<StagedRow> duplicates) {
        Map<String, Integer> rowByCode = new HashMap<>();
        jdbc.sql("select code, row_number from site_import_row where import_id = :id and code = any (:codes)")
                .param("id", importId)
                .param(
                        "codes",
                        duplicates.stream().map(row -> row.site().code()).toArray(String[]::new))
                .query((RowCallbackHandler) row -> rowByCode.put(row.getString("code"), row.getInt("row_number")));
        Map<StagedRow, Integer> firstRows = new HashMap<>();
        duplicates.forEach(row -> firstRows.put(row, rowByCode.get(row.site().code())));
        return firstRows;
    }

    private static @Nullable String kind(@Nullable Boundary boundary) {
        return boundary == null ? null : boundary.kind().name();
    }

    private static @Nullable String geoJson(@Nullable Boundary boundary) {
        return boundary == null ? null : boundary.feature().toString();
    }

    /** Refuses rows whose parent does not exist or would close a circle, and answers how many those are. */
    int refuseWrongParents(Claim claim) {
        int refused = 0;
        int now;
        do {
            now = refuse(REFUSE_CIRCLES, claim) + refuse(REFUSE_UNKNOWN_PARENTS, claim);
            refused += now;
        } while (now > 0);
        return refused;
    }

    private int refuse(String sql, Claim claim) {
        int count = records.problemCount(claim.id());
        int refused = jdbc.sql(sql)
                .param("id", claim.id())
                .param("organisation", claim.organisation())
                .param("count", count)
                .param("room", Math.max(0, ImportRecords.MOST_PROBLEMS - count))
                .query(Integer.class)
                .single();
        records.countProblems(claim.id(), refused);
        return refused;
    }

    boolean haveParents(Claim claim) {
        return jdbc.sql("select exists (select from site_import_row where import_id = :id and parent is not null)")
                .param("id", claim.id())
                .query(Boolean.class)
                .single();
    }

    /** The last row of the next {@code size} after {@code after}, or null when there are none. */
    @Nullable
    Integer lastOfNext(Claim claim, int size) {
        return jdbc.sql(
                        """
                        select max(row_number) from (
                          select row_number from site_import_row where import_id = :id and row_number > :after
                          order by row_number limit :size) next
                        """)
                .param("id", claim.id())
                .param("after", claim.position())
                .param("size", size)
                .query(Integer.class)
                .optional()
                .orElse(null);
    }

    /** What writing all rows would do. */
    Effects preview(Claim claim) {
        return effects("with merged as (" + MERGED + ") " + COUNT, claim, 0, Integer.MAX_VALUE);
    }

    /** Creates and updates the sites of the rows up to {@code through}; parents may still be missing. */
    Effects write(Claim claim, int through) {
        return effects(WRITE, claim, claim.position(), through);
    }

    private Effects effects(String sql, Claim claim, int after, int through) {
        return jdbc.sql(sql)
                .param("id", claim.id())
                .param("organisation", claim.organisation())
                .param("after", after)
                .param("through", through)
                .query((row, number) ->
                        new Effects(row.getInt("created"), row.getInt("updated"), row.getInt("unchanged")))
                .single();
    }

    /** Sets the parents that are missing in the rows up to {@code through}. */
    void link(Claim claim, int through) {
        jdbc.sql(LINK)
                .param("id", claim.id())
                .param("organisation", claim.organisation())
                .param("after", claim.position())
                .param("through", through)
                .update();
    }

    /** Sends a column of all rows as one array. */
    private record Arrays(Connection connection, List<StagedRow> rows) {

        interface Setter {
            void set(int index, Array array) throws SQLException;
        }

        Arrays set(int index, String type, Function<StagedRow, @Nullable Object> value, Setter setter)
                throws SQLException {
            setter.set(
                    index,
                    connection.createArrayOf(type, rows.stream().map(value).toArray()));
            return this;
        }
    }
}
