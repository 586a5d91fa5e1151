package io.fieldwright.people;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

/**
 * Looks people up for signing in and for the engine's identity service, each person in one statement with everything
 * that is decided on their account. Not cached: what an administrator changes holds from the next request on.
 */
@Service
public class PersonDirectory implements UserDetailsService {

    /** A person as the engine's identity service shows them. */
    public record Entry(String username, String name, @Nullable String email, String organisation) {}

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
        return jdbc.sql(SIGNED_IN)
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
                .optional();
    }

    /** Everybody active, by username. */
    public List<Entry> everybody() {
        return jdbc.sql("select username, name, email, tenant_id from person where active order by username")
                .query((row, number) -> new Entry(
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("email"),
                        row.getString("tenant_id")))
                .list();
    }

    private static Set<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return new LinkedHashSet<>(List.of((String[]) array.getArray()));
    }
}
