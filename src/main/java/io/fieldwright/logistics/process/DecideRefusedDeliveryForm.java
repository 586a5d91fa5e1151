package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Trips;
import io.fieldwright.workflow.Choices;
import io.fieldwright.workflow.FormAnswers;
import io.fieldwright.workflow.UserTaskForm;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Decides where a refused load goes. */
@Component
class DecideRefusedDeliveryForm extends UserTaskForm {

    private static final String BACK = "site";

    private final Trips trips;
    private final LogisticsText text;

    DecideRefusedDeliveryForm(Trips trips, LogisticsText text) {
        this.trips = trips;
        this.text = text;
    }

    @Override
    protected void prepare(DelegateTask task) {
        Trip trip = trips.get(TransportTrip.tripId(task));
        task.setVariableLocal("tripSummary", text.trip(trip));
        task.setVariableLocal("refusalReason", trip.refusalReason());
        List<Choices.Choice> destinations = new ArrayList<>();
        destinations.add(new Choices.Choice("Back to the site", BACK));
        trips.otherWarehouses(trip.id())
                .forEach(warehouse -> destinations.add(
                        new Choices.Choice(warehouse.name(), warehouse.id().toString())));
        task.setVariableLocal("destinationChoices", Choices.of(destinations));
    }

    @Override
    protected void submit(DelegateTask task, FormAnswers answers) {
        String destination = answers.required("destination");
        trips.remark(TransportTrip.tripId(task), answers.text("reason"));
        task.getExecution().setVariable(TransportTrip.BACK_TO_SITE, destination.equals(BACK));
        task.getExecution().setVariable(TransportTrip.DESTINATION, destination);
    }
}
