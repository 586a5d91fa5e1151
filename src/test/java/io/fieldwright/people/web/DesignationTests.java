package io.fieldwright.people.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Office;
import io.fieldwright.people.Person;
import java.util.ArrayList;
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

@FieldwrightTest
class DesignationTests {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Office office;

    private Office.Place place;
    private Caller administrator;

    @BeforeEach
    void openOffice() {
        place = office.open();
        administrator = office.signedIn(http, office.hire(place.circle(), "tenant-admin"));
    }

    @Test
    void designationIsCreatedChangedAndDeleted() {
        ResponseEntity<JsonNode> created = create(
                """
                {"code": "yard-clerk", "name": "Yard clerk", "candidateGroups": ["storekeeper"],
                 "permissions": ["logistics.read"], "reason": "new yard"}""");
        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(created.getBody().get("organisation").asText()).isEqualTo(place.circle());
        String path = created.getHeaders().getLocation().getPath();
        assertThat(administrator.get(path).getBody()).isEqualTo(created.getBody());

        Caller clerk = office.signedIn(http, office.hire(place.circle(), "yard-clerk"));
        assertThat(me(clerk)).contains("\"logistics.read\"", "\"storekeeper\"").doesNotContain("sites.read");

        String change =
                """
                {"name": "Clerk", "candidateGroups": [], "permissions": ["sites.read"], "reason": "no yard any more"}""";
        assertThat(administrator.put(path, change, null).getStatusCode()).isEqualTo(HttpStatus.PRECONDITION_REQUIRED);
        assertThat(administrator.put(path, change, "\"77\"").getStatusCode()).isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(administrator
                        .put(path, change, created.getHeaders().getETag())
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(me(clerk)).contains("\"sites.read\"").doesNotContain("logistics.read", "storekeeper");

        ResponseEntity<JsonNode> held = administrator.delete(path);
        assertThat(held.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(detail(held)).contains("held by 1 person");
        String unheld = path(create("{\"code\": \"spare\", \"name\": \"Spare\"}"));
        assertThat(administrator.delete(unheld + "?reason=unused").getStatusCode())
                .isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(administrator.get(unheld).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void templateFillsInWhatTheRequestLeavesOut() {
        JsonNode made = create(
                        "{\"template\": \"electrician\", \"code\": \"night-electrician\", \"name\": \"At night\"}")
                .getBody();

        assertThat(made.get("template").asText()).isEqualTo("electrician");
        assertThat(made.get("name").asText()).isEqualTo("At night");
        assertThat(made.get("candidateGroups").toString()).isEqualTo("[\"maintenance-staff\"]");
        assertThat(made.get("permissions").toString())
                .isEqualTo("[\"equipment.read\",\"maintenance.close\",\"maintenance.handle\",\"sites.read\"]");
        assertThat(administrator
                        .get("/api/v1/designations/" + made.get("reportsTo").asText())
                        .getBody()
                        .get("code")
                        .asText())
                .isEqualTo("maintenance-supervisor");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    fieldwork.read      | tenant-admin project-manager coordinator supervisor team-lead field-engineer client asset-owner
                    verifications.start | project-manager coordinator
                    devices.manage      | tenant-admin coordinator supervisor""")
    void templatesOfThoseWhoTakePartInFieldVerificationPermitIt(String permission, String templates) {
        List<String> permitted = new ArrayList<>();
        for (JsonNode template :
                administrator.get("/api/v1/designation-templates").getBody()) {
            if (template.get("permissions").toString().contains('"' + permission + '"')) {
                permitted.add(template.get("code").asText());
            }
        }

        assertThat(permitted).containsExactly(templates.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    400 | permissions     | {"code": "a", "name": "A", "permissions": ["sites.fly"]}
                    400 | candidateGroups | {"code": "a", "name": "A", "candidateGroups": ["emperor"]}
                    400 | candidateGroups | {"code": "a", "name": "A", "candidateGroups": ["process-owner"]}
                    400 | template        | {"template": "emperor"}
                    400 | candidateGroups | {"template": "platform-admin"}
                    400 | code            | {"name": "A"}
                    400 | code            | {"code": "A b", "name": "A"}
                    400 | name            | {"code": "a"}
                    400 | name            | {"code": "a", "name": ""}
                    400 | reportsTo       | {"code": "a", "name": "A", "reportsTo": "00000000-0000-0000-0000-000000000000"}
                    400 | reportsTo       | {"code": "a", "name": "A", "reportsTo": "boss"}
                    400 | organisation    | {"code": "a", "name": "A", "organisation": "no-such"}
                    400 | tenantId        | {"code": "a", "name": "A", "tenantId": "no-such"}
                    400 | id              | {"code": "a", "name": "A", "id": "00000000-0000-0000-0000-000000000000"}
                    409 | code            | {"code": "coordinator", "name": "A"}
                    403 |                 | {"code": "a", "name": "A", "permissions": ["organisations.write"]}
                    403 |                 | {"code": "a", "name": "A", "permissions": ["processes.deploy"]}""")
    void nonsenseIsRefusedByName(int status, String field, String body) {
        ResponseEntity<JsonNode> refused = create(body);

        assertThat(refused.getStatusCode().value()).isEqualTo(status);
        if (field != null) {
            assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo(field);
        }
    }

    @Test
    void nobodyWritesRightsIntoADesignationThatTheyDoNotHold() {
        create(
                """
                {"code": "clerk", "name": "Clerk", "permissions": ["people.write", "people.read", "sites.read"]}""");
        Caller clerk = office.signedIn(http, office.hire(place.circle(), "clerk"));

        assertThat(clerk.post(
                                "/api/v1/designations",
                                "{\"code\": \"b\", \"name\": \"B\", \"permissions\": [\"sites.read\"]}")
                        .getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
        assertThat(clerk.post(
                                "/api/v1/designations",
                                "{\"code\": \"c\", \"name\": \"C\", \"permissions\": [\"sites.write\"]}")
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(clerk.post(
                                "/api/v1/designations",
                                "{\"code\": \"d\", \"name\": \"D\", \"candidateGroups\": [\"coordinator\"]}")
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        String own = "/api/v1/designations/" + id("clerk");
        assertThat(clerk.put(
                                own,
                                """
                                {"name": "Clerk", "candidateGroups": [],
                                 "permissions": ["people.write", "people.read", "sites.read", "sites.write"]}""",
                                "*")
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(clerk.put(
                                "/api/v1/designations/" + id("coordinator"),
                                """
                                {"name": "Coordinator", "candidateGroups": ["coordinator"], "permissions": ["sites.write"]}""",
                                "*")
                        .getStatusCode())
                .as("taking rights away needs none")
                .isEqualTo(HttpStatus.OK);
    }

    @Test
    void reportingLineHasNoCycle() {
        String chief = id(create("{\"code\": \"chief\", \"name\": \"Chief\"}"));
        String deputy = id(create("{\"code\": \"deputy\", \"name\": \"Deputy\", \"reportsTo\": \"" + chief + "\"}"));
        String clerk = id(create("{\"code\": \"clerk\", \"name\": \"Clerk\", \"reportsTo\": \"" + deputy + "\"}"));

        for (String below : List.of(chief, deputy, clerk)) {
            ResponseEntity<JsonNode> refused = reportTo(chief, below);
            assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
            assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("reportsTo");
            assertThat(detail(refused)).contains("chief");
        }
        assertThat(detail(administrator.delete("/api/v1/designations/" + deputy)))
                .isEqualTo("clerk reports to deputy");
    }

    @Test
    void twoChangesAtOnceCloseNoCycle() throws Exception {
        String left = id(create("{\"code\": \"left\", \"name\": \"Left\"}"));
        String right = id(create("{\"code\": \"right\", \"name\": \"Right\"}"));

        List<Integer> answers =
                atOnce(List.of(() -> status(reportTo(left, right)), () -> status(reportTo(right, left))));

        assertThat(answers).containsExactlyInAnyOrder(200, 409);
    }

    @Test
    void designationOfAnotherOrganisationDoesNotExist() {
        Caller elsewhere = office.signedIn(http, office.hire(place.otherCircle(), "tenant-admin"));
        String foreign = "/api/v1/designations/" + id("coordinator");
        String unknown = "/api/v1/designations/" + UUID.randomUUID();
        String change = "{\"name\": \"N\", \"candidateGroups\": [], \"permissions\": []}";

        assertThat(elsewhere.get(foreign).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(elsewhere.put(foreign, change, "*").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(elsewhere.delete(foreign).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(detail(elsewhere.get(foreign)).replaceAll("[^ ]*-[^ ]*", ""))
                .isEqualTo(detail(elsewhere.get(unknown)).replaceAll("[^ ]*-[^ ]*", ""));
        assertThat(status(elsewhere.post(
                        "/api/v1/designations",
                        "{\"code\": \"a\", \"name\": \"A\", \"reportsTo\": \"" + id("coordinator") + "\"}")))
                .isEqualTo(400);
    }

    @Test
    void organisationKeepsSomebodyToAdministerIt() {
        ResponseEntity<JsonNode> refused = administrator.put(
                "/api/v1/designations/" + id("tenant-admin"),
                "{\"name\": \"Tenant admin\", \"candidateGroups\": [], \"permissions\": [\"people.write\"]}",
                "*");

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("candidateGroups");
        assertThat(me(administrator)).contains("tenant-admin");
    }

    @Test
    void whoeverMayOnlyReadChangesNothing() {
        Caller reader = office.signedIn(http, office.hire(place.circle(), "compliance"));
        Person driver = office.hire(place.circle(), "driver");

        assertThat(status(reader.get("/api/v1/designations"))).isEqualTo(200);
        assertThat(status(reader.post("/api/v1/designations", "{\"code\": \"a\", \"name\": \"A\"}")))
                .isEqualTo(403);
        assertThat(status(reader.delete("/api/v1/designations/" + id("driver"))))
                .isEqualTo(403);
        assertThat(status(office.signedIn(http, driver).get("/api/v1/designation-templates")))
                .isEqualTo(403);
    }

    private static List<Integer> atOnce(List<Callable<Integer>> requests) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(requests.size());
        try {
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : callers.invokeAll(requests)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            callers.shutdownNow();
        }
    }

    private ResponseEntity<JsonNode> create(String body) {
        return administrator.post("/api/v1/designations", body);
    }

    private ResponseEntity<JsonNode> reportTo(String designation, String superior) {
        return administrator.put(
                "/api/v1/designations/" + designation,
                "{\"name\": \"N\", \"candidateGroups\": [], \"permissions\": [], \"reportsTo\": \"" + superior + "\"}",
                "*");
    }

    private String id(String code) {
        for (JsonNode designation :
                administrator.get("/api/v1/designations?size=200").getBody().get("items")) {
            if (designation.get("code").asText().equals(code)) {
                return designation.get("id").asText();
            }
        }
        throw new AssertionError("there is no designation " + code);
    }

    private static String id(ResponseEntity<JsonNode> created) {
        return created.getBody().get("id").asText();
    }

    private static String path(ResponseEntity<JsonNode> created) {
        return created.getHeaders().getLocation().getPath();
    }

    private static int status(ResponseEntity<JsonNode> answer) {
        return answer.getStatusCode().value();
    }

    private static String me(Caller caller) {
        return caller.get("/api/v1/me").getBody().toString();
    }

    private static String detail(ResponseEntity<JsonNode> answer) {
        return answer.getBody().get("detail").asText();
    }
}
