package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trips;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Splits what still stands at the site over trips. */
@Component
class PlanTrips implements JavaDelegate {

    private final Trips trips;

    PlanTrips(Trips trips) {
        this.trips = trips;
    }

    @Override
    public void execute(DelegateExecution execution) {
        List<String> tripIds = trips.plan(DismantleToWarehouse.recordId(execution)).stream()
                .map(UUID::toString)
                .toList();
        execution.setVariable(DismantleToWarehouse.TRIP_IDS, new ArrayList<>(tripIds));
    }
}
