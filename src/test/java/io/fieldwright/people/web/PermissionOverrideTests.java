package io.fieldwright.people.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Office;
import io.fieldwright.people.Person;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@FieldwrightTest
class PermissionOverrideTests {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Office office;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private Office.Place place;
    private Caller administrator;

    @BeforeEach
    void openOffice() {
        place = office.open();
        administrator = office.signedIn(http, office.hire(place.circle(), "tenant-admin"));
    }

    @ParameterizedTest(name = "designation {0}, group {1}, grant {2}, denial {3}: {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # designation | group | grant   | denial  | may
                    no            | no    | no      | no      | no
                    yes           | no    | no      | no      | yes
                    no            | yes   | no      | no      | yes
                    yes           | yes   | no      | no      | yes
                    no            | no    | lasting | no      | yes
                    no            | no    | running | no      | yes
                    no            | no    | expired | no      | no
                    yes           | no    | expired | no      | yes
                    yes           | no    | no      | lasting | no
                    yes           | no    | no      | running | no
                    yes           | no    | no      | expired | yes
                    no            | yes   | no      | lasting | no
                    yes           | yes   | lasting | lasting | no
                    no            | no    | lasting | running | no
                    no            | no    | running | lasting | no
                    no            | no    | lasting | expired | yes
                    no            | no    | expired | expired | no
                    no            | no    | no      | lasting | no""")
    void permissionIsWhatDesignationsAndGroupsGiveThenOverridesDecide(
            String designation, String group, String grant, String denial, String may) {
        Person person = office.hire(place.circle(), designation.equals("yes") ? "asset-owner" : "driver");
        if (group.equals("yes")) {
            administrator.post(
                    "/api/v1/permission-groups",
                    "{\"code\": \"readers\", \"name\": \"R\", \"permissions\": [\"sites.read\"], \"members\": [\"%s\"]}"
                            .formatted(person.username()));
        }
        override(person, "GRANT", grant);
        override(person, "DENY", denial);
        Caller caller = office.signedIn(http, person);

        assertThat(caller.get("/api/v1/sites").getStatusCode())
                .isEqualTo(may.equals("yes") ? HttpStatus.OK : HttpStatus.FORBIDDEN);
        assertThat(caller.get("/api/v1/me")
                        .getBody()
                        .get("permissions")
                        .toString()
                        .contains("\"sites.read\""))
                .isEqualTo(may.equals("yes"));
    }

    /** Expired ones are made to last and then set back, since none can be made that has passed. */
    private void override(Person person, String effect, String kind) {
        if (kind.equals("no")) {
            return;
        }
        String expiry = kind.equals("lasting") ? "null" : "\"2999-12-31T23:59:59Z\"";
        ResponseEntity<JsonNode> created = override(
                person,
                """
                {"permission": "sites.read", "effect": "%s", "expiresAt": %s, "reason": "as agreed"}"""
                        .formatted(effect, expiry));
        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        if (kind.equals("expired")) {
            transaction.executeWithoutResult(
                    status -> jdbc.sql("update permission_override set expires_at = now() where id = cast(:id as uuid)")
                            .param("id", created.getBody().get("id").asText())
                            .update());
        }
    }

    private ResponseEntity<JsonNode> override(Person person, String body) {
        return administrator.post("/api/v1/people/" + person.id() + "/permission-overrides", body);
    }

    @Test
    void withdrawnOverrideCountsNoMore() {
        Person person = office.hire(place.circle(), "asset-owner");
        Caller caller = office.signedIn(http, person);
        String path = "/api/v1/people/" + person.id() + "/permission-overrides";
        override(person, "DENY", "lasting");
        assertThat(caller.get("/api/v1/sites").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);

        JsonNode listed = administrator.get(path).getBody().get("items").get(0);
        assertThat(listed.get("reason").asText()).isEqualTo("as agreed");
        assertThat(listed.get("madeBy").asText()).isNotBlank();
        String withdrawal = path + "/" + listed.get("id").asText();
        Person other = office.hire(place.circle(), "driver");
        assertThat(administrator
                        .delete(withdrawal.replace(
                                person.id().toString(), other.id().toString()))
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(administrator.delete(withdrawal + "?reason=settled").getStatusCode())
                .isEqualTo(HttpStatus.NO_CONTENT);

        assertThat(caller.get("/api/v1/sites").getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(administrator.delete(withdrawal).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void nobodyGrantsOrGivesBackMoreThanTheyHold() {
        administrator.post(
                "/api/v1/designations",
                """
                {"code": "clerk", "name": "Clerk", "permissions": ["people.write", "people.read", "sites.read"]}""");
        Caller clerk = office.signedIn(http, office.hire(place.circle(), "clerk"));
        Person driver = office.hire(place.circle(), "driver");
        Person planner = office.hire(place.circle(), "coordinator");
        String ofDriver = "/api/v1/people/" + driver.id() + "/permission-overrides";
        String ofPlanner = "/api/v1/people/" + planner.id() + "/permission-overrides";

        assertThat(clerk.post(ofDriver, body("GRANT", "sites.read")).getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
        assertThat(clerk.post(ofDriver, body("GRANT", "sites.write")).getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        ResponseEntity<JsonNode> denial = administrator.post(ofPlanner, body("DENY", "sites.write"));
        String withdrawal = ofPlanner + "/" + denial.getBody().get("id").asText();
        assertThat(clerk.delete(withdrawal).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(bulk(clerk, "reset-to-role-defaults", planner.username()).getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(administrator
                        .post(ofDriver, body("GRANT", "processes.deploy"))
                        .getStatusCode())
                .as("what reaches beyond one organisation")
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(administrator.delete(withdrawal).getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    permission | {"permission": "sites.fly", "effect": "GRANT", "reason": "r"}
                    permission | {"effect": "GRANT", "reason": "r"}
                    effect     | {"permission": "sites.read", "effect": "MAYBE", "reason": "r"}
                    effect     | {"permission": "sites.read", "reason": "r"}
                    expiresAt  | {"permission": "sites.read", "effect": "GRANT", "expiresAt": "2020-01-01T00:00:00Z", "reason": "r"}
                    expiresAt  | {"permission": "sites.read", "effect": "GRANT", "expiresAt": "soon", "reason": "r"}
                    reason     | {"permission": "sites.read", "effect": "GRANT"}
                    reason     | {"permission": "sites.read", "effect": "GRANT", "reason": " "}
                    tenantId   | {"permission": "sites.read", "effect": "GRANT", "reason": "r", "tenantId": "x"}""")
    void nonsenseIsRefusedByName(String field, String body) {
        ResponseEntity<JsonNode> refused = override(office.hire(place.circle(), "driver"), body);

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo(field);
    }

    @Test
    void administratorIsNotDeniedWhatAdministeringNeeds() {
        Person other = office.hire(place.circle(), "tenant-admin");

        ResponseEntity<JsonNode> refused = override(other, body("DENY", "people.write"));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("permission");
    }

    @Test
    void explanationNamesEverySourceAndEveryDenial() {
        Person person = office.hire(place.circle(), "asset-owner", "client");
        administrator.post(
                "/api/v1/permission-groups",
                """
                {"code": "readers", "name": "R", "permissions": ["sites.read", "people.read"], "members": ["%s"]}"""
                        .formatted(person.username()));
        override(person, "GRANT", "lasting");
        String denial = override(person, body("DENY", "equipment.read"))
                .getBody()
                .get("id")
                .asText();

        JsonNode explained = administrator
                .get("/api/v1/people/" + person.id() + "/permissions")
                .getBody();

        assertThat(explained.get("effective").findValuesAsText("permission"))
                .containsExactly("fieldwork.read", "logistics.read", "people.read", "projects.read", "sites.read");
        JsonNode sites = explained.get("effective").get(4).get("sources");
        assertThat(sites.findValuesAsText("origin"))
                .containsExactlyInAnyOrder("DESIGNATION", "DESIGNATION", "PERMISSION_GROUP", "OVERRIDE");
        assertThat(sites.findValuesAsText("name")).contains("asset-owner", "client", "readers");
        JsonNode denied = explained.get("denied").get(0);
        assertThat(denied.get("permission").asText()).isEqualTo("equipment.read");
        assertThat(denied.get("override").asText()).isEqualTo(denial);
        assertThat(denied.get("reason").asText()).isEqualTo("because");
        assertThat(denied.get("sources").findValuesAsText("name")).containsExactly("asset-owner");
    }

    @Test
    void personOfAnotherOrganisationDoesNotExist() {
        Person person = office.hire(place.circle(), "driver");
        Caller elsewhere = office.signedIn(http, office.hire(place.otherCircle(), "tenant-admin"));

        for (UUID absent : List.of(person.id(), UUID.randomUUID())) {
            String path = "/api/v1/people/" + absent;
            assertThat(elsewhere.get(path + "/permissions").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(elsewhere.get(path + "/permission-overrides").getStatusCode())
                    .isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(elsewhere
                            .post(path + "/permission-overrides", body("DENY", "sites.read"))
                            .getStatusCode())
                    .isEqualTo(HttpStatus.NOT_FOUND);
        }
    }

    @Test
    void diagnosticListsWhoseRightsAreNotTheirRolesDefaults() {
        office.hire(place.circle(), "client");
        Person more = office.hire(place.circle(), "driver");
        Person less = office.hire(place.circle(), "asset-owner");
        override(more, "GRANT", "lasting");
        override(less, "DENY", "running");
        String changed = "night-electrician";
        administrator.post("/api/v1/designations", "{\"template\": \"electrician\", \"code\": \"" + changed + "\"}");
        Person electrician = office.hire(place.circle(), changed);

        JsonNode listed = administrator
                .get("/api/v1/people/diagnostics/permissions?size=50")
                .getBody();
        assertThat(listed.get("total").asInt()).isEqualTo(2);
        assertThat(listed.get("items").findValuesAsText("username"))
                .containsExactlyInAnyOrder(more.username(), less.username());
        for (JsonNode deviation : listed.get("items")) {
            boolean extra = deviation.get("username").asText().equals(more.username());
            assertThat(deviation.get("extra").toString()).isEqualTo(extra ? "[\"sites.read\"]" : "[]");
            assertThat(deviation.get("missing").toString()).isEqualTo(extra ? "[]" : "[\"sites.read\"]");
        }

        rewrite(changed, "sites.read", "projects.read");
        JsonNode deviating = administrator
                .get("/api/v1/people/diagnostics/permissions?size=1&sort=username,asc&page=0")
                .getBody();
        assertThat(deviating.get("total").asInt()).isEqualTo(3);
        assertThat(deviating.get("items")).hasSize(1);
        assertThat(administrator
                        .get("/api/v1/people/diagnostics/permissions?size=50")
                        .getBody()
                        .get("items")
                        .findValuesAsText("username"))
                .contains(electrician.username());
        assertThat(office.signedIn(http, office.hire(place.otherCircle(), "tenant-admin"))
                        .get("/api/v1/people/diagnostics/permissions")
                        .getBody()
                        .get("total")
                        .asInt())
                .isZero();
    }

    private void rewrite(String designation, String... permissions) {
        for (JsonNode item :
                administrator.get("/api/v1/designations?size=200").getBody().get("items")) {
            if (item.get("code").asText().equals(designation)) {
                assertThat(administrator
                                .put(
                                        "/api/v1/designations/" + item.get("id").asText(),
                                        """
                                        {"name": "N", "candidateGroups": [], "permissions": ["%s"]}"""
                                                .formatted(String.join("\", \"", permissions)),
                                        "*")
                                .getStatusCode())
                        .isEqualTo(HttpStatus.OK);
            }
        }
    }

    private static ResponseEntity<JsonNode> bulk(Caller caller, String action, String username) {
        return caller.post(
                "/api/v1/people/bulk",
                "{\"action\": \"%s\", \"usernames\": [\"%s\"], \"reason\": \"r\"}".formatted(action, username));
    }

    private static String body(String effect, String permission) {
        return "{\"permission\": \"%s\", \"effect\": \"%s\", \"reason\": \"because\"}".formatted(permission, effect);
    }
}
