package io.fieldwright.people.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Office;
import io.fieldwright.people.Person;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

@FieldwrightTest
class PermissionGroupTests {

    private static final String PATH = "/api/v1/permission-groups";

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Office office;

    private Office.Place place;
    private Caller administrator;
    private Person driver;

    @BeforeEach
    void openOffice() {
        place = office.open();
        administrator = office.signedIn(http, office.hire(place.circle(), "tenant-admin"));
        driver = office.hire(place.circle(), "driver");
    }

    @Test
    void membersHaveThePermissionsUntilTheGroupIsGone() {
        Caller caller = office.signedIn(http, driver);
        ResponseEntity<JsonNode> created = administrator.post(PATH, group("readers", "sites.read", driver.username()));
        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        String path = created.getHeaders().getLocation().getPath();
        assertThat(administrator.get(path).getBody()).isEqualTo(created.getBody());
        assertThat(administrator.get(PATH).getBody().get("total").asInt()).isEqualTo(1);
        assertThat(caller.get("/api/v1/sites").getStatusCode()).isEqualTo(HttpStatus.OK);

        String withoutMembers = "{\"name\": \"Readers\", \"permissions\": [\"sites.read\"], \"members\": []}";
        assertThat(administrator
                        .put(path, withoutMembers, created.getHeaders().getETag())
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(caller.get("/api/v1/sites").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(administrator
                        .put(path, withoutMembers, created.getHeaders().getETag())
                        .getStatusCode())
                .isEqualTo(HttpStatus.PRECONDITION_FAILED);

        administrator.post(PATH, group("others", "sites.read", driver.username()));
        assertThat(caller.get("/api/v1/sites").getStatusCode()).isEqualTo(HttpStatus.OK);
        for (JsonNode group : administrator.get(PATH).getBody().get("items")) {
            assertThat(administrator
                            .delete(PATH + "/" + group.get("id").asText() + "?reason=tidy")
                            .getStatusCode())
                    .isEqualTo(HttpStatus.NO_CONTENT);
        }
        assertThat(caller.get("/api/v1/sites").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void nobodyGivesByAGroupWhatTheyDoNotHold() {
        administrator.post(
                "/api/v1/designations",
                "{\"code\": \"clerk\", \"name\": \"Clerk\", \"permissions\": [\"people.write\", \"sites.read\"]}");
        Person person = office.hire(place.circle(), "clerk");
        Caller clerk = office.signedIn(http, person);
        ResponseEntity<JsonNode> planners =
                administrator.post(PATH, group("planners", "sites.write", driver.username()));
        String path = planners.getHeaders().getLocation().getPath();

        assertThat(clerk.post(PATH, group("a", "sites.read", person.username())).getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
        assertThat(clerk.post(PATH, group("b", "sites.write", person.username()))
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(clerk.put(path, group(null, "sites.write", person.username()), "*")
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(clerk.put(path, group(null, "sites.write", driver.username()), "*")
                        .getStatusCode())
                .as("a new name for what is there already")
                .isEqualTo(HttpStatus.OK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    permissions  | {"code": "a", "name": "A", "permissions": ["sites.fly"], "members": []}
                    permissions  | {"code": "a", "name": "A", "members": []}
                    members      | {"code": "a", "name": "A", "permissions": [], "members": ["nobody"]}
                    members      | {"code": "a", "name": "A", "permissions": [], "members": ["FOREIGN"]}
                    code         | {"code": "A!", "name": "A", "permissions": [], "members": []}
                    name         | {"code": "a", "name": " ", "permissions": [], "members": []}
                    organisation | {"organisation": "no-such", "code": "a", "name": "A", "permissions": [], "members": []}
                    tenantId     | {"code": "a", "name": "A", "permissions": [], "members": [], "tenantId": "x"}""")
    void nonsenseIsRefusedByName(String field, String body) {
        Person foreign = office.hire(place.otherCircle(), "driver");

        ResponseEntity<JsonNode> refused = administrator.post(PATH, body.replace("FOREIGN", foreign.username()));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo(field);
    }

    @Test
    void takenCodeIsAConflict() {
        administrator.post(PATH, group("readers", "sites.read", driver.username()));

        assertThat(administrator
                        .post(PATH, group("readers", "sites.read", driver.username()))
                        .getStatusCode())
                .isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void groupOfAnotherOrganisationDoesNotExist() {
        String path = administrator
                .post(PATH, group("readers", "sites.read", driver.username()))
                .getHeaders()
                .getLocation()
                .getPath();
        Caller elsewhere = office.signedIn(http, office.hire(place.otherCircle(), "tenant-admin"));

        for (String absent : new String[] {path, PATH + "/" + UUID.randomUUID()}) {
            assertThat(elsewhere.get(absent).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(elsewhere.put(absent, group(null, "sites.read"), "*").getStatusCode())
                    .isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(elsewhere.delete(absent).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        }
        assertThat(elsewhere.get(PATH).getBody().get("total").asInt()).isZero();
    }

    private static String group(String code, String permission, String... members) {
        return "{%s\"name\": \"Group\", \"permissions\": [\"%s\"], \"members\": [%s]}"
                .formatted(
                        code == null ? "" : "\"code\": \"" + code + "\", ",
                        permission,
                        members.length == 0 ? "" : "\"" + String.join("\", \"", members) + "\"");
    }
}
