package io.fieldwright.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fieldwright.tenancy.TenantScope;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks people up for signing in and for the engine's identity service, each person in one statement with everything
 * that is decided on their account. What was found is remembered as long as nothing changed that it follows from: the
 * database keeps a version of each tenant's access, which every use reads and compares (ADR 0014). So what an
 * administrator changes holds from the next request on, on every node. It reads on the system's behalf; whom an answer
 * may tell of is said by its arguments.
 */
@Service
@Transactional(readOnly = true)
public class PersonDirectory {

    /** A person as the engine's identity service shows them. */
    public record Entry(String username, String name, @Nullable String email, String organisation) {}

    /**
     * What to look for. {@code visibleTenants} limits the answer to people of these organisations and to
     * {@code caller}.
     */
    public record Search(
            @Nullable Collection<String> usernames,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String email,
            @Nullable String group,
            @Nullable String tenant,
            @Nullable Collection<String> visibleTenants,
            @Nullable String caller,
            int first,
            int most) {}

    private static final String FOUND =
            """
             from person p join organisation o on o.code = p.tenant_id
            where p.active and o.active
              and (cast(:usernames as text[]) is null or p.username = any (:usernames))
              and (cast(:firstName as text) is null or regexp_replace(p.name, ' [^ ]*$', '') ilike :firstName)
              and (cast(:lastName as text) is null or substring(p.name from ' ([^ ]*)$') ilike :lastName)
              and (cast(:email as text) is null or p.email ilike :email)
              and (cast(:group as text) is null
                or exists (select from person_designation d join designation_candidate_group g using (designation_id)
                  where d.person_id = p.id and engine_group(g.candidate_group, o) = :group)
                or exists (select from team_member m where m.person_id = p.id and 'team:' || m.team_id = :group))
              and (cast(:tenant as text) is null or p.tenant_id = any (organisations_of(:tenant)))
              and (cast(:visible as text[]) is null or p.tenant_id = any (:visible) or p.username = :caller)
            """;

    private static final String SIGNED_IN =
            """
            select p.username, p.name, p.tenant_id, p.password_hash, p.active and o.active as active,
              tenants_of(p.tenant_id) as tenants,
              array(
                select engine_group(g.candidate_group, o)
                  from person_designation d join designation_candidate_group g using (designation_id)
                  where d.person_id = p.id and engine_group(g.candidate_group, o) is not null
                union select 'team:' || m.team_id from team_member m where m.person_id = p.id) as groups,
              array(select effective_permissions(p.id, :now)) as permissions,
              (select array_agg(s.site_id) from person_site s where s.person_id = p.id) as sites,
              (select min(x.expires_at) from permission_override x where x.person_id = p.id and x.expires_at > :now)
                as next_expiry,
              (select version from access_version where tenant_id = p.tenant_id) as of_tenant,
              (select version from access_version where tenant_id = '*') as of_all,
              (now() at time zone 'UTC')::date as day
            from person p join organisation o on o.code = p.tenant_id
            where p.username = :username
            """;

    private static final String VERSION =
            """
            select (select version from access_version where tenant_id = :tenant) as of_tenant,
              (select version from access_version where tenant_id = '*') as of_all,
              (now() at time zone 'UTC')::date as day
            """;

    /** Null where nothing ever changed. The day, in UTC, is part of it because engagements begin and end by it. */
    private record Version(@Nullable UUID ofTenant, @Nullable UUID ofAll, LocalDate day) {

        static Version of(ResultSet row, int number) throws SQLException {
            return new Version(
                    row.getObject("of_tenant", UUID.class),
                    row.getObject("of_all", UUID.class),
                    row.getObject("day", LocalDate.class));
        }
    }

    /** {@code until} is when the next override expires. */
    private record Remembered(SignedInPerson person, Version version, @Nullable Timestamp until) {

        boolean isInForce(Instant moment) {
            return until == null || moment.isBefore(until.toInstant());
        }
    }

    private final Cache<String, Remembered> remembered =
            Caffeine.newBuilder().maximumSize(10_000).build();
    private final JdbcClient jdbc;
    private final Clock clock;

    PersonDirectory(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public SignedInPerson loadUserByUsername(String username) {
        return find(username).orElseThrow(() -> new UsernameNotFoundException(username));
    }

    /** Who this is and what they may do now; one cheap statement when it is what it was the last time. */
    public Optional<SignedInPerson> find(String username) {
        return TenantScope.asSystem(() -> {
            Remembered known = remembered.getIfPresent(username);
            if (known != null
                    && known.isInForce(clock.instant())
                    && known.version().equals(version(known))) {
                return Optional.of(known.person());
            }
            Optional<Remembered> loaded = load(username);
            loaded.ifPresentOrElse(person -> remembered.put(username, person), () -> remembered.invalidate(username));
            return loaded.map(Remembered::person);
        });
    }

    private Version version(Remembered known) {
        return jdbc.sql(VERSION)
                .param("tenant", known.person().organisation())
                .query(Version::of)
                .single();
    }

    /** Reads person and version in one statement, which sees one state of the database: neither is older than the other. */
    private Optional<Remembered> load(String username) {
        return jdbc.sql(SIGNED_IN)
                .param("username", username)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) -> new Remembered(
                        new SignedInPerson(
                                row.getString("username"),
                                row.getString("name"),
                                row.getString("tenant_id"),
                                row.getString("password_hash"),
                                row.getBoolean("active"),
                                texts(row, "tenants"),
                                texts(row, "groups"),
                                texts(row, "permissions"),
                                sites(row)),
                        Version.of(row, number),
                        row.getTimestamp("next_expiry")))
                .optional();
    }

    /** Whoever alone of those who may sign in has this e-mail address; it is compared without regard to case. */
    public Optional<SignedInPerson> findByEmail(String email) {
        List<String> usernames = TenantScope.asSystem(() -> jdbc.sql(
                        """
                                select p.username from person p join organisation o on o.code = p.tenant_id
                                where lower(p.email) = lower(:email) and p.active and o.active limit 2""")
                .param("email", email)
                .query(String.class)
                .list());
        return usernames.size() == 1 ? find(usernames.get(0)) : Optional.empty();
    }

    /**
     * Active people by username, found by what an identity service is asked for; null means any. Names match as SQL
     * patterns without regard to case.
     */
    public List<Entry> search(Search search) {
        return TenantScope.asSystem(() -> searching("select p.username, p.name, p.email, p.tenant_id", search)
                .query((row, number) -> new Entry(
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("tenant_id")))
                .list());
    }

    /** How many {@link #search} would find without its paging. */
    public long count(Search search) {
        return TenantScope.asSystem(
                () -> searching("select count(*)", search).query(Long.class).single());
    }

    private JdbcClient.StatementSpec searching(String selection, Search search) {
        boolean paged = !selection.contains("count(");
        return jdbc.sql(selection + FOUND + (paged ? " order by p.username offset :first limit :most" : ""))
                .param("usernames", array(search.usernames()), Types.ARRAY)
                .param("firstName", search.firstName(), Types.VARCHAR)
                .param("lastName", search.lastName(), Types.VARCHAR)
                .param("email", search.email(), Types.VARCHAR)
                .param("group", search.group(), Types.VARCHAR)
                .param("tenant", search.tenant(), Types.VARCHAR)
                .param("visible", array(search.visibleTenants()), Types.ARRAY)
                .param("caller", search.caller(), Types.VARCHAR)
                .param("first", search.first())
                .param("most", search.most());
    }

    /**
     * The names of those of these engine groups that stand for teams, by group id.
     *
     * @param visibleTenants limits the answer to teams of these organisations; null means all
     */
    public Map<String, String> teamNames(Collection<String> groups, @Nullable Collection<String> visibleTenants) {
        Map<String, String> names = new LinkedHashMap<>();
        if (groups.stream().anyMatch(group -> CandidateGroup.of(group).isEmpty())) {
            TenantScope.asSystem(() -> jdbc.sql(
                            """
                            select 'team:' || id as team, name from team
                            where 'team:' || id = any (:groups)
                              and (cast(:visible as text[]) is null or tenant_id = any (:visible))
                            order by name""")
                    .param("groups", groups.toArray(String[]::new))
                    .param("visible", array(visibleTenants), Types.ARRAY)
                    .query(row -> {
                        names.put(row.getString("team"), row.getString("name"));
                    }));
        }
        return names;
    }

    /** Names of the organisations and collaborations {@code ids} by id; all of them where {@code ids} is null. */
    public Map<String, String> tenantNames(@Nullable Collection<String> ids) {
        Map<String, String> names = new LinkedHashMap<>();
        TenantScope.asSystem(() -> jdbc.sql(
                        """
                        select id, tenant_name(id) as name from (
                          select code as id from organisation union select tenant_id from engagement
                        ) tenant where cast(:ids as text[]) is null or id = any (:ids) order by id""")
                .param("ids", array(ids), Types.ARRAY)
                .query(row -> {
                    names.put(row.getString("id"), row.getString("name"));
                }));
        return names;
    }

    private static String @Nullable [] array(@Nullable Collection<String> values) {
        return values == null ? null : values.toArray(String[]::new);
    }

    private static Set<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of((String[]) array.getArray())));
    }

    private static @Nullable Set<UUID> sites(ResultSet row) throws SQLException {
        Array array = row.getArray("sites");
        return array == null ? null : Set.of((UUID[]) array.getArray());
    }
}
