package io.fieldwright.logistics.process;

import io.fieldwright.api.Identifiers;
import io.fieldwright.logistics.Trips;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** The load goes to another warehouse. */
@Component
class RedirectTrip implements JavaDelegate {

    private final Trips trips;

    RedirectTrip(Trips trips) {
        this.trips = trips;
    }

    @Override
    public void execute(DelegateExecution execution) {
        trips.redirect(TransportTrip.tripId(execution), Identifiers.parse(TransportTrip.DESTINATION, (String)
                execution.getVariable(TransportTrip.DESTINATION)));
    }
}
