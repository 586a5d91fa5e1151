package io.fieldwright.workflow;

import io.fieldwright.Partners;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Brings people of fresh organisations into being, so that tests on the one database never meet. */
@Component
class TestPeople {

    static final String PASSWORD = "correct horse battery";

    /** A corporate with one circle, which engages one vendor. */
    record House(String corporate, String circle, String vendor) {

        String collaboration() {
            return circle + "~" + vendor;
        }
    }

    private final Organisations organisations;
    private final Partners partners;
    private final People people;

    TestPeople(Organisations organisations, Partners partners, People people) {
        this.organisations = organisations;
        this.partners = partners;
        this.people = people;
    }

    House house() {
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        House house = new House("corporate-" + suffix, "circle-" + suffix, "vendor-" + suffix);
        organisations.create(house.corporate(), Organisation.Kind.CORPORATE, "Corporate " + suffix, null);
        organisations.create(house.circle(), Organisation.Kind.CIRCLE, "Circle " + suffix, house.corporate());
        organisations.create(house.vendor(), Organisation.Kind.VENDOR, "Vendor " + suffix, null);
        partners.engage(house.circle(), house.vendor());
        return house;
    }

    /** Somebody who holds {@code designations}; answers the username. */
    String person(String organisation, String... designations) {
        String username = "p" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        people.create(
                organisation,
                username,
                PASSWORD,
                new People.Profile(
                        "Asha Rani Kulkarni", username + "@example.org", null, "en", true, Set.of(designations)));
        return username;
    }

    /** From now on {@code username} holds these designations and no others. */
    void move(String username, String... designations) {
        Person person = people.find(username).orElseThrow();
        people.change(
                person.id(),
                "*",
                new People.Profile(person.name(), person.email(), null, "en", true, Set.of(designations)),
                null);
    }
}
