package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trips;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Custody passes back to the site. */
@Component
class HandOverToSite implements JavaDelegate {

    private final Trips trips;

    HandOverToSite(Trips trips) {
        this.trips = trips;
    }

    @Override
    public void execute(DelegateExecution execution) {
        trips.returnToSite(TransportTrip.tripId(execution));
    }
}
