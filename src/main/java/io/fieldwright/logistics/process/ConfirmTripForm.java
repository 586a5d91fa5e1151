package io.fieldwright.logistics.process;

import io.fieldwright.logistics.TransportChoice;
import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Trips;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Lets the transport coordinator change what was planned, and settle who drives and when. */
@Component
class ConfirmTripForm extends UserTaskForm {

    private final Trips trips;
    private final LogisticsText text;

    ConfirmTripForm(Trips trips, LogisticsText text) {
        this.trips = trips;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        Trip trip = trips.get(TransportTrip.tripId(task));
        task.setVariableLocal("tripSummary", text.trip(trip));
        task.setVariableLocal("manifestList", text.manifest(trip));
        List<TransportChoice> choices = trips.transportChoices(trip.id());
        task.setVariableLocal("vehicleChoices", TransportTrip.transportChoices(choices));
        task.setVariableLocal("driverChoices", TransportTrip.driverChoices(trips.driverChoices(trip.id())));
        task.setVariableLocal("vehicleId", trips.plannedTransport(trip));
        task.setVariableLocal("pickupAt", trip.pickupOn().toString());
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        trips.confirm(
                TransportTrip.tripId(task),
                answers.required("vehicleId"),
                answers.required("driver"),
                answers.date("pickupAt"));
    }
}
