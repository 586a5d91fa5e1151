package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trips;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Custody passes from the vehicle or carrier to the warehouse. */
@Component
class HandOverToWarehouse implements JavaDelegate {

    private final Trips trips;

    HandOverToWarehouse(Trips trips) {
        this.trips = trips;
    }

    @Override
    public void execute(DelegateExecution execution) {
        trips.arrive(TransportTrip.tripId(execution));
    }
}
