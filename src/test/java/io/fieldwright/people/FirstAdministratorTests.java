package io.fieldwright.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwright.OwnApplicationTest;
import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.annotation.Transactional;

/** An installation of its own, in which nobody exists: each test is a transaction that rolls back. */
@OwnApplicationTest
@TestPropertySource(properties = "fieldwright.database.name=nobody")
@Transactional
@ExtendWith(OutputCaptureExtension.class)
class FirstAdministratorTests {

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private People people;

    @Autowired
    private PersonRepository persons;

    @Autowired
    private PersonDirectory directory;

    @Autowired
    private Organisations organisations;

    @Autowired
    private JdbcClient jdbc;

    private final String organisation = "telco-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void emptyInstallationGetsAnAdministratorOfItsCorporate() {
        start(new AdministratorProperties("asha", PASSWORD, organisation));

        SignedInPerson administrator = directory.loadUserByUsername("asha");
        assertThat(administrator.organisation()).isEqualTo(organisation);
        assertThat(administrator.groups()).containsExactlyInAnyOrder("platform-admin", "tenant-admin");
        assertThat(organisations.get(organisation).kind()).isEqualTo(Organisation.Kind.CORPORATE);
    }

    @Test
    void organisationThatExistsIsUsed() {
        organisations.create(organisation, Organisation.Kind.CORPORATE, "Telco", null);

        start(new AdministratorProperties("asha", PASSWORD, organisation));

        assertThat(directory.loadUserByUsername("asha").organisation()).isEqualTo(organisation);
    }

    @Test
    void installationWithPeopleIsLeftAlone() {
        start(new AdministratorProperties("asha", PASSWORD, organisation));
        start(new AdministratorProperties("binod", "another password", organisation));

        assertThat(persons.findAll()).extracting(Person::username).containsExactly("asha");
    }

    @Test
    void withoutSettingsNobodyIsCreatedAndTheLogSaysWhatToSet(CapturedOutput log) {
        start(new AdministratorProperties("asha", null, organisation));

        assertThat(persons.count()).isZero();
        assertThat(log).contains("fieldwright.administrator.password", "FIELDWRIGHT_ADMINISTRATOR_USERNAME");
    }

    @Test
    void weakPasswordStopsTheStart() {
        assertThatThrownBy(() -> start(new AdministratorProperties("asha", "secret", organisation)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("password");
    }

    private void start(AdministratorProperties properties) {
        new FirstAdministrator(properties, people, persons, organisations, jdbc).createIfThereIsNobody();
    }
}
