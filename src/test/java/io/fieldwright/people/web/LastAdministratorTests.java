package io.fieldwright.people.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Designations;
import io.fieldwright.people.Office;
import io.fieldwright.people.PermissionGroups;
import io.fieldwright.people.PermissionOverride;
import io.fieldwright.people.PermissionOverrides;
import io.fieldwright.people.Person;
import io.fieldwright.tenancy.Organisations;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.ResponseEntity;

/**
 * An organisation never loses the last person who is in the group of administrators and may change people, whichever of
 * the two a change would take and wherever it came from. Somebody with the group alone is nobody to rely on.
 */
@FieldwrightTest
class LastAdministratorTests {

    private static final String GROUP = "tenant-admin";
    private static final String PERMISSION = "people.write";

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Office office;

    @Autowired
    private Designations designations;

    @Autowired
    private PermissionGroups groups;

    @Autowired
    private PermissionOverrides overrides;

    @Autowired
    private Organisations organisations;

    private Office.Place place;
    private Caller platform;
    private Person last;

    @BeforeEach
    void openOffice() {
        place = office.open();
        platform = office.signedIn(http, office.hire(place.corporate(), "platform-admin"));
    }

    /** {@code keys} are where the last administrator has the permission from. */
    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    designation | PUT    | designations/{keys}      | {"name": "K", "candidateGroups": [], "permissions": []} | permissions
                    designation | PUT    | designations/{warden}    | {"name": "W", "candidateGroups": [], "permissions": []} | candidateGroups
                    designation | PUT    | people/{last}            | {"name": "L", "language": "en", "active": true, "designations": ["warden"]} | designations
                    designation | PUT    | people/{last}            | {"name": "L", "language": "en", "active": true, "designations": ["keys"]} | designations
                    designation | PUT    | people/{last}            | {"name": "L", "language": "en", "active": false, "designations": ["warden", "keys"]} | active
                    designation | POST   | people/bulk              | {"action": "deactivate", "usernames": ["{name}"], "reason": "r"} | usernames[0]
                    group       | PUT    | permission-groups/{keys} | {"name": "K", "permissions": [], "members": ["{name}"]} | permissions
                    group       | PUT    | permission-groups/{keys} | {"name": "K", "permissions": ["people.write"], "members": []} | members
                    group       | DELETE | permission-groups/{keys} | | group
                    group       | POST   | people/bulk              | {"action": "reset-to-role-defaults", "usernames": ["{name}"], "reason": "r"} | usernames[0]
                    override    | DELETE | people/{last}/permission-overrides/{keys} | | override
                    override    | POST   | people/bulk              | {"action": "reset-to-role-defaults", "usernames": ["{name}"], "reason": "r"} | usernames[0]""")
    void lastAdministratorStaysOne(String source, String method, String path, String body, String field) {
        UUID warden = designate(place.circle(), "warden", Set.of(GROUP), Set.of());
        UUID keys = appointTheLast(source);
        office.hire(place.circle(), "warden");
        String address = "/api/v1/"
                + path.replace("{keys}", keys.toString())
                        .replace("{warden}", warden.toString())
                        .replace("{last}", last.id().toString());
        String request = body == null ? null : body.replace("{name}", last.username());

        ResponseEntity<JsonNode> refused = call(method, address, request);

        assertThat(refused.getStatusCode().value()).as("%s", refused).isEqualTo(409);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(refused.getBody().get("detail").asText())
                .contains("nobody would administer " + place.circle() + " any more");
        assertThat(office.signedIn(http, last).get("/api/v1/me").getBody().toString())
                .contains("\"" + GROUP + "\"", "\"" + PERMISSION + "\"");

        office.hire(place.circle(), "tenant-admin");
        ResponseEntity<JsonNode> accepted = call(method, address, request);
        assertThat(accepted.getStatusCode().is2xxSuccessful())
                .as("%s", accepted)
                .isTrue();
    }

    private UUID appointTheLast(String source) {
        switch (source) {
            case "designation" -> {
                UUID keys = designate(place.circle(), "keys", Set.of(), Set.of(PERMISSION));
                last = office.hire(place.circle(), "warden", "keys");
                return keys;
            }
            case "group" -> {
                last = office.hire(place.circle(), "warden");
                return groups.create(
                                place.circle(),
                                "keys",
                                new PermissionGroups.Description("K", Set.of(PERMISSION), Set.of(last.username())),
                                null)
                        .id();
            }
            default -> {
                last = office.hire(place.circle(), "warden");
                grant(Instant.parse("2999-12-31T23:59:59Z"));
                return grant(null);
            }
        }
    }

    private UUID designate(String organisation, String code, Set<String> candidateGroups, Set<String> permissions) {
        return designations
                .create(
                        organisation,
                        code,
                        null,
                        new Designations.Description(code, null, candidateGroups, permissions),
                        null)
                .id();
    }

    private UUID grant(Instant expiresAt) {
        return overrides
                .create(
                        last.id(),
                        new PermissionOverrides.Description(
                                PERMISSION, PermissionOverride.Effect.GRANT, expiresAt, "as agreed"))
                .id();
    }

    private ResponseEntity<JsonNode> call(String method, String path, String body) {
        return switch (method) {
            case "PUT" -> platform.put(path, body, "*");
            case "POST" -> platform.post(path, body);
            default -> platform.delete(path);
        };
    }

    @Test
    void dualModeDoesNotEndWhileItMakesTheLastAdministrator() {
        organisations.change(place.vendor(), "*", new Organisations.Profile("Vendor", null, true));
        designate(place.vendor(), "warden", Set.of(GROUP), Set.of());
        designate(place.vendor(), "keys", Set.of("facility-manager"), Set.of(PERMISSION));
        office.hire(place.vendor(), "warden", "keys");
        String path = "/api/v1/organisations/" + place.vendor();
        String body = "{\"name\": \"Vendor\", \"dualMode\": false}";

        ResponseEntity<JsonNode> refused = platform.put(path, body, "*");
        assertThat(refused.getStatusCode().value()).as("%s", refused).isEqualTo(409);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("dualMode");

        office.hire(place.vendor(), "tenant-admin");
        assertThat(platform.put(path, body, "*").getStatusCode().value()).isEqualTo(200);
    }

    /** The one who would be left loses the right to change people some day, and so is none to rely on. */
    @Test
    void dualModeDoesNotEndWhileOnlyAnAdministratorForAWhileWouldBeLeft() {
        organisations.change(place.vendor(), "*", new Organisations.Profile("Vendor", null, true));
        designate(place.vendor(), "warden", Set.of(GROUP), Set.of());
        designate(place.vendor(), "keys", Set.of("facility-manager"), Set.of(PERMISSION));
        office.hire(place.vendor(), "warden", "keys");
        last = office.hire(place.vendor(), "warden");
        grant(Instant.parse("2999-12-31T23:59:59Z"));
        String path = "/api/v1/organisations/" + place.vendor();
        String body = "{\"name\": \"Vendor\", \"dualMode\": false}";

        ResponseEntity<JsonNode> refused = platform.put(path, body, "*");
        assertThat(refused.getStatusCode().value()).as("%s", refused).isEqualTo(409);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("dualMode");

        grant(null);
        assertThat(platform.put(path, body, "*").getStatusCode().value()).isEqualTo(200);
    }

    /** There was none to rely on before, so none is taken away. */
    @Test
    void dualModeEndsWhereTheOnlyAdministratorIsOneForAWhile() {
        organisations.change(place.vendor(), "*", new Organisations.Profile("Vendor", null, true));
        designate(place.vendor(), "warden", Set.of(GROUP), Set.of());
        last = office.hire(place.vendor(), "warden");
        grant(Instant.parse("2999-12-31T23:59:59Z"));

        ResponseEntity<JsonNode> ended = platform.put(
                "/api/v1/organisations/" + place.vendor(), "{\"name\": \"Vendor\", \"dualMode\": false}", "*");
        assertThat(ended.getStatusCode().value()).as("%s", ended).isEqualTo(200);
    }

    /** As an organisation may be from before: with an administrator who may not change people. */
    @ParameterizedTest
    @CsvSource({"true, 200", "false, 409"})
    void unableAdministratorIsChangedButNotTakenAwayBeforeThereIsAnAbleOne(boolean active, int answer) {
        designate(place.circle(), "warden", Set.of(GROUP), Set.of());
        last = office.hire(place.circle(), "warden");
        String path = "/api/v1/people/" + last.id();
        String body = """
                {"name": "L", "language": "en", "active": %s, "designations": ["warden"]}"""
                .formatted(active);

        assertThat(platform.put(path, body, "*").getStatusCode().value()).isEqualTo(answer);

        office.hire(place.circle(), "tenant-admin");
        assertThat(platform.put(path, body, "*").getStatusCode().value()).isEqualTo(200);
    }
}
