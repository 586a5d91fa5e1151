package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trips;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Custody passes from the site to the vehicle or carrier. */
@Component
class HandOverToVehicle implements JavaDelegate {

    private final Trips trips;

    HandOverToVehicle(Trips trips) {
        this.trips = trips;
    }

    @Override
    public void execute(DelegateExecution execution) {
        trips.depart(TransportTrip.tripId(execution));
    }
}
