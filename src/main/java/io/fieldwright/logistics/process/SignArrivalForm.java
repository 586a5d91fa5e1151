package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Trips;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Takes whether the warehouse accepted the load, and who signed. */
@Component
class SignArrivalForm extends UserTaskForm {

    private final Trips trips;
    private final LogisticsText text;

    SignArrivalForm(Trips trips, LogisticsText text) {
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
        UUID id = TransportTrip.tripId(task);
        boolean accepted = answers.choice("answer", "accepted", "refused");
        trips.sign(id, Signatures.read(answers));
        if (accepted) {
            answers.text("refusalReason");
        } else {
            trips.refuse(id, answers.required("refusalReason"));
        }
        task.getExecution().setVariable(TransportTrip.DELIVERY_ACCEPTED, accepted);
    }
}
