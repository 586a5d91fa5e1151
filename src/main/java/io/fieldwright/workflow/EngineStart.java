package io.fieldwright.workflow;

import org.camunda.bpm.engine.AuthorizationService;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Prepares engine and models before the first request and the first job: one transaction, and one node at a time where
 * several start at once.
 */
@Component
class EngineStart implements SmartInitializingSingleton {

    private static final long ONE_AT_A_TIME = 7_240_001;

    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final AuthorizationService authorizations;
    private final ProcessRights rights;
    private final TaskLists taskLists;
    private final PackagedProcesses processes;

    EngineStart(
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            AuthorizationService authorizations,
            ProcessRights rights,
            TaskLists taskLists,
            PackagedProcesses processes) {
        this.transaction = new TransactionTemplate(transactions);
        this.jdbc = jdbc;
        this.authorizations = authorizations;
        this.rights = rights;
        this.taskLists = taskLists;
        this.processes = processes;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select 1 from pg_advisory_xact_lock(:lock)")
                    .param("lock", ONE_AT_A_TIME)
                    .query()
                    .singleRow();
            rights.grantStandingRights(authorizations);
            taskLists.create();
            processes.deploy();
        });
    }
}
