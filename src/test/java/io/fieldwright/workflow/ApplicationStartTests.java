package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@FieldwrightTest
class ApplicationStartTests {

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void settingsReachTheEngine() {
        var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        assertThat(configuration.isAuthorizationEnabled()).isTrue();
        assertThat(configuration.getAuthorizationCheckRevokes()).isEqualTo("never");
        assertThat(configuration.isCmmnEnabled()).isFalse();
        assertThat(configuration.isStandaloneTasksEnabled()).isFalse();
        assertThat(configuration.isEnableExceptionsAfterUnhandledBpmnError()).isTrue();
        assertThat(configuration.getDefaultSerializationFormat()).isEqualTo("application/json");
        assertThat(configuration.getHistoryCleanupBatchWindowStartTime()).isEqualTo("02:00");
        assertThat(configuration.getLoggingContextProcessDefinitionKey()).isEqualTo("process");
        assertThat(configuration.isTenantCheckEnabled()).isTrue();
    }

    @Test
    void engineTablesHaveTheIndexesTheEngineLeavesOut() {
        assertThat(jdbc.sql("select indexname from pg_indexes where indexname like 'fieldwright_%' order by 1")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "fieldwright_job_due",
                        "fieldwright_job_lock_expiry",
                        "fieldwright_task_created",
                        "fieldwright_task_parent");
    }
}
