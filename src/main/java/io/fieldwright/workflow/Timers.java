package io.fieldwright.workflow;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.stereotype.Service;

/** Stops the clocks of a process while its work is on hold. */
@Service
public class Timers {

    private final ManagementService management;
    private final SystemWork system;

    Timers(ManagementService management, SystemWork system) {
        this.management = management;
        this.system = system;
    }

    public void pause(String processInstanceId) {
        system.run(() -> timers(processInstanceId).forEach(timer -> management.suspendJobById(timer.getId())));
    }

    /** Lets the timers run again, each due later by the time they stood still. */
    public void resume(String processInstanceId, Duration held) {
        system.run(() -> timers(processInstanceId).forEach(timer -> {
            management.activateJobById(timer.getId());
            management.setJobDuedate(
                    timer.getId(), Date.from(timer.getDuedate().toInstant().plus(held)));
        }));
    }

    private List<Job> timers(String processInstanceId) {
        return management
                .createJobQuery()
                .processInstanceId(processInstanceId)
                .timers()
                .list();
    }
}
