package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Trips;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Takes who signed for the load that came back to the site. */
@Component
class SignReturnForm extends UserTaskForm {

    private final Trips trips;
    private final LogisticsText text;

    SignReturnForm(Trips trips, LogisticsText text) {
        this.trips = trips;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        Trip trip = trips.get(TransportTrip.tripId(task));
        task.setVariableLocal("tripSummary", text.trip(trip));
        task.setVariableLocal("manifestList", text.manifest(trip));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        trips.sign(TransportTrip.tripId(task), Signatures.read(answers));
    }
}
