package io.fieldwright.projects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Office;
import io.fieldwright.people.Person;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

@FieldwrightTest
class ProjectInterfaceTests {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Office office;

    private Person person;
    private Caller manager;

    @BeforeEach
    void openOffice() {
        person = office.hire(office.open().circle(), "project-manager");
        manager = office.signedIn(http, person);
        manager.post("/api/v1/clients", "{\"code\": \"tower-company\", \"name\": \"Tower Company\"}");
    }

    @Test
    void aProjectForFieldVerificationSaysWhetherTheClientAcceptsEachSite() {
        ResponseEntity<JsonNode> created = create("\"clientAcceptance\": true,");

        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        JsonNode project = manager.get(path(created)).getBody();
        assertThat(project.get("workType").asText()).isEqualTo("FIELD_VERIFICATION");
        assertThat(project.get("clientAcceptance").asBoolean()).isTrue();
    }

    @Test
    void aNewProjectDoesWithoutTheClientsAcceptanceUnlessItAsksForIt() {
        JsonNode project = manager.get(path(create(""))).getBody();

        assertThat(project.get("clientAcceptance").isBoolean()).isTrue();
        assertThat(project.get("clientAcceptance").asBoolean()).isFalse();
    }

    @Test
    void aChangeSaysWhetherTheClientAcceptsEachSite() {
        ResponseEntity<JsonNode> created = create("");

        ResponseEntity<JsonNode> silent = change(created, "");
        assertThat(silent.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(silent.getBody().at("/errors/0/field").asText()).isEqualTo("clientAcceptance");
        ResponseEntity<JsonNode> changed = change(created, "\"clientAcceptance\": true,");
        assertThat(changed.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(changed.getBody().get("clientAcceptance").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"designPhase", "workType", "startsOn", "manager"})
    void aProjectWithoutWhatItNeedsIsRefusedByField(String field) {
        String whole = "{\"code\": \"AUDIT\", \"client\": \"tower-company\", " + rest("");
        String lacking =
                whole.replaceFirst("\"%s\": \"[^\"]*\",?".formatted(field), "").replaceFirst(", *}", "}");

        ResponseEntity<JsonNode> refused = manager.post("/api/v1/projects", lacking);

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo(field);
    }

    private ResponseEntity<JsonNode> create(String acceptance) {
        return manager.post(
                "/api/v1/projects", "{\"code\": \"AUDIT\", \"client\": \"tower-company\", " + rest(acceptance));
    }

    private ResponseEntity<JsonNode> change(ResponseEntity<JsonNode> created, String acceptance) {
        return manager.put(
                path(created), "{" + rest(acceptance), created.getHeaders().getETag());
    }

    private String rest(String acceptance) {
        return """
                "name": "Audit 2026", "manager": "%s", "designPhase": "EXECUTION", %s
                "workType": "FIELD_VERIFICATION", "startsOn": "2026-01-01"}"""
                .formatted(person.username(), acceptance);
    }

    private static String path(ResponseEntity<JsonNode> created) {
        return created.getHeaders().getLocation().getPath();
    }
}
