package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Counted;
import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Trips;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Takes what really was loaded and who signed for it. */
@Component
class SignLoadingForm extends UserTaskForm {

    private final Trips trips;
    private final LogisticsText text;

    SignLoadingForm(Trips trips, LogisticsText text) {
        this.trips = trips;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        Trip trip = trips.get(TransportTrip.tripId(task));
        task.setVariableLocal("tripSummary", text.trip(trip));
        task.setVariableLocal("manifestList", text.manifest(trip));
        task.setVariableLocal("loadedSerials", text.plannedSerials(trip));
        task.setVariableLocal("loadedBulk", text.plannedBulk(trip));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        Counted loaded =
                Counted.read("loadedSerials", answers.rows("loadedSerials"), "loadedBulk", answers.rows("loadedBulk"));
        boolean anything =
                trips.load(TransportTrip.tripId(task), loaded, answers.text("sealNumber"), Signatures.read(answers));
        task.getExecution().setVariable(TransportTrip.ANYTHING_LOADED, anything);
    }
}
