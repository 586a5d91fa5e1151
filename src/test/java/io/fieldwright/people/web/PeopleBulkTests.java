package io.fieldwright.people.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Office;
import io.fieldwright.people.Person;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Many people at once, and who reports to whom. */
@FieldwrightTest
class PeopleBulkTests {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Office office;

    private Office.Place place;
    private Person administrator;
    private Caller caller;

    @BeforeEach
    void openOffice() {
        place = office.open();
        administrator = office.hire(place.circle(), "tenant-admin");
        caller = office.signedIn(http, administrator);
    }

    @Test
    void peopleAreDeactivatedAndActivatedTogether() {
        Person first = office.hire(place.circle(), "driver");
        Person second = office.hire(place.circle(), "driver");

        assertThat(status(bulk("deactivate", first, second))).isEqualTo(204);
        assertThat(status(office.signedIn(http, first).get("/api/v1/me"))).isEqualTo(401);
        assertThat(status(office.signedIn(http, second).get("/api/v1/me"))).isEqualTo(401);

        assertThat(status(caller.post(
                        "/api/v1/people/bulk",
                        "{\"action\": \"activate\", \"ids\": [\"%s\", \"%s\"], \"reason\": \"back\"}"
                                .formatted(first.id(), second.id()))))
                .isEqualTo(204);
        assertThat(status(office.signedIn(http, first).get("/api/v1/me"))).isEqualTo(200);
    }

    @Test
    void resetLeavesWhatDesignationsGrant() {
        Person person = office.hire(place.circle(), "driver");
        Caller driver = office.signedIn(http, person);
        caller.post(
                "/api/v1/people/" + person.id() + "/permission-overrides",
                "{\"permission\": \"logistics.read\", \"effect\": \"DENY\", \"reason\": \"r\"}");
        caller.post(
                "/api/v1/permission-groups",
                "{\"code\": \"g\", \"name\": \"G\", \"permissions\": [\"sites.read\"], \"members\": [\"%s\"]}"
                        .formatted(person.username()));
        assertThat(permissions(driver)).isEqualTo("[\"sites.read\"]");

        assertThat(status(bulk("reset-to-role-defaults", person))).isEqualTo(204);

        assertThat(permissions(driver)).isEqualTo("[\"logistics.read\"]");
    }

    @Test
    void oneRefusedEntryRefusesAll() {
        Person driver = office.hire(place.circle(), "driver");
        Person foreign = office.hire(place.otherCircle(), "driver");

        ResponseEntity<JsonNode> refused = caller.post(
                "/api/v1/people/bulk",
                "{\"action\": \"deactivate\", \"usernames\": [\"%s\", \"%s\", \"no-such\"], \"reason\": \"r\"}"
                        .formatted(driver.username(), foreign.username()));

        assertThat(status(refused)).isEqualTo(400);
        assertThat(refused.getBody().get("errors").findValuesAsText("field"))
                .containsExactly("usernames[1]", "usernames[2]");
        assertThat(refused.getBody().get("errors").findValuesAsText("reason"))
                .containsExactly("there is no person " + foreign.username(), "there is no person no-such");
        assertThat(status(office.signedIn(http, driver).get("/api/v1/me"))).isEqualTo(200);
    }

    @Test
    void nobodyDeactivatesThemselves() {
        office.hire(place.circle(), "tenant-admin");

        ResponseEntity<JsonNode> inBulk = bulk("deactivate", administrator);
        assertThat(status(inBulk)).isEqualTo(409);
        assertThat(inBulk.getBody().at("/errors/0/field").asText()).isEqualTo("usernames[0]");
        ResponseEntity<JsonNode> alone =
                caller.put("/api/v1/people/" + administrator.id(), profile(false, null, "tenant-admin"), "*");
        assertThat(status(alone)).isEqualTo(409);
        assertThat(alone.getBody().at("/errors/0/field").asText()).isEqualTo("active");
    }

    @Test
    void lastAdministratorStays() {
        Caller platform = office.signedIn(http, office.hire(place.corporate(), "platform-admin"));
        String body = "{\"action\": \"deactivate\", \"usernames\": [\"%s\"], \"reason\": \"r\"}"
                .formatted(administrator.username());

        assertThat(status(platform.post("/api/v1/people/bulk", body))).isEqualTo(409);
        ResponseEntity<JsonNode> undesignated =
                caller.put("/api/v1/people/" + administrator.id(), profile(true, null, "driver"), "*");
        assertThat(status(undesignated)).isEqualTo(409);
        assertThat(undesignated.getBody().at("/errors/0/field").asText()).isEqualTo("designations");
        assertThat(permissions(caller)).contains("people.write");

        office.hire(place.circle(), "tenant-admin");
        assertThat(status(platform.post("/api/v1/people/bulk", body))).isEqualTo(204);
    }

    @Test
    void twoAdministratorsWhoRemoveOneAnotherAtOnceLeaveOne() throws Exception {
        Person other = office.hire(place.circle(), "tenant-admin");
        Caller otherCaller = office.signedIn(http, other);
        List<Integer> answers = atOnce(
                () -> status(bulk("deactivate", other)),
                () -> status(otherCaller.post(
                        "/api/v1/people/bulk",
                        "{\"action\": \"deactivate\", \"usernames\": [\"%s\"], \"reason\": \"r\"}"
                                .formatted(administrator.username()))));

        assertThat(answers).contains(204).containsAnyOf(409, 401, 403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    action    | {"action": "promote", "usernames": ["a"], "reason": "r"}
                    action    | {"usernames": ["a"], "reason": "r"}
                    usernames | {"action": "activate", "reason": "r"}
                    usernames | {"action": "activate", "usernames": ["a"], "ids": ["00000000-0000-0000-0000-000000000000"], "reason": "r"}
                    usernames | {"action": "activate", "usernames": [], "reason": "r"}
                    usernames | {"action": "activate", "usernames": [null], "reason": "r"}
                    usernames | {"action": "activate", "usernames": "a", "reason": "r"}
                    ids       | {"action": "activate", "ids": ["a"], "reason": "r"}
                    reason    | {"action": "activate", "usernames": ["a"]}
                    tenantId  | {"action": "activate", "usernames": ["a"], "reason": "r", "tenantId": "x"}""")
    void nonsenseIsRefusedByName(String field, String body) {
        ResponseEntity<JsonNode> refused = caller.post("/api/v1/people/bulk", body);

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).startsWith(field);
    }

    @Test
    void moreThanAThousandAreRefused() {
        String many = String.join("\", \"", Collections.nCopies(1001, "nobody"));

        ResponseEntity<JsonNode> refused = caller.post(
                "/api/v1/people/bulk",
                "{\"action\": \"activate\", \"usernames\": [\"" + many + "\"], \"reason\": \"r\"}");

        assertThat(status(refused)).isEqualTo(400);
        assertThat(refused.getBody().get("errors")).hasSize(1);
    }

    @Test
    void superiorSeesEverybodyBelow() {
        Person chief = office.hire(place.circle(), "facility-manager");
        Person supervisor = office.hire(place.circle(), "maintenance-supervisor");
        Person plumber = office.hire(place.circle(), "plumber");
        reportTo(supervisor, chief.id());
        reportTo(plumber, supervisor.id());

        assertThat(subordinates(chief)).containsExactlyInAnyOrder(supervisor.username(), plumber.username());
        assertThat(subordinates(supervisor)).containsExactly(plumber.username());
        assertThat(subordinates(plumber)).isEmpty();
    }

    @Test
    void reportingLineStaysInTheOrganisationAndHasNoCycle() throws Exception {
        Person left = office.hire(place.circle(), "plumber");
        Person right = office.hire(place.circle(), "plumber");
        Person foreign = office.hire(place.otherCircle(), "facility-manager");

        for (UUID stranger : List.of(foreign.id(), UUID.randomUUID())) {
            ResponseEntity<JsonNode> refused = reportTo(left, stranger);
            assertThat(status(refused)).isEqualTo(400);
            assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("reportsTo");
        }
        ResponseEntity<JsonNode> oneself = reportTo(left, left.id());
        assertThat(status(oneself)).isEqualTo(409);
        assertThat(oneself.getBody().at("/errors/0/field").asText()).isEqualTo("reportsTo");

        assertThat(atOnce(() -> status(reportTo(left, right.id())), () -> status(reportTo(right, left.id()))))
                .containsExactlyInAnyOrder(200, 409);
    }

    private List<String> subordinates(Person person) {
        return caller.get("/api/v1/people/" + person.id() + "/subordinates")
                .getBody()
                .get("items")
                .findValuesAsText("username");
    }

    private ResponseEntity<JsonNode> reportTo(Person person, UUID superior) {
        return caller.put("/api/v1/people/" + person.id(), profile(true, superior, "plumber"), "*");
    }

    private static String profile(boolean active, UUID superior, String designation) {
        return """
                {"name": "N", "language": "en", "active": %s, "designations": ["%s"], "reportsTo": %s, "reason": "r"}"""
                .formatted(active, designation, superior == null ? "null" : "\"" + superior + "\"");
    }

    private ResponseEntity<JsonNode> bulk(String action, Person... people) {
        List<String> names = new ArrayList<>();
        for (Person person : people) {
            names.add("\"" + person.username() + "\"");
        }
        return caller.post(
                "/api/v1/people/bulk",
                "{\"action\": \"%s\", \"usernames\": %s, \"reason\": \"season\"}".formatted(action, names));
    }

    @SafeVarargs
    private static List<Integer> atOnce(Callable<Integer>... requests) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(requests.length);
        try {
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : callers.invokeAll(List.of(requests))) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            callers.shutdownNow();
        }
    }

    private static String permissions(Caller caller) {
        return caller.get("/api/v1/me").getBody().get("permissions").toString();
    }

    private static int status(ResponseEntity<JsonNode> answer) {
        return answer.getStatusCode().value();
    }
}
