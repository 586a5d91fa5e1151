package io.fieldwright.workflow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.JobQueryImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobManager;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.springframework.stereotype.Service;

/**
 * Stops the clocks of a process and of all that it called while its work is on hold, also of what is called and of whom is
 * asked meanwhile. The process that is put on hold is the one that nobody called.
 */
@Service
public class Timers {

    /** At the process that nobody called, while its clocks stand still. */
    private static final String STOPPED = "clocksStopped";

    private final Clock clock;

    Timers(Clock clock) {
        this.clock = clock;
    }

    public void pause(DelegateExecution execution) {
        execution.getProcessInstance().setVariableLocal(STOPPED, true);
        of(execution).forEach(Timers::stop);
    }

    /** Lets the timers run again, each due later by the time it stood still, of a hold that lasted {@code held}. */
    public void resume(DelegateExecution execution, Duration held) {
        execution.getProcessInstance().removeVariableLocal(STOPPED);
        Instant now = clock.instant();
        for (TimerEntity timer : of(execution)) {
            if (timer.isSuspended()) {
                Duration age = Duration.between(timer.getCreateTime().toInstant(), now);
                Duration stoodStill = age.compareTo(held) < 0 ? age : held;
                timer.setSuspensionState(SuspensionState.ACTIVE.getStateCode());
                timer.setDuedate(Date.from(timer.getDuedate().toInstant().plus(stoodStill)));
            }
        }
    }

    private static void stop(TimerEntity timer) {
        timer.setSuspensionState(SuspensionState.SUSPENDED.getStateCode());
    }

    /** As the running command knows them, so that its changes to a timer are written as one. */
    private static List<TimerEntity> of(DelegateExecution execution) {
        String root = ((ExecutionEntity) execution).getRootProcessInstanceId();
        return Context.getCommandContext()
                .getJobManager()
                .findJobsByQueryCriteria(
                        (JobQueryImpl)
                                new JobQueryImpl().rootProcessInstanceId(root).timers(),
                        null)
                .stream()
                .map(TimerEntity.class::cast)
                .toList();
    }

    /** Begins timers stopped where clocks stand still. */
    private static class StoppableJobs extends JobManager {

        @Override
        public void insertJob(JobEntity job) {
            if (job instanceof TimerEntity timer && timer.getRootProcessInstanceId() != null) {
                ExecutionEntity root = getProcessInstanceManager().findExecutionById(timer.getRootProcessInstanceId());
                if (root != null && root.hasVariableLocal(STOPPED)) {
                    stop(timer);
                }
            }
            super.insertJob(job);
        }
    }

    /** Has the engine keep the clocks. */
    static class Factory implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return JobManager.class;
        }

        @Override
        public Session openSession() {
            return new StoppableJobs();
        }
    }
}
