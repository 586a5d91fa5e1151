package io.fieldwright.people;

import io.fieldwright.tenancy.TenantScope;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks people up for signing in and for the engine's identity service, each person in one statement with everything
 * that is decided on their account. Not cached: what an administrator changes holds from the next request on. It looks
 * on the system's behalf; whoever asks for somebody else limits the answer to what they may see.
 */
@Service
@Transactional(readOnly = true)
public class PersonDirectory implements UserDetailsService {

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
                  where d.person_id = p.id and g.candidate_group = :group)
                or exists (select from team_member m where m.person_id = p.id and 'team:' || m.team_id = :group))
              and (cast(:tenant as text) is null or p.tenant_id = split_part(:tenant, '~', 2)
                or p.tenant_id in (
                  with recursive above(code, parent_code) as (
                    select code, parent_code from organisation where code = split_part(:tenant, '~', 1)
                    union all select s.code, s.parent_code from organisation s join above on s.code = above.parent_code)
                  select code from above))
              and (cast(:visible as text[]) is null or p.tenant_id = any (:visible) or p.username = :caller)
            """;

    private static final String SIGNED_IN =
            """
            select p.username, p.name, p.tenant_id, p.password_hash, p.active and o.active as active,
              array(
                with recursive own(code, kind) as (
                  select o.code, o.kind
                  union all select c.code, c.kind from organisation c join own on c.parent_code = own.code)
                select code from own
                union select e.circle_code || '~' || e.vendor_code from own join engagement e on e.circle_code = own.code
                union select e.circle_code || '~' || e.vendor_code from own join engagement e on e.vendor_code = own.code
                  where e.valid_from <= current_date and (e.valid_to is null or e.valid_to >= current_date)) as tenants,
              array(
                select g.candidate_group from person_designation d join designation_candidate_group g using (designation_id)
                  where d.person_id = p.id
                union select 'team:' || m.team_id from team_member m where m.person_id = p.id) as groups,
              array(
                select distinct x.permission from person_designation d join designation_permission x using (designation_id)
                  where d.person_id = p.id) as permissions
            from person p join organisation o on o.code = p.tenant_id
            where p.username = :username
            """;

    private final JdbcClient jdbc;

    PersonDirectory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public SignedInPerson loadUserByUsername(String username) {
        return find(username).orElseThrow(() -> new UsernameNotFoundException(username));
    }

    public Optional<SignedInPerson> find(String username) {
        return TenantScope.asSystem(() -> jdbc.sql(SIGNED_IN)
                .param("username", username)
                .query((row, number) -> new SignedInPerson(
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("tenant_id"),
                        row.getString("password_hash"),
                        row.getBoolean("active"),
                        texts(row, "tenants"),
                        texts(row, "groups"),
                        texts(row, "permissions")))
                .optional());
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

    /** The names of those of these engine groups that stand for teams, by group id. */
    public Map<String, String> teamNames(Collection<String> groups) {
        Map<String, String> names = new LinkedHashMap<>();
        if (groups.stream().anyMatch(group -> CandidateGroup.of(group).isEmpty())) {
            TenantScope.asSystem(() -> jdbc.sql(
                            "select 'team:' || id as team, name from team where 'team:' || id = any(:groups) order by name")
                    .param("groups", groups.toArray(String[]::new))
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
                        select id, name from (
                          select code as id, name from organisation
                          union
                          select e.circle_code || '~' || e.vendor_code, c.name || ' with ' || v.name from engagement e
                            join organisation c on c.code = e.circle_code join organisation v on v.code = e.vendor_code
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
        return new LinkedHashSet<>(List.of((String[]) array.getArray()));
    }
}
