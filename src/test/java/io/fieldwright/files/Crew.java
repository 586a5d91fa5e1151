package io.fieldwright.files;

import io.fieldwright.Partners;
import io.fieldwright.people.People;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/** A circle with a vendor that works for it, and people of both who take photos. */
@Component
@Scope("prototype")
class Crew {

    private final Organisations organisations;
    private final People people;
    private final Partners partners;
    private final String unique = UUID.randomUUID().toString().substring(0, 8);

    Crew(Organisations organisations, People people, Partners partners) {
        this.organisations = organisations;
        this.people = people;
        this.partners = partners;
    }

    Crew assemble() {
        organisations.create("corporate-" + unique, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(circle(), Organisation.Kind.CIRCLE, "Circle", "corporate-" + unique);
        organisations.create(vendor(), Organisation.Kind.VENDOR, "Vendor", null);
        partners.engage(circle(), vendor());
        return this;
    }

    String circle() {
        return "circle-" + unique;
    }

    String vendor() {
        return "vendor-" + unique;
    }

    String collaboration() {
        return circle() + "~" + vendor();
    }

    Camera hire(TestRestTemplate http, String organisation, String name, String designation) {
        String username = name + "." + organisation;
        people.create(
                organisation,
                username,
                Camera.PASSWORD,
                new People.Profile(name, null, null, "en", true, Set.of(designation)));
        return new Camera(URI.create(http.getRootUri()), username);
    }
}
