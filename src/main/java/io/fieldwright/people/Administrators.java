package io.fieldwright.people;

import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.DualModeEnds;
import io.fieldwright.tenancy.TenantScope;
import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sees to it that an organisation which has administrators keeps one who can do what they are there for: an active person
 * in their group who may change people, now and after everything that expires.
 */
@Component
class Administrators {

    private static final String ADMINISTRATORS =
            """
            with administrator as materialized (
              select distinct p.id
              from designation d join designation_candidate_group g on g.designation_id = d.id
                join person_designation h on h.designation_id = d.id join person p on p.id = h.person_id
              where d.tenant_id = :organisation and g.candidate_group = :group and p.active)
            """;

    private static final String ANY = "select exists (select from administrator)";

    /** Overrides only ever expire, so whoever has a permission at both moments has it at every moment between. */
    private static final String ABLE_ONE =
            """
            select exists (
              select from administrator
              where :permission in (select effective_permissions(id, :now))
                and :permission in (select effective_permissions(id, 'infinity')))
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Administrators(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A vendor without an able administrator ends it all the same: it takes none away. */
    @EventListener
    void keep(DualModeEnds vendor) {
        if (exists(ABLE_ONE, vendor.organisation())) {
            keep("dualMode", vendor.organisation());
        }
    }

    /**
     * Called before a change that may take the last administrator away. Once everything is written, it refuses the
     * transaction with a {@link Problem} 409 naming {@code field} if no able one is left. Of two administrators who leave at
     * the same moment, the second waits there and sees that the first has gone.
     */
    void keep(String field, String organisation) {
        if (exists(ANY, organisation)) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    requireOne(field, organisation);
                }
            });
        }
    }

    private void requireOne(String field, String organisation) {
        jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended('administrators of ' || :organisation, 0))")
                .param("organisation", organisation)
                .query(Integer.class)
                .single();
        if (!exists(ABLE_ONE, organisation)) {
            throw Problem.conflict(field, "nobody would administer " + organisation + " any more");
        }
    }

    private boolean exists(String selection, String organisation) {
        return TenantScope.asSystem(() -> jdbc.sql(ADMINISTRATORS + selection)
                .param("organisation", organisation)
                .param("group", CandidateGroup.TENANT_ADMIN.id())
                .param("permission", Permission.PEOPLE_WRITE.id())
                .param("now", Timestamp.from(clock.instant()))
                .query(Boolean.class)
                .single());
    }
}
