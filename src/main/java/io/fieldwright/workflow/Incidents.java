package io.fieldwright.workflow;

import io.fieldwright.api.Listing;
import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Steps that failed for good and wait for somebody to have them tried again. */
@Service
@Transactional
public class Incidents {

    /** One failed step; {@code message} says why in words for the reader. */
    public record Incident(
            String id,
            String processKey,
            String processInstanceId,
            @Nullable String businessKey,
            @Nullable String tenantId,
            String activityId,
            @Nullable String message,
            Instant since) {}

    private static final String FROM =
            """
             from act_ru_incident i
            join act_re_procdef d on d.id_ = i.proc_def_id_
            join act_ru_execution p on p.id_ = i.proc_inst_id_
            where i.id_ = i.cause_incident_id_ and i.incident_type_ = 'failedJob'
              and (cast(:tenants as text[]) is null or i.tenant_id_ = any (:tenants))
              and (cast(:sites as text[]) is null or exists (
                select from act_ru_variable v
                where v.execution_id_ = i.proc_inst_id_ and v.name_ = 'siteId' and v.text_ = any (:sites)))
              and (cast(:id as text) is null or i.id_ = :id)
            """;

    private final JdbcClient jdbc;
    private final ManagementService management;
    private final SystemWork system;

    Incidents(JdbcClient jdbc, ManagementService management, SystemWork system) {
        this.jdbc = jdbc;
        this.management = management;
        this.system = system;
    }

    /** Oldest first. */
    @Transactional(readOnly = true)
    public Listing<Incident> list(Pageable page) {
        var incidents = query(
                        """
                        select i.id_, d.key_, i.proc_inst_id_, p.business_key_, i.tenant_id_, i.activity_id_,
                          i.incident_msg_, i.incident_timestamp_"""
                                + FROM + " order by i.incident_timestamp_, i.id_ limit :size offset :offset",
                        null)
                .param("size", page.getPageSize())
                .param("offset", page.getOffset())
                .query(Incidents::incident)
                .list();
        long total = query("select count(*)" + FROM, null).query(Long.class).single();
        return new Listing<>(incidents, page.getPageNumber(), page.getPageSize(), total);
    }

    /**
     * Has the failed step tried once more, soon; a further failure is a new incident.
     *
     * @throws Problem 404 when there is no such incident in sight
     */
    public void retry(String id) {
        String job = query("select i.configuration_" + FROM, id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Problem.notFound("incident", id));
        system.run(() -> management.setJobRetries(job, 1));
    }

    private JdbcClient.StatementSpec query(String sql, @Nullable String id) {
        Collection<String> tenants = TenantScope.visible();
        Set<UUID> sites = TenantScope.visibleSites();
        return jdbc.sql(sql)
                .param("tenants", tenants == null ? null : tenants.toArray(String[]::new), Types.ARRAY)
                .param(
                        "sites",
                        sites == null
                                ? null
                                : sites.stream().map(UUID::toString).toArray(String[]::new),
                        Types.ARRAY)
                .param("id", id, Types.VARCHAR);
    }

    private static Incident incident(ResultSet row, int number) throws SQLException {
        return new Incident(
                row.getString("id_"),
                row.getString("key_"),
                row.getString("proc_inst_id_"),
                row.getString("business_key_"),
                row.getString("tenant_id_"),
                row.getString("activity_id_"),
                row.getString("incident_msg_"),
                row.getTimestamp("incident_timestamp_").toInstant());
    }
}
