package io.fieldwright.fieldwork.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.api.Problem;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.FieldTaskState;
import io.fieldwright.fieldwork.Requirements;
import io.fieldwright.fieldwork.Verdict;
import io.fieldwright.fieldwork.sync.SyncTask.Attempt;
import io.fieldwright.fieldwork.sync.SyncTask.ExpectedSerial;
import io.fieldwright.fieldwork.sync.SyncTask.Named;
import io.fieldwright.fieldwork.sync.SyncTask.SiteToVisit;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.people.Team;
import io.fieldwright.sites.AccessDetails;
import io.fieldwright.tenancy.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What devices fetch. A page is a handful of statements however many tasks it has: they read across the tables of other
 * modules, as the system, once it is settled which tasks are the person's.
 */
@Service
@Transactional(readOnly = true)
public class SyncTasks {

    /** How a supervisor decided about an operation of the caller that was in conflict. */
    public record Resolution(UUID operation, EvidenceConflict.State resolution, String reason) {}

    /**
     * A page of what changed.
     *
     * @param mine all field tasks that are the person's now: what is not among them is not theirs any more
     * @param cursor from where to ask next
     * @param more whether there is more already
     */
    public record Changes(
            List<SyncTask> tasks,
            List<UUID> mine,
            List<Resolution> resolved,
            String cursor,
            boolean more,
            Instant now) {}

    /** A task and the transaction that it changed in. */
    private record Changed(SyncTask task, String changedIn) {}

    private static final String HORIZON =
            """
            select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
              concat_ws('-', (select system_identifier from pg_control_system()), (select timeline_id from pg_control_checkpoint()),
                'field_task'::regclass::oid::bigint) as generation""";

    private static final String MINE =
            """
            where t.team_id = any (:teams) and t.tenant_id = any (:tenants)
              and (cast(:sites as uuid[]) is null or t.site_id = any (:sites)) and t.state <> 'ORDERED'""";

    private static final String TASK =
            """
            select t.id, t.version, t.tenant_id, t.business_key, t.state, t.round, t.engineer, t.visit_from, t.visit_until,
              t.requirements, t.remark, t.asked_again, t.changed_in::text as changed_in,
              s.id as site_id, s.code as site_code, s.name as site_name, s.address, s.latitude, s.longitude, s.boundary,
              s.access_contact, s.access_key, s.hazards, s.protective_equipment,
              p.id as project_id, p.code as project_code, p.name as project_name,
              m.id as team_id, m.code as team_code, m.name as team_name,
              e.id as execution_id, e.round as execution_round, e.engineer as execution_engineer, e.state as execution_state,
              e.verdict, e.score, e.reasons
            from field_task t
            join site s on s.id = t.site_id
            join project p on p.id = t.project_id
            join team m on m.id = t.team_id
            left join lateral (
              select * from execution x where x.field_task_id = t.id order by x.state = 'SET_ASIDE', x.opened_at desc limit 1
            ) e on true
            """;

    private static final String SINCE =
            """
             and (t.changed_in, t.id) > (cast(:changedIn as xid8), :id)
            order by t.changed_in, t.id limit :size""";

    private static final String EXPECTED =
            """
            select i.place_id, i.id, i.serial_number, i.manufacturer, m.name as model, c.name as category
            from equipment_item i join equipment_model m on m.id = i.model_id join equipment_category c on c.id = m.category_id
            where i.place_kind = 'SITE' and i.place_id = any (:sites) order by i.serial_number, i.id""";

    private static final String RESOLVED =
            """
            select o.operation_id, c.state, c.reason from evidence_conflict c join sync_operation o on o.conflict_id = c.id
            where o.person = :engineer and c.state <> 'OPEN' and c.changed_in >= cast(:changedIn as xid8)
            order by o.id""";

    private final Devices devices;
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    SyncTasks(Devices devices, JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.devices = devices;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What changed of the person's field tasks since {@code cursor}, the oldest change first. Whatever was committed is told.
     * While a transaction is under way that began earlier, it is told again by the next page: the cursor stays before what
     * that transaction may still commit.
     *
     * @param cursor null for everything
     * @throws Problem 400 for a cursor that is none, 409 for a device that is not the person's, 403 for one that is blocked
     */
    public Changes changes(SignedInPerson person, UUID device, @Nullable String cursor, int size) {
        requireUnblocked(person, device);
        SyncCursor asked = cursor == null ? null : SyncCursor.parse(cursor);
        return TenantScope.asSystem(() -> changes(person, asked, size));
    }

    private Changes changes(SignedInPerson person, @Nullable SyncCursor asked, int size) {
        SyncCursor horizon = jdbc.sql(HORIZON)
                .query((row, number) -> SyncCursor.before(row.getString("generation"), row.getString("horizon")))
                .single();
        SyncCursor from = horizon.reachedFrom(asked);
        List<Changed> found = new ArrayList<>(of(person, TASK + MINE + SINCE)
                .param("changedIn", from.changedIn())
                .param("id", from.id())
                .param("size", size + 1)
                .query((row, number) -> new Changed(task(row, person), row.getString("changed_in")))
                .list());
        boolean full = found.size() > size;
        if (full) {
            found.remove(size);
        }
        List<UUID> mine = of(
                        person, "select t.id from field_task t " + MINE + " and t.state not in ('DONE', 'CANCELLED')")
                .query(UUID.class)
                .list();
        SyncCursor next = full
                ? horizon.orBehind(
                        found.get(size - 1).changedIn(),
                        found.get(size - 1).task().id())
                : horizon;
        List<Resolution> resolved = jdbc.sql(RESOLVED)
                .param("engineer", person.username())
                .param("changedIn", from.changedIn())
                .query((row, number) -> new Resolution(
                        row.getObject("operation_id", UUID.class),
                        EvidenceConflict.State.valueOf(row.getString("state")),
                        row.getString("reason")))
                .list();
        return new Changes(
                withExpected(found.stream().map(Changed::task).toList()),
                mine,
                resolved,
                next.toString(),
                !next.equals(horizon),
                clock.instant());
    }

    /** @throws Problem 404 unless it is the person's now, 409 and 403 for devices as {@link #changes} */
    public SyncTask get(SignedInPerson person, UUID device, UUID id) {
        requireUnblocked(person, device);
        return TenantScope.asSystem(() -> of(person, TASK + MINE + " and t.id = :id")
                .param("id", id)
                .query((row, number) -> task(row, person))
                .optional()
                .map(task -> withExpected(List.of(task)).get(0))
                .orElseThrow(() -> Problem.notFound("field task", id)));
    }

    private void requireUnblocked(SignedInPerson person, UUID device) {
        if (devices.own(person, device).blockedAt() != null) {
            throw Problem.forbidden("This device is blocked.");
        }
    }

    private JdbcClient.StatementSpec of(SignedInPerson person, String sql) {
        Set<UUID> sites = person.sites();
        return jdbc.sql(sql)
                .param("teams", Team.idsIn(person.groups()).toArray(UUID[]::new), Types.ARRAY)
                .param("tenants", person.tenants().toArray(String[]::new))
                .param("sites", sites == null ? null : sites.toArray(UUID[]::new), Types.ARRAY);
    }

    private SyncTask task(ResultSet row, SignedInPerson person) throws SQLException {
        String boundary = row.getString("boundary");
        String engineer = row.getString("engineer");
        return new SyncTask(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                row.getString("tenant_id"),
                row.getString("business_key"),
                FieldTaskState.valueOf(row.getString("state")),
                row.getInt("round"),
                new SiteToVisit(
                        row.getObject("site_id", UUID.class),
                        row.getString("site_code"),
                        row.getString("site_name"),
                        row.getString("address"),
                        row.getDouble("latitude"),
                        row.getDouble("longitude"),
                        boundary == null ? null : parse(boundary, JsonNode.class),
                        new AccessDetails(
                                row.getString("access_contact"),
                                row.getString("access_key"),
                                row.getString("hazards"),
                                row.getString("protective_equipment"))),
                named(row, "project"),
                named(row, "team"),
                engineer,
                person.username().equals(engineer),
                row.getTimestamp("visit_from").toInstant(),
                row.getTimestamp("visit_until").toInstant(),
                parse(row.getString("requirements"), Requirements.class),
                List.of(),
                row.getString("remark"),
                texts(row, "asked_again"),
                attempt(row));
    }

    private static Named named(ResultSet row, String what) throws SQLException {
        return new Named(
                row.getObject(what + "_id", UUID.class), row.getString(what + "_code"), row.getString(what + "_name"));
    }

    private static @Nullable Attempt attempt(ResultSet row) throws SQLException {
        UUID id = row.getObject("execution_id", UUID.class);
        String verdict = row.getString("verdict");
        return id == null
                ? null
                : new Attempt(
                        id,
                        row.getInt("execution_round"),
                        row.getString("execution_engineer"),
                        Execution.State.valueOf(row.getString("execution_state")),
                        verdict == null ? null : Verdict.valueOf(verdict),
                        row.getObject("score", Integer.class),
                        texts(row, "reasons"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private <T> T parse(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<SyncTask> withExpected(List<SyncTask> tasks) {
        if (tasks.isEmpty()) {
            return tasks;
        }
        Map<UUID, List<ExpectedSerial>> expected = new HashMap<>();
        jdbc.sql(EXPECTED)
                .param(
                        "sites",
                        tasks.stream().map(task -> task.site().id()).distinct().toArray(UUID[]::new),
                        Types.ARRAY)
                .query(row -> {
                    expected.computeIfAbsent(row.getObject("place_id", UUID.class), site -> new ArrayList<>())
                            .add(new ExpectedSerial(
                                    row.getObject("id", UUID.class),
                                    row.getString("serial_number"),
                                    row.getString("manufacturer"),
                                    row.getString("model"),
                                    row.getString("category")));
                });
        return tasks.stream()
                .map(task -> task.expecting(expected.getOrDefault(task.site().id(), List.of())))
                .toList();
    }
}
