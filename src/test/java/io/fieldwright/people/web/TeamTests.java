package io.fieldwright.people.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.util.List;
import java.util.Set;
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
class TeamTests {

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Organisations organisations;

    @Autowired
    private People people;

    private String here;
    private String elsewhere;
    private Person lead;
    private String corporate;
    private Person engineer;
    private Person foreigner;
    private Caller administrator;
    private Caller stranger;

    @BeforeEach
    void twoCircles() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        corporate = "corporate-" + unique;
        here = "here-" + unique;
        elsewhere = "elsewhere-" + unique;
        organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(here, Organisation.Kind.CIRCLE, "Here", corporate);
        organisations.create(elsewhere, Organisation.Kind.CIRCLE, "Elsewhere", corporate);
        lead = person(here, "team-lead");
        engineer = person(here, "field-engineer");
        foreigner = person(elsewhere, "field-engineer");
        administrator = signedIn(person(here, "tenant-admin"));
        stranger = signedIn(person(elsewhere, "tenant-admin"));
    }

    @Test
    void membersOfATeamAreInItsGroup() {
        ResponseEntity<JsonNode> created = administrator.post("/api/v1/teams", team("north", ""));

        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(created.getBody().get("members"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(lead.username(), engineer.username());
        assertThat(administrator
                        .get(created.getHeaders().getLocation().getPath())
                        .getBody())
                .isEqualTo(created.getBody());
        assertThat(signedIn(engineer).get("/api/v1/me").getBody().get("groups").toString())
                .contains("team:" + created.getBody().get("id").asText());
    }

    @Test
    void teamIsChangedOnTheVersionThatWasReadOnly() {
        ResponseEntity<JsonNode> created = administrator.post("/api/v1/teams", team("north", ""));
        String path = created.getHeaders().getLocation().getPath();
        String read = created.getHeaders().getETag();
        String change =
                """
                {"name": "South", "lead": "%s", "members": [], "skills": ["power"], "active": false}"""
                        .formatted(engineer.username());

        ResponseEntity<JsonNode> changed = administrator.put(path, change, read);

        assertThat(changed.getBody().get("members").toString()).isEqualTo("[\"" + engineer.username() + "\"]");
        assertThat(changed.getBody().get("skills").toString()).isEqualTo("[\"power\"]");
        assertThat(changed.getBody().get("latitude").isNull()).isTrue();
        assertThat(administrator.get(path).getBody()).isEqualTo(changed.getBody());
        assertThat(administrator.put(path, change, read).getStatusCode()).isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(administrator.put(path, change, null).getStatusCode()).isEqualTo(HttpStatus.PRECONDITION_REQUIRED);
    }

    @Test
    void teamOfAnotherOrganisationDoesNotExist() {
        String id = administrator
                .post("/api/v1/teams", team("north", ""))
                .getBody()
                .get("id")
                .asText();
        String unknown = UUID.randomUUID().toString();

        ResponseEntity<JsonNode> foreign = stranger.get("/api/v1/teams/" + id);

        assertThat(foreign.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(foreign.getBody().get("detail").asText().replace(id, unknown))
                .isEqualTo(stranger.get("/api/v1/teams/" + unknown)
                        .getBody()
                        .get("detail")
                        .asText());
        assertThat(stranger.get("/api/v1/teams").getBody().get("total").asInt()).isZero();
        assertThat(administrator.get("/api/v1/teams").getBody().get("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void organisationOutOfSightIsRefusedAsAnUnknownOneThoughThePlatformManagesIt() {
        Caller platform = signedIn(person(corporate, "platform-admin"));
        organisations.create(here + "-vendor", Organisation.Kind.VENDOR, "Vendor", null);

        for (String unseen : List.of(here + "-vendor", "no-such")) {
            ResponseEntity<JsonNode> refused =
                    platform.post("/api/v1/teams", team("north", ", \"organisation\": \"" + unseen + "\""));
            assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
            assertThat(refused.getBody().get("detail").asText())
                    .isEqualTo("organisation: there is no organisation " + unseen);
        }
    }

    @Test
    void foreignersAreRefusedAsStrangers() {
        for (String nobody : Set.of(foreigner.username(), "no-such-person")) {
            ResponseEntity<JsonNode> refused =
                    administrator.post("/api/v1/teams", team("north", ", \"members\": [\"" + nobody + "\"]"));

            assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
            assertThat(refused.getBody().get("detail").asText())
                    .isEqualTo("members: " + nobody + " is nobody of " + here);
        }
    }

    @Test
    void codeIsTakenWithinAnOrganisationOnly() {
        administrator.post("/api/v1/teams", team("north", ""));

        ResponseEntity<JsonNode> refused = administrator.post("/api/v1/teams", team("north", ""));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("code");
        assertThat(stranger.post(
                                "/api/v1/teams",
                                team("north", ", \"members\": [], \"lead\": \"" + foreigner.username() + "\""))
                        .getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    organisation | "no-such"
                    code         | ""
                    code         | "a b"
                    code         | null
                    code         | 7
                    code         | "LONG"
                    name         | ""
                    name         | "LONG"
                    name         | "a\\u0000b"
                    lead         | null
                    lead         | "nobody-at-all"
                    lead         | "LONG"
                    members      | "asha"
                    members      | null
                    members      | [null]
                    members      | ["LONG"]
                    skills       | null
                    skills       | [""]
                    skills       | ["LONG"]
                    latitude     | 91
                    latitude     | "NaN"
                    latitude     | "north"
                    latitude     | null
                    longitude    | -181
                    longitude    | 1e400
                    longitude    | {}
                    surprise     | 1""")
    void nonsenseIsRefusedByName(String field, String value) {
        ResponseEntity<JsonNode> refused = administrator.post(
                "/api/v1/teams",
                team("north", ", \"%s\": %s".formatted(field, value.replace("LONG", "x".repeat(100_000)))));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).startsWith(field);
        assertThat(refused.getBody().toString().length()).isLessThan(2_000);
        assertThat(administrator.get("/api/v1/teams").getBody().get("total").asInt())
                .isZero();
    }

    /** A sound request; {@code more} overrides its fields, the last of a name counts. */
    private String team(String code, String more) {
        return """
                {"code": "%s", "name": "North", "lead": "%s", "members": ["%s"], "skills": ["rigging"],
                 "latitude": 18.52, "longitude": 73.85%s}"""
                .formatted(code, lead.username(), engineer.username(), more);
    }

    private Caller signedIn(Person person) {
        return Caller.signedIn(http, person.username(), PASSWORD);
    }

    private Person person(String organisation, String designation) {
        return people.create(
                organisation,
                designation + "-" + UUID.randomUUID().toString().substring(0, 8),
                PASSWORD,
                new People.Profile("Somebody", null, null, "en", true, Set.of(designation)));
    }
}
