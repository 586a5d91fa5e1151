package io.fieldwright.logistics.process;

import io.fieldwright.api.Identifiers;
import io.fieldwright.logistics.TransportChoice;
import io.fieldwright.logistics.Trips;
import io.fieldwright.logistics.Warehouse;
import io.fieldwright.people.Person;
import io.fieldwright.workflow.Choices;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.spin.json.SpinJsonNode;

/** The variables of the process {@code transport-trip}. */
final class TransportTrip {

    static final String TRIP_ID = Trips.TRIP_ID;
    static final String ANYTHING_LOADED = "anythingLoaded";
    static final String DELIVERY_ACCEPTED = "deliveryAccepted";
    static final String BACK_TO_SITE = "backToSite";
    static final String DESTINATION = "destination";
    static final String REPLACEMENT = "replacement";
    static final String DRIVER = "driver";

    private TransportTrip() {}

    static SpinJsonNode transportChoices(List<TransportChoice> choices) {
        return Choices.of(choices.stream()
                .map(choice -> new Choices.Choice(choice.label(), choice.id()))
                .toList());
    }

    static SpinJsonNode driverChoices(List<Person> drivers) {
        return Choices.of(drivers.stream()
                .map(person -> new Choices.Choice(person.name(), person.username()))
                .distinct()
                .toList());
    }

    static SpinJsonNode warehouseChoices(List<Warehouse> warehouses) {
        return Choices.of(warehouses.stream()
                .map(warehouse ->
                        new Choices.Choice(warehouse.name(), warehouse.id().toString()))
                .toList());
    }

    static UUID tripId(VariableScope scope) {
        return Identifiers.parse(TRIP_ID, (String) scope.getVariable(TRIP_ID));
    }
}
