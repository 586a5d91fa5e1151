package io.fieldwright.equipment;

import io.fieldwright.OwnApplicationTest;
import io.fieldwright.people.People;
import io.fieldwright.processes.CountedStatements;
import io.fieldwright.tenancy.Organisation.Kind;
import io.fieldwright.tenancy.Organisations;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Two circles of one corporate, each with a coordinator, a model of its own, a site and a warehouse. */
@OwnApplicationTest
@Import({EquipmentTest.Places.class, CountedStatements.OfTheApplication.class})
abstract class EquipmentTest {

    static final String PASSWORD = "correct horse battery staple";
    static final LocalDate IN_SERVICE = LocalDate.of(2021, 4, 1);

    @TestConfiguration
    static class Places {

        @Bean
        KnownPlaces knownPlaces() {
            return new KnownPlaces();
        }
    }

    @Autowired
    Equipment equipment;

    @Autowired
    private Organisations organisations;

    @Autowired
    private People people;

    @Autowired
    private KnownPlaces knownPlaces;

    String circle;
    String otherCircle;
    EquipmentModel model;
    EquipmentModel otherModel;
    Place site;
    Place warehouse;

    @BeforeEach
    void twoCircles() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        String corporate = "corporate-" + unique;
        circle = "circle-" + unique;
        otherCircle = "other-" + unique;
        organisations.create(corporate, Kind.CORPORATE, corporate, null);
        organisations.create(circle, Kind.CIRCLE, circle, corporate);
        organisations.create(otherCircle, Kind.CIRCLE, otherCircle, corporate);
        for (String organisation : List.of(circle, otherCircle)) {
            person(organisation, coordinatorOf(organisation), "coordinator");
            equipment.createCategory(organisation, "radio", radio());
        }
        model = model(circle, "Ericsson", "Radio 2217");
        otherModel = model(otherCircle, "Ericsson", "Radio 2217");
        site = place(circle, Place::site);
        warehouse = place(circle, Place::warehouse);
    }

    static String coordinatorOf(String organisation) {
        return "coordinator." + organisation;
    }

    void person(String organisation, String username, String designation) {
        people.create(
                organisation,
                username,
                PASSWORD,
                new People.Profile(username, null, null, "en", true, Set.of(designation)));
    }

    static CategoryDescription radio() {
        return new CategoryDescription(
                "Radio unit", "electronics", new BigDecimal("184500.00"), "INR", 10, 5, true, List.of(), 3, 25, 0.06);
    }

    EquipmentModel model(String organisation, String manufacturer, String name) {
        return equipment.createModel(organisation, "radio", new ModelDescription(manufacturer, name, Map.of()));
    }

    Place place(String organisation, Function<UUID, Place> kind) {
        return knownPlaces.add(organisation, kind);
    }

    EquipmentItem register(String serialNumber) {
        return equipment.register(newItem(serialNumber));
    }

    NewItem newItem(String serialNumber) {
        return new NewItem(circle, model.id(), serialNumber, Condition.WORKING, IN_SERVICE, site, "a.rao");
    }

    List<EquipmentItem> registerMany(int count) {
        return equipment.registerAll(IntStream.range(0, count)
                .mapToObj(number -> newItem("MANY-%05d".formatted(number)))
                .toList());
    }

    static HandOver handOver(Place from, Place to) {
        return new HandOver(
                from, to, Instant.parse("2026-03-01T10:00:00Z"), "a.rao", "r.kumar", 19.07, 72.88, "trip 1: seal 77");
    }
}
