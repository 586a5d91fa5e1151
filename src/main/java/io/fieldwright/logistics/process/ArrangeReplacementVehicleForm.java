package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Trips;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Finds what takes over the load of a vehicle that broke down. */
@Component
class ArrangeReplacementVehicleForm extends UserTaskForm {

    private final Trips trips;
    private final LogisticsText text;

    ArrangeReplacementVehicleForm(Trips trips, LogisticsText text) {
        this.trips = trips;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        Trip trip = trips.get(TransportTrip.tripId(task));
        task.setVariableLocal("tripSummary", text.trip(trip));
        task.setVariableLocal("breakdownReport", trip.breakdownReport());
        task.setVariableLocal("vehicleChoices", TransportTrip.transportChoices(trips.transportChoices(trip.id())));
        task.setVariableLocal("driverChoices", TransportTrip.driverChoices(trips.driverChoices(trip.id())));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        String replacement = answers.required("vehicleId");
        String driver = answers.required("driver");
        trips.sign(TransportTrip.tripId(task), Signatures.read(answers));
        task.getExecution().setVariable(TransportTrip.REPLACEMENT, replacement);
        task.getExecution().setVariable(TransportTrip.DRIVER, driver);
    }
}
