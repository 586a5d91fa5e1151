package io.fieldwright.workflow;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells how much work waits and how much has failed. It is never down for that: restarting a node would not mend a
 * failed step.
 */
@Component
class ProcessesHealthIndicator implements HealthIndicator {

    private final JdbcClient jdbc;

    ProcessesHealthIndicator(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Health health() {
        return jdbc.sql(
                        """
                        select
                          (select count(*) from act_ru_job where retries_ > 0 and suspension_state_ = 1
                            and (duedate_ is null or duedate_ <= localtimestamp)) as backlog,
                          (select count(*) from act_ru_incident where id_ = cause_incident_id_) as incidents""")
                .query((row, number) -> Health.up()
                        .withDetail("jobBacklog", row.getLong("backlog"))
                        .withDetail("incidents", row.getLong("incidents"))
                        .build())
                .single();
    }
}
