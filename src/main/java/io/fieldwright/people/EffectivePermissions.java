package io.fieldwright.people;

import io.fieldwright.tenancy.TenantScope;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Why people may do what they may do, and whose permissions are not what their roles come with. */
@Service
@Transactional(readOnly = true)
public class EffectivePermissions {

    /** What a permission may come from. */
    public enum Origin {
        DESIGNATION,
        PERMISSION_GROUP,
        OVERRIDE
    }

    /** Where a permission comes from: the code of a designation or group, or the id of an override. */
    public record Source(Origin origin, String name) {}

    /** A permission that a person has, and everything it comes from. */
    public record Held(String permission, List<Source> sources) {}

    /** A permission that an override denies, and everything it would come from. */
    public record Denied(
            String permission, UUID override, String reason, @Nullable Instant expiresAt, List<Source> sources) {}

    public record Explanation(List<Held> effective, List<Denied> denied) {}

    /** Somebody who may do more or less than the templates of their designations say, by permission. */
    public record Deviation(
            UUID id, String username, String name, String organisation, List<String> extra, List<String> missing) {}

    private static final String SOURCES =
            """
            select x.permission, 'DESIGNATION' as origin, d.code as name
              from person_designation pd join designation d on d.id = pd.designation_id
                join designation_permission x on x.designation_id = d.id
              where pd.person_id = :person and is_in_force(d.id)
            union all
            select x.permission, 'PERMISSION_GROUP', g.code
              from permission_group_member m join permission_group g on g.id = m.permission_group_id
                join permission_group_permission x on x.permission_group_id = g.id
              where m.person_id = :person
            union all
            select permission, 'OVERRIDE', cast(id as text) from permission_override
              where person_id = :person and effect = 'GRANT' and (expires_at is null or expires_at > :now)
            order by permission, origin, name
            """;

    private static final String DENIALS =
            """
            select permission, id, reason, expires_at from permission_override
            where person_id = :person and effect = 'DENY' and (expires_at is null or expires_at > :now)
            order by permission, id
            """;

    private static final String DEVIATIONS =
            """
            with default_permission(template, permission) as (
              select * from unnest(cast(:templates as text[]), cast(:defaults as text[]))),
            judged as (
              select p.id, p.username, p.name, p.tenant_id,
                array(select effective_permissions(p.id, :now)) as effective,
                array(
                  select t.permission from person_designation pd join designation d on d.id = pd.designation_id
                    join default_permission t on t.template = d.template
                    where pd.person_id = p.id and is_in_force(d.id)
                  union
                  select x.permission from person_designation pd join designation d on d.id = pd.designation_id
                    join designation_permission x on x.designation_id = d.id
                    where pd.person_id = p.id and d.template is null and is_in_force(d.id)) as expected
              from person p
              where p.active and (cast(:tenants as text[]) is null or p.tenant_id = any (:tenants)))
            """;

    private static final String DEVIATING = " from judged where not (effective <@ expected and expected <@ effective)";

    private final People people;
    private final JdbcClient jdbc;
    private final Clock clock;

    EffectivePermissions(People people, JdbcClient jdbc, Clock clock) {
        this.people = people;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @throws io.fieldwright.api.Problem 404 for a person out of sight */
    public Explanation explain(UUID person) {
        people.get(person);
        Timestamp now = Timestamp.from(clock.instant());
        Map<String, List<Source>> sources = new TreeMap<>();
        jdbc.sql(SOURCES).param("person", person).param("now", now).query(row -> {
            sources.computeIfAbsent(row.getString("permission"), permission -> new ArrayList<>())
                    .add(new Source(Origin.valueOf(row.getString("origin")), row.getString("name")));
        });
        List<Denied> denied = jdbc.sql(DENIALS)
                .param("person", person)
                .param("now", now)
                .query((row, number) -> denied(row, sources))
                .list();
        denied.forEach(denial -> sources.remove(denial.permission()));
        List<Held> effective = sources.entrySet().stream()
                .map(held -> new Held(held.getKey(), held.getValue()))
                .toList();
        return new Explanation(effective, denied);
    }

    private static Denied denied(ResultSet row, Map<String, List<Source>> sources) throws SQLException {
        Timestamp expiresAt = row.getTimestamp("expires_at");
        String permission = row.getString("permission");
        return new Denied(
                permission,
                row.getObject("id", UUID.class),
                row.getString("reason"),
                expiresAt == null ? null : expiresAt.toInstant(),
                sources.getOrDefault(permission, List.of()));
    }

    /**
     * The active people in sight whose effective permissions are not the defaults of the templates their designations
     * were made from, by username. A designation made without a template comes with what it grants.
     */
    public Page<Deviation> deviations(Pageable page) {
        List<Deviation> deviations = deviating(
                        """
                        select id, username, name, tenant_id,
                          array(select unnest(effective) except select unnest(expected) order by 1) as extra,
                          array(select unnest(expected) except select unnest(effective) order by 1) as missing"""
                                + DEVIATING + " order by username limit :size offset :offset")
                .param("size", page.getPageSize())
                .param("offset", page.getOffset())
                .query((row, number) -> new Deviation(
                        row.getObject("id", UUID.class),
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("tenant_id"),
                        texts(row.getArray("extra")),
                        texts(row.getArray("missing"))))
                .list();
        long total = deviating("select count(*)" + DEVIATING).query(Long.class).single();
        return new PageImpl<>(deviations, page, total);
    }

    private JdbcClient.StatementSpec deviating(String selection) {
        Collection<String> tenants = TenantScope.visible();
        return jdbc.sql(DEVIATIONS + selection)
                .param("now", Timestamp.from(clock.instant()))
                .param("tenants", tenants == null ? null : tenants.toArray(String[]::new), Types.ARRAY)
                .param("templates", defaults((template, permission) -> template.code()))
                .param("defaults", defaults((template, permission) -> permission.id()));
    }

    private static String[] defaults(BiFunction<DesignationTemplate, Permission, String> part) {
        return Arrays.stream(DesignationTemplate.values())
                .flatMap(
                        template -> template.permissions().stream().map(permission -> part.apply(template, permission)))
                .toArray(String[]::new);
    }

    private static List<String> texts(Array array) throws SQLException {
        return Stream.of((String[]) array.getArray()).toList();
    }
}
