package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trips;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Nothing was loaded; what stands at the site is planned anew. */
@Component
class CancelEmptyTrip implements JavaDelegate {

    private final Trips trips;

    CancelEmptyTrip(Trips trips) {
        this.trips = trips;
    }

    @Override
    public void execute(DelegateExecution execution) {
        trips.cancel(TransportTrip.tripId(execution));
    }
}
