package io.fieldwright.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.tenancy.Organisations;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Whom single sign-on means by an e-mail address. */
@FieldwrightTest
class EmailAddressTests {

    @Autowired
    private Office office;

    @Autowired
    private People people;

    @Autowired
    private Organisations organisations;

    @Autowired
    private PersonDirectory directory;

    private final String address = "Asha-" + Office.unique() + "@example.org";

    private Person person(String organisation, boolean active) {
        return people.create(
                organisation,
                "p-" + Office.unique(),
                Office.PASSWORD,
                new People.Profile("Asha", address, null, "en", active, Set.of()));
    }

    private Optional<String> found() {
        return directory.findByEmail(address.toLowerCase()).map(SignedInPerson::username);
    }

    @ParameterizedTest
    @CsvSource({"true, true, false", "false, true, true", "true, false, true", "false, false, true"})
    void personIsMeantUnlessAnotherWhoMaySignInHasTheAddress(boolean active, boolean organisation, boolean meant) {
        Office.Place place = office.open();
        Person person = person(place.circle(), true);
        person(place.otherCircle(), active);
        if (!organisation) {
            organisations.suspend(place.otherCircle(), "*", "unpaid");
        }

        assertThat(found()).isEqualTo(meant ? Optional.of(person.username()) : Optional.empty());
    }

    @Test
    void nobodyIsMeantWhoMayNotSignIn() {
        person(office.open().circle(), false);

        assertThat(found()).isEmpty();
    }
}
