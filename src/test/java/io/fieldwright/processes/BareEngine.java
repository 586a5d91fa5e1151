package io.fieldwright.processes;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;
import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;

/** The engine by itself, on the same server and with the same models, whose steps do nothing. */
final class BareEngine implements AutoCloseable {

    private static final String SCHEMA = "bare_engine";

    private final HikariDataSource pool = new HikariDataSource();
    private final ProcessEngine engine;

    BareEngine(FlywayConnectionDetails owner) throws SQLException {
        pool.setJdbcUrl(owner.getJdbcUrl());
        pool.setUsername(owner.getUsername());
        pool.setPassword(owner.getPassword());
        pool.setSchema(SCHEMA);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists " + SCHEMA + " cascade");
            statement.execute("create schema " + SCHEMA);
        }
        pool.setMaximumPoolSize(20);
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("bare");
        configuration.setDataSource(CountedStatements.counted(pool));
        configuration.setDatabaseSchema(SCHEMA);
        configuration.setDatabaseTablePrefix(SCHEMA + ".");
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistory("full");
        configuration.setJobExecutorActivate(false);
        configuration.setMetricsEnabled(false);
        configuration.setCmmnEnabled(false);
        configuration.setStandaloneTasksEnabled(false);
        configuration.setDefaultSerializationFormat("application/json");
        configuration.getProcessEnginePlugins().add(new SpinProcessEnginePlugin());
        configuration.setBeans(new EmptySteps());
        engine = configuration.buildProcessEngine();
        for (String process : List.of("dismantle-to-warehouse", "transport-trip", "warehouse-receipt")) {
            engine.getRepositoryService()
                    .createDeployment()
                    .addClasspathResource("processes/" + process + ".bpmn")
                    .deploy();
        }
    }

    ProcessEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
    }

    private static final class EmptyStep implements JavaDelegate, TaskListener {

        @Override
        public void execute(DelegateExecution execution) {}

        @Override
        public void notify(DelegateTask task) {}
    }

    /** Has a step of any name. */
    private static final class EmptySteps extends AbstractMap<Object, Object> {

        private static final EmptyStep STEP = new EmptyStep();

        @Override
        public boolean containsKey(Object name) {
            return true;
        }

        @Override
        public Object get(Object name) {
            return STEP;
        }

        @Override
        public Set<Map.Entry<Object, Object>> entrySet() {
            return Set.of();
        }
    }
}
