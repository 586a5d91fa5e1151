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
 * Sees to it that no change leaves an organisation administered worse than it was. One that has an administrator who can do
 * what they are there for keeps one: an active person in their group who may change people, now and after everything that
 * expires. One that only has others, such as from before, keeps one of these.
 */
@Component
class Administrators {

    private enum Standing {
        NOBODY,
        SOMEBODY,
        SOMEBODY_ABLE
    }

    /** Overrides only ever expire, so whoever has a permission at both moments has it at every moment between. */
    private static final String STANDING =
            """
            with administrator as materialized (
              select distinct p.id
              from designation d join designation_candidate_group g on g.designation_id = d.id
                join person_designation h on h.designation_id = d.id join person p on p.id = h.person_id
              where d.tenant_id = :organisation and g.candidate_group = :group and p.active)
            select case
              when exists (
                select from administrator
                where :permission in (select effective_permissions(id, :now))
                  and :permission in (select effective_permissions(id, 'infinity'))) then 'SOMEBODY_ABLE'
              when exists (select from administrator) then 'SOMEBODY'
              else 'NOBODY' end
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Administrators(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @EventListener
    void keep(DualModeEnds vendor) {
        keep("dualMode", vendor.organisation());
    }

    /**
     * Called before a change that may take the last administrator away. Once everything is written, it refuses the
     * transaction with a {@link Problem} 409 naming {@code field} if none is left who is as able as the best was before. Of
     * two administrators who leave at the same moment, the second waits there and sees that the first has gone.
     */
    void keep(String field, String organisation) {
        Standing before = standing(organisation);
        if (before != Standing.NOBODY) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    require(before, field, organisation);
                }
            });
        }
    }

    private void require(Standing before, String field, String organisation) {
        jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended('administrators of ' || :organisation, 0))")
                .param("organisation", organisation)
                .query(Integer.class)
                .single();
        if (standing(organisation).compareTo(before) < 0) {
            throw Problem.conflict(field, "nobody would administer " + organisation + " any more");
        }
    }

    private Standing standing(String organisation) {
        return TenantScope.asSystem(() -> jdbc.sql(STANDING)
                .param("organisation", organisation)
                .param("group", CandidateGroup.TENANT_ADMIN.id())
                .param("permission", Permission.PEOPLE_WRITE.id())
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) -> Standing.valueOf(row.getString(1)))
                .single());
    }
}
