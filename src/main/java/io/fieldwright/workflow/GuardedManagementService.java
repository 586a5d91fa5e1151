package io.fieldwright.workflow;

import org.camunda.bpm.engine.impl.ManagementServiceImpl;
import org.camunda.bpm.engine.impl.ProcessEngineLogger;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.jspecify.annotations.Nullable;

/**
 * The engine's management service, which asks whether somebody may run a job before it tries. The engine asks while it
 * tries and takes the refusal for a failure of the job: whoever knew the id could use up the attempts of others' jobs.
 */
class GuardedManagementService extends ManagementServiceImpl {

    GuardedManagementService(ProcessEngineConfigurationImpl engine) {
        super(engine);
    }

    @Override
    public void executeJob(@Nullable String jobId) {
        if (jobId != null) {
            commandExecutor.execute(context -> {
                JobEntity job = context.getJobManager().findJobById(jobId);
                if (job == null) {
                    throw ProcessEngineLogger.JOB_EXECUTOR_LOGGER.jobNotFoundException(jobId);
                }
                context.getProcessEngineConfiguration()
                        .getCommandCheckers()
                        .forEach(checker -> checker.checkUpdateJob(job));
                return null;
            });
        }
        super.executeJob(jobId);
    }
}
