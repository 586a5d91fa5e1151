package io.fieldwright.people;

import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives an empty installation somebody who can sign in and let in the others. It comes after everything else that may
 * create people at start, and before the application reports that it is ready.
 */
@Component
class FirstAdministrator {

    private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);

    private final AdministratorProperties properties;
    private final People people;
    private final PersonRepository persons;
    private final Organisations organisations;
    private final JdbcClient jdbc;

    FirstAdministrator(
            AdministratorProperties properties,
            People people,
            PersonRepository persons,
            Organisations organisations,
            JdbcClient jdbc) {
        this.properties = properties;
        this.people = people;
        this.persons = persons;
        this.organisations = organisations;
        this.jdbc = jdbc;
    }

    /** Two nodes that start at once on an empty database wait for each other here. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void createIfThereIsNobody() {
        if (persons.count() > 0) {
            return;
        }
        String username = properties.username();
        String password = properties.password();
        String organisation = properties.organisation();
        if (username == null || password == null || organisation == null) {
            log.warn("Nobody can sign in, because there are no people yet. Set fieldwright.administrator.username,"
                    + " fieldwright.administrator.password and fieldwright.administrator.organisation (for example"
                    + " FIELDWRIGHT_ADMINISTRATOR_USERNAME in the environment) and start again.");
            return;
        }
        jdbc.sql("lock table person in share row exclusive mode").update();
        if (persons.count() > 0) {
            return;
        }
        if (organisations.find(organisation).isEmpty()) {
            organisations.create(organisation, Organisation.Kind.CORPORATE, organisation, null);
        }
        people.create(
                organisation,
                username,
                password,
                new People.Profile(
                        username,
                        null,
                        null,
                        "en",
                        true,
                        Set.of(CandidateGroup.PLATFORM_ADMIN.id(), CandidateGroup.TENANT_ADMIN.id())));
        log.info("The first administrator was created in the organisation {}.", organisation);
    }
}
