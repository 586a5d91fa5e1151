package io.fieldwright.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.tenancy.TenantScope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A new table is audited with {@code call audited('…')}, or its comment says why not: {@code not audited: …}. */
@FieldwrightTest
class AuditedTablesTests {

    private static final String OURS =
            """
            from pg_class t
            where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace and t.relname not like 'act\\_%'
              and coalesce(obj_description(t.oid, 'pg_class'), '') not like 'not audited: %'
            """;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private List<String> texts(String query) {
        return TenantScope.asSystem(() -> transaction.execute(
                status -> jdbc.sql(query).query(String.class).list()));
    }

    @Test
    void everyTableIsAuditedOrSaysWhyNot() {
        List<String> audited = texts("select t.relname " + OURS);
        assertThat(audited).contains("organisation", "person", "site", "team_member", "equipment_item");
        assertThat(
                        texts(
                                "select t.relname " + OURS
                                        + """
                        and (select count(*) from pg_trigger g join pg_proc f on f.oid = g.tgfoid
                          where g.tgrelid = t.oid and g.tgenabled = 'O' and f.proname like 'audit\\_%') <> 4"""))
                .isEmpty();
    }

    @Test
    void triggersHideAndOmitTheColumnsThatTheTablesHaveNow() {
        assertThat(
                        texts(
                                "select t.relname " + OURS
                                        + """
                        and exists (select from pg_trigger g
                          where g.tgrelid = t.oid and g.tgname in ('audit_insert', 'audit_update', 'audit_delete')
                            and pg_get_triggerdef(g.oid) not like '%audit_change('
                              || (select string_agg(quote_literal(a), ', ' order by n)
                                from unnest(audit_arguments(t.oid)) with ordinality u(a, n)) || ')')"""))
                .isEmpty();
    }

    @Test
    void noSecretIsShown() {
        assertThat(
                        texts(
                                """
                        select distinct entity || '.' || field.key from audit_entry
                          cross join jsonb_each_text(coalesce(nullif(record -> 'before', 'null'), '{}')
                            || coalesce(nullif(record -> 'after', 'null'), '{}')) field
                        where (field.key ~ '_hash$|^secret' or field.key ~ 'password') and field.value <> '(hidden)'"""))
                .isEmpty();
    }
}
