package io.fieldwright.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.EarlierInstallation;
import io.fieldwright.FieldwrightTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An installation with vendors in dual mode from before that brought designations. */
@FieldwrightTest
class DualModeMigrationTests {

    @Autowired
    private EarlierInstallation before;

    @AfterEach
    void remove() {
        before.close();
    }

    @Test
    void vendorsInDualModeOfBeforeGetWhatTheTemplatesSay() {
        before.migrateTo("150");
        before.sql(
                        """
                        insert into SCHEMA.organisation (code, version, kind, name, state, state_since, dual_mode) values
                          ('c', 0, 'CIRCLE', 'C', 'ACTIVE', now(), false),
                          ('v', 0, 'VENDOR', 'V', 'ACTIVE', now(), false),
                          ('w', 0, 'VENDOR', 'W', 'ACTIVE', now(), true)""")
                .update();
        before.sql(
                        """
                        insert into SCHEMA.designation (id, version, tenant_id, code, name)
                        values (gen_random_uuid(), 0, 'w', 'requester', 'A requester of our own')""")
                .update();

        before.migrateTo("165");

        List<String> expected = DesignationTemplate.forOwnClients().stream()
                .map(template -> template == DesignationTemplate.REQUESTER
                        ? "w requester A requester of our own - - - -"
                        : "w %s %s %s %s %s %s"
                                .formatted(
                                        template.code(),
                                        template.title(),
                                        template.code(),
                                        template.reportsTo() == null ? "-" : template.reportsTo(),
                                        template.group().id(),
                                        String.join(
                                                ",",
                                                template.permissions().stream()
                                                        .map(Permission::id)
                                                        .sorted()
                                                        .toList())))
                .sorted()
                .toList();
        assertThat(designations()).containsExactlyElementsOf(expected);
    }

    private List<String> designations() {
        return before
                .sql(
                        """
                        select concat_ws(' ', d.tenant_id, d.code, d.name, coalesce(d.template, '-'),
                          coalesce((select s.code from SCHEMA.designation s where s.id = d.parent_id), '-'),
                          coalesce((select string_agg(candidate_group, ',') from SCHEMA.designation_candidate_group g
                            where g.designation_id = d.id), '-'),
                          coalesce((select string_agg(permission, ',' order by permission collate "C")
                            from SCHEMA.designation_permission x where x.designation_id = d.id), '-'))
                        from SCHEMA.designation d""")
                .query(String.class)
                .list()
                .stream()
                .sorted()
                .toList();
    }
}
