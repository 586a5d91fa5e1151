package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trips;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Custody passes from the broken-down vehicle to its replacement. */
@Component
class TransferManifest implements JavaDelegate {

    private final Trips trips;

    TransferManifest(Trips trips) {
        this.trips = trips;
    }

    @Override
    public void execute(DelegateExecution execution) {
        trips.transfer(
                TransportTrip.tripId(execution), (String) execution.getVariable(TransportTrip.REPLACEMENT), (String)
                        execution.getVariable(TransportTrip.DRIVER));
    }
}
