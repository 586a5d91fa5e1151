package io.fieldwright.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.EarlierInstallation;
import io.fieldwright.FieldwrightTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An installation from before the maintenance staff had roles. */
@FieldwrightTest
class StaffMigrationTests {

    @Autowired
    private EarlierInstallation before;

    @AfterEach
    void remove() {
        before.close();
    }

    @Test
    void organisationsOfBeforeGetTheRolesAndTheirDefaults() {
        before.migrateTo("101");
        insert(
                "organisation (code, version, kind, name, active)",
                "('c', 0, 'CIRCLE', 'C', true), ('t', 0, 'CORPORATE', 'T', true)");
        insert(
                "designation (id, version, tenant_id, code, name)",
                """
                ('00000000-0000-0000-0000-000000000001', 0, 'c', 'facility-manager', 'Facility manager'),
                ('00000000-0000-0000-0000-000000000002', 0, 'c', 'plumber', 'A plumber of our own'),
                ('00000000-0000-0000-0000-000000000003', 0, 't', 'accountant', 'Accountant')""");

        before.migrateTo("120");

        assertThat(designations())
                .containsExactly(
                        "c cleaner maintenance-staff sites.read",
                        "c electrician maintenance-staff equipment.read,maintenance.close,maintenance.handle,sites.read",
                        "c facility-manager - announcements.write,maintenance.access-all,maintenance.assign,"
                                + "maintenance.close,maintenance.handle",
                        "c gardener maintenance-staff sites.read",
                        "c plumber - -",
                        "c security-head maintenance-staff announcements.write,sites.read",
                        "t accountant - announcements.write,finances.read");
        assertThat(before.sql(
                                "select count(*) from SCHEMA.designation d join SCHEMA.designation s on d.parent_id = s.id"
                                        + " where d.code = 'security-head' and s.code = 'facility-manager'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private List<String> designations() {
        return before.sql(
                        """
                        select d.tenant_id || ' ' || d.code
                          || ' ' || coalesce((select string_agg(candidate_group, ',') from SCHEMA.designation_candidate_group g
                            where g.designation_id = d.id), '-')
                          || ' ' || coalesce((select string_agg(permission, ',' order by permission)
                            from SCHEMA.designation_permission x where x.designation_id = d.id), '-')
                        from SCHEMA.designation d order by d.tenant_id, d.code""")
                .query(String.class)
                .list();
    }

    private void insert(String table, String rows) {
        before.sql("insert into SCHEMA." + table + " values " + rows).update();
    }
}
