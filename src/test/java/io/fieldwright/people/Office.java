package io.fieldwright.people;

import io.fieldwright.Caller;
import io.fieldwright.Partners;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.stereotype.Component;

/** Fresh organisations with people who sign in over HTTP, so that tests on the one database never meet. */
@Component
public class Office {

    public static final String PASSWORD = "correct horse battery";

    /** A corporate with two circles, of which the first engages a vendor. */
    public record Place(String corporate, String circle, String otherCircle, String vendor) {}

    private final Organisations organisations;
    private final People people;
    private final Partners partners;

    Office(Organisations organisations, People people, Partners partners) {
        this.organisations = organisations;
        this.partners = partners;
        this.people = people;
    }

    public Place open() {
        String unique = unique();
        Place place = new Place("corporate-" + unique, "circle-" + unique, "other-" + unique, "vendor-" + unique);
        organisations.create(place.corporate(), Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(place.circle(), Organisation.Kind.CIRCLE, "Circle", place.corporate());
        organisations.create(place.otherCircle(), Organisation.Kind.CIRCLE, "Other circle", place.corporate());
        organisations.create(place.vendor(), Organisation.Kind.VENDOR, "Vendor", null);
        partners.engage(place.circle(), place.vendor());
        return place;
    }

    public Person hire(String organisation, String... designations) {
        return people.create(
                organisation,
                "p-" + unique(),
                PASSWORD,
                new People.Profile("Somebody", null, null, "en", true, Set.of(designations)));
    }

    public Caller signedIn(TestRestTemplate http, Person person) {
        return Caller.signedIn(http, person.username(), PASSWORD);
    }

    public static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
