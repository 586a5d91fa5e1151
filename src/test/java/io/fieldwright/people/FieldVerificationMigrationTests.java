package io.fieldwright.people;

import static io.fieldwright.people.Permission.DEVICES_MANAGE;
import static io.fieldwright.people.Permission.FIELDWORK_READ;
import static io.fieldwright.people.Permission.VERIFICATIONS_START;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.EarlierInstallation;
import io.fieldwright.FieldwrightTest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An installation from before sites were verified. */
@FieldwrightTest
class FieldVerificationMigrationTests {

    private static final Set<Permission> NEW = Set.of(FIELDWORK_READ, VERIFICATIONS_START, DEVICES_MANAGE);

    @Autowired
    private EarlierInstallation before;

    @AfterEach
    void remove() {
        before.close();
    }

    @Test
    void designationsOfBeforeGetWhatTheirTemplatesSay() {
        before.migrateTo("162");
        before.sql(
                        """
                        insert into SCHEMA.organisation (code, version, kind, name, state, state_since, dual_mode)
                        values ('c', 0, 'CIRCLE', 'C', 'ACTIVE', now(), false)""")
                .update();
        for (DesignationTemplate template : DesignationTemplate.values()) {
            insert(template.code(), template.code());
        }
        insert("lead-of-our-own", null);

        before.migrateTo("165");

        List<String> expected = Arrays.stream(DesignationTemplate.values())
                .flatMap(template -> template.permissions().stream()
                        .filter(NEW::contains)
                        .map(permission -> template.code() + " " + permission.id()))
                .toList();
        assertThat(granted()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void insert(String code, String template) {
        before.sql(
                        """
                        insert into SCHEMA.designation (id, version, tenant_id, code, name, template)
                        values (gen_random_uuid(), 0, 'c', :code, :code, :template)""")
                .param("code", code)
                .param("template", template)
                .update();
    }

    private List<String> granted() {
        return before.sql(
                        """
                        select d.code || ' ' || x.permission
                        from SCHEMA.designation_permission x join SCHEMA.designation d on d.id = x.designation_id""")
                .query(String.class)
                .list();
    }
}
