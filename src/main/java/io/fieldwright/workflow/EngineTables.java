package io.fieldwright.workflow;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/**
 * Makes the engine's tables with the engine's own scripts, as the role that owns ours: the role of the application may
 * not create any. Runs before the migrations, in one transaction, one node at a time.
 */
@Component
class EngineTables extends BaseCallback {

    private static final long ONE_AT_A_TIME = 7_240_003;

    private static final List<String> SCRIPTS =
            List.of("engine", "history", "identity", "decision.engine", "decision.history");

    /**
     * The engine leaves these out on PostgreSQL, yet asks for parents at each completion and for due jobs all the time; and
     * task lists begin with the oldest.
     */
    private static final List<String> INDEXES = List.of(
            "task_created on act_ru_task (create_time_, id_) where suspension_state_ = 1",
            "task_parent on act_ru_task (parent_task_id_) where parent_task_id_ is not null",
            "job_due on act_ru_job (duedate_) where retries_ > 0 and suspension_state_ = 1",
            "job_lock_expiry on act_ru_job (lock_exp_time_) where lock_exp_time_ is not null");

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
        Connection connection = context.getConnection();
        try {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            create(connection);
            connection.commit();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException failed) {
            throw new IllegalStateException("The tables of the engine cannot be made", failed);
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + ONE_AT_A_TIME + ")");
            if (!exist(statement)) {
                for (String script : SCRIPTS) {
                    ScriptUtils.executeSqlScript(
                            connection,
                            new ClassPathResource(
                                    "org/camunda/bpm/engine/db/create/activiti.postgres.create." + script + ".sql"));
                }
            }
            for (String index : INDEXES) {
                statement.execute("create index if not exists fieldwright_" + index);
            }
        }
    }

    private static boolean exist(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select to_regclass('act_ge_property') is not null")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
