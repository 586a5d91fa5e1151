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
            addIndexes();
            rights.grantStandingRights(authorizations);
            taskLists.create();
            processes.deploy();
        });
    }

    /** The engine leaves these out on PostgreSQL, yet asks for parents at each completion and for due jobs all the time. */
    private void addIndexes() {
        index("task_parent on act_ru_task (parent_task_id_) where parent_task_id_ is not null");
        index("job_due on act_ru_job (duedate_) where retries_ > 0 and suspension_state_ = 1");
        index("job_lock_expiry on act_ru_job (lock_exp_time_) where lock_exp_time_ is not null");
    }

    private void index(String definition) {
        jdbc.sql("create index if not exists fieldwright_" + definition).update();
    }
}
