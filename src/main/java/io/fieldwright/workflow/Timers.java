package io.fieldwright.workflow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.springframework.stereotype.Service;

/** Stops the clocks of a process while its work is on hold. */
@Service
public class Timers {

    private final Clock clock;

    Timers(Clock clock) {
        this.clock = clock;
    }

    public void pause(String processInstanceId) {
        timers(processInstanceId).forEach(Timers::stop);
    }

    /** Stops the clocks of a task that somebody is asked while the work is on hold. */
    public void pause(DelegateTask task) {
        timers(((ExecutionEntity) task.getExecution()).getJobs()).forEach(Timers::stop);
    }

    /** Lets the timers run again, each due later by the time it stood still, of a hold that lasted {@code held}. */
    public void resume(String processInstanceId, Duration held) {
        Instant now = clock.instant();
        for (TimerEntity timer : timers(processInstanceId)) {
            Duration age = Duration.between(timer.getCreateTime().toInstant(), now);
            Duration stoodStill = age.compareTo(held) < 0 ? age : held;
            timer.setSuspensionState(SuspensionState.ACTIVE.getStateCode());
            timer.setDuedate(Date.from(timer.getDuedate().toInstant().plus(stoodStill)));
        }
    }

    private static void stop(TimerEntity timer) {
        timer.setSuspensionState(SuspensionState.SUSPENDED.getStateCode());
    }

    /** As the running command knows them, so that its changes to a timer are written as one. */
    private static List<TimerEntity> timers(String processInstanceId) {
        return timers(Context.getCommandContext().getJobManager().findJobsByProcessInstanceId(processInstanceId));
    }

    private static List<TimerEntity> timers(List<JobEntity> jobs) {
        return jobs.stream()
                .filter(TimerEntity.class::isInstance)
                .map(TimerEntity.class::cast)
                .toList();
    }
}
