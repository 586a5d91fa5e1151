package io.fieldwright.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.TableOwner;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What the diagnostic of permissions asks of the database. */
@FieldwrightTest
class DeviationTests {

    @Autowired
    private Office office;

    @Autowired
    private EffectivePermissions effective;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TableOwner tables;

    @Autowired
    private TransactionTemplate transaction;

    /** The plans are made from the same statistics, whatever others have just written. */
    @Test
    void rightsOfMorePeopleAreReadInAsManyScans() {
        Office.Place place = office.open();
        office.hire(place.circle(), "driver");
        tables.sql("analyze permission_override").update();
        long scans = scansOfADiagnostic();

        for (int more = 0; more < 5; more++) {
            office.hire(place.circle(), "driver");
        }

        assertThat(scansOfADiagnostic()).isEqualTo(scans);
    }

    /** Of the overrides, which whatever works out the rights of one person has to look up. */
    private long scansOfADiagnostic() {
        return transaction.execute(status -> {
            long before = scans();
            effective.deviations(PageRequest.of(0, 50));
            return scans() - before;
        });
    }

    private long scans() {
        return jdbc.sql(
                        """
                        select seq_scan + coalesce(idx_scan, 0) from pg_stat_xact_user_tables
                        where relname = 'permission_override'""")
                .query(Long.class)
                .single();
    }
}
