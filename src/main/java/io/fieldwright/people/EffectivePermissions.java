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
import org.springframework.data.domain.Pageable;
import org.springframework.data.support.PageableExecutionUtils;
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

    /**
     * For all people at once what {@code effective_permissions} says of one; each designation is asked once whether it
     * rests. What they have more or less than expected is one row each.
     */
    private static final String DEVIATIONS =
            """
            with default_permission(template, permission) as (
              select * from unnest(cast(:templates as text[]), cast(:defaults as text[]))),
            judged as materialized (
              select id from person where active and (cast(:tenants as text[]) is null or tenant_id = any (:tenants))),
            in_force as materialized (
              select id, template from designation
              where (cast(:tenants as text[]) is null or tenant_id = any (:tenants)) and is_in_force(id)),
            held as materialized (
              select pd.person_id, d.id as designation_id, d.template
              from judged j join person_designation pd on pd.person_id = j.id join in_force d on d.id = pd.designation_id),
            override as materialized (
              select person_id, permission, effect from permission_override
              where (cast(:tenants as text[]) is null or tenant_id = any (:tenants))
                and (expires_at is null or expires_at > :now)),
            effective as materialized (
              (select h.person_id, x.permission from held h join designation_permission x using (designation_id)
               union
               select m.person_id, x.permission
                 from judged j join permission_group_member m on m.person_id = j.id
                   join permission_group_permission x using (permission_group_id)
               union
               select o.person_id, o.permission from judged j join override o on o.person_id = j.id
                 where o.effect = 'GRANT')
              except
              select person_id, permission from override where effect = 'DENY'),
            expected as materialized (
              select h.person_id, t.permission from held h join default_permission t using (template)
              union
              select h.person_id, x.permission from held h join designation_permission x using (designation_id)
                where h.template is null),
            difference(person_id, permission, is_extra) as (
              (select person_id, permission, true from effective except select person_id, permission, true from expected)
              union all
              (select person_id, permission, false from expected except select person_id, permission, false from effective))
            """;

    private static final String PAGE =
            """
            select p.id, p.username, p.name, p.tenant_id,
              coalesce(array_agg(permission order by permission) filter (where is_extra), '{}') as extra,
              coalesce(array_agg(permission order by permission) filter (where not is_extra), '{}') as missing
            from difference join person p on p.id = person_id
            group by p.id order by p.username limit :size offset :offset
            """;

    private static final String TOTAL = "select count(distinct person_id) from difference";

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
        List<Deviation> deviations = deviating(PAGE)
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
        return PageableExecutionUtils.getPage(
                deviations, page, () -> deviating(TOTAL).query(Long.class).single());
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
