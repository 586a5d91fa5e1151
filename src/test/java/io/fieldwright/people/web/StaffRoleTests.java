package io.fieldwright.people.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Office;
import io.fieldwright.people.Person;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;

/** The maintenance staff of requirements, section 4. */
@FieldwrightTest
class StaffRoleTests {

    private static final List<String> PERMISSIONS = List.of(
            "maintenance.access-all",
            "maintenance.assign",
            "maintenance.close",
            "finances.read",
            "announcements.write",
            "maintenance.handle");

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Office office;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # role                 | all | assign | close | finances | announcements | handles
                    facility-manager       | yes | yes    | yes   | no       | yes           | yes
                    accountant             | no  | no     | no    | yes      | yes           | no
                    maintenance-supervisor | yes | yes    | yes   | no       | no            | yes
                    electrician            | no  | no     | yes   | no       | no            | yes
                    plumber                | no  | no     | yes   | no       | no            | yes
                    security-head          | no  | no     | no    | no       | yes           | no
                    cleaner                | no  | no     | no    | no       | no            | no
                    gardener               | no  | no     | no    | no       | no            | no""")
    void rolesComeWithTheirDefaultsExactly(
            String role,
            String all,
            String assign,
            String close,
            String finances,
            String announcements,
            String handles) {
        Person person = office.hire(office.open().circle(), role);

        JsonNode me = office.signedIn(http, person).get("/api/v1/me").getBody();

        List<String> held = texts(me.get("permissions"));
        assertThat(PERMISSIONS.stream().map(held::contains).map(holds -> holds ? "yes" : "no"))
                .containsExactly(all, assign, close, finances, announcements, handles);
    }

    @ParameterizedTest
    @CsvSource({
        "electrician, maintenance-staff",
        "plumber, maintenance-staff",
        "security-head, maintenance-staff",
        "cleaner, maintenance-staff",
        "gardener, maintenance-staff",
        "maintenance-supervisor, maintenance-supervisor"
    })
    void tradesAreTheMaintenanceStaffOfTheEngine(String role, String group) {
        Person person = office.hire(office.open().vendor(), role);

        assertThat(texts(office.signedIn(http, person)
                        .get("/api/v1/me")
                        .getBody()
                        .get("groups")))
                .containsExactly(group);
    }

    @Test
    void rolesAreOfferedAsTemplates() {
        Person reader = office.hire(office.open().circle(), "compliance");

        JsonNode templates = office.signedIn(http, reader)
                .get("/api/v1/designation-templates")
                .getBody();

        assertThat(templates.findValuesAsText("code"))
                .contains(
                        "facility-manager",
                        "accountant",
                        "maintenance-supervisor",
                        "electrician",
                        "plumber",
                        "security-head",
                        "cleaner",
                        "gardener")
                .doesNotHaveDuplicates();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
