package io.fieldwright.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.TenantScope;
import java.io.UncheckedIOException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Finds what the database wrote down of every change (ADR 0016). Entries are sealed a moment after their transaction; here
 * they are sealed before the search, so that it finds all that was committed before.
 */
@Service
public class Audit {

    /** The chain of what belongs to no tenant. */
    public static final String PLATFORM = "-";

    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    static final String FOUND =
            """
            select e.tenant_id, e.sequence, e.record::text as record
            from unnest(:tenants) tenant cross join lateral (
              select e.tenant_id, s.sequence, e.id, e.at, e.record
              from audit_entry e join audit_seal s on s.entry_id = e.id
              where e.tenant_id = tenant
                and (cast(:table as text) is null or e.entity = :table)
                and (cast(:key as text) is null or e.key = :key)
                and (cast(:actor as text) is null or e.actor = :actor)
                and (cast(:operation as text) is null or e.record ->> 'operation' = :operation)
                and (cast(:from as text) is null or e.at >= :from)
                and (cast(:to as text) is null or e.at < :to)
                and (cast(:beforeId as bigint) is null or (e.at, e.id) < (:beforeAt, :beforeId))
              order by e.at desc, e.id desc limit :most) e
            order by e.at desc, e.id desc limit :most
            """;

    private static final String POSITION =
            """
            select e.at, e.id from audit_seal s join audit_entry e on e.id = s.entry_id
            where s.tenant_id = any (:tenants) and s.tenant_id || ':' || s.sequence = :id and s.sequence = :sequence
            """;

    /**
     * What to look for; null means any.
     *
     * @param tenant in this chain only; without it in all that are in sight, which the platform's never is
     * @param table where the row is
     * @param key the row's key; its columns joined by slashes where it has several
     * @param from the earliest moment
     * @param to the moment until which, itself excluded
     * @param before the id of an entry, to go on with those behind it in the list
     * @param most how many at most
     */
    public record Search(
            @Nullable String tenant,
            @Nullable String table,
            @Nullable String key,
            @Nullable String actor,
            AuditEntry.@Nullable Operation operation,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String before,
            int most) {}

    private record Position(String at, long id) {}

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final ChainReading chains;

    Audit(JdbcClient jdbc, ObjectMapper json, ChainReading chains) {
        this.jdbc = jdbc;
        this.json = json;
        this.chains = chains;
    }

    /**
     * The latest entries first. Whoever asks for the platform's chain has checked that the caller may read it.
     *
     * @throws Problem 400 naming {@code tenant} when there is none such in sight, or {@code before} when no entry in sight
     *     has this id
     */
    public List<AuditEntry> find(Search search) {
        String tenant = search.tenant();
        if (tenant != null) {
            return chains.read(tenant, () -> find(search, List.of(tenant)));
        }
        return chains.read(() -> find(search, Objects.requireNonNull(TenantScope.visible())));
    }

    private List<AuditEntry> find(Search search, Collection<String> tenants) {
        String[] sought = tenants.toArray(String[]::new);
        Position before = search.before() == null ? null : position(search.before(), sought);
        return jdbc.sql(FOUND)
                .param("tenants", sought, Types.ARRAY)
                .param("table", search.table(), Types.VARCHAR)
                .param("key", search.key(), Types.VARCHAR)
                .param("actor", search.actor(), Types.VARCHAR)
                .param(
                        "operation",
                        search.operation() == null ? null : search.operation().name(),
                        Types.VARCHAR)
                .param("from", search.from() == null ? null : AT.format(search.from()), Types.VARCHAR)
                .param("to", search.to() == null ? null : AT.format(search.to()), Types.VARCHAR)
                .param("beforeAt", before == null ? null : before.at(), Types.VARCHAR)
                .param("beforeId", before == null ? null : before.id(), Types.BIGINT)
                .param("most", search.most())
                .query((row, number) -> new AuditEntry(
                        row.getString("tenant_id"), row.getLong("sequence"), parsed(row.getString("record"))))
                .list();
    }

    private Position position(String id, String[] tenants) {
        return jdbc.sql(POSITION)
                .param("tenants", tenants, Types.ARRAY)
                .param("id", id)
                .param("sequence", sequence(id))
                .query(Position.class)
                .optional()
                .orElseThrow(() -> unknown(id));
    }

    private static long sequence(String id) {
        try {
            return Long.parseLong(id.substring(id.lastIndexOf(':') + 1));
        } catch (NumberFormatException malformed) {
            throw unknown(id);
        }
    }

    private static Problem unknown(String id) {
        return Problem.invalid("before", "there is no entry " + id);
    }

    private Map<String, @Nullable Object> parsed(String record) {
        try {
            return json.readValue(record, new TypeReference<>() {});
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
