package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Person;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

@FieldwrightTest
class ApiKeyTests {

    @Autowired
    private Household house;

    private Person coordinator;
    private Person administrator;

    @BeforeEach
    void people() {
        coordinator = house.person(house.circle, "coordinator");
        administrator = house.person(house.circle, "tenant-admin");
    }

    private ResponseEntity<JsonNode> create(Person caller, String more) {
        return house.post(Household.basic(caller), "/api/v1/api-keys", "{\"name\": \"ERP\", " + more + "}");
    }

    private JsonNode key(Person caller, String more) {
        ResponseEntity<JsonNode> created = create(caller, more);
        assertThat(created.getStatusCode().value()).as(created.toString()).isEqualTo(201);
        return created.getBody();
    }

    private static String bearer(JsonNode key) {
        return Household.bearer(key.get("secret").asText());
    }

    @Test
    void keyCallsAsItsPersonWithinItsScopesOnly() {
        JsonNode key = key(coordinator, "\"scopes\": [\"projects.read\"]");

        assertThat(key.get("secret").asText())
                .startsWith("fwk_" + key.get("id").asText().replace("-", "") + "_");
        JsonNode me = house.get(bearer(key), "/api/v1/me").getBody();
        assertThat(me.get("username").asText()).isEqualTo(coordinator.username());
        assertThat(me.get("permissions").toString()).isEqualTo("[\"projects.read\"]");
        assertThat(me.get("groups")).isEmpty();
        assertThat(house.status(bearer(key), "/api/v1/projects")).isEqualTo(200);
        assertThat(house.status(bearer(key), "/api/v1/sites")).isEqualTo(403);
        assertThat(house.status(bearer(key), "/actuator/info")).isEqualTo(403);
    }

    @Test
    void keyWorksOnTasksOnlyWhereItSaysSo() {
        JsonNode without = key(coordinator, "\"scopes\": []");
        JsonNode with = key(coordinator, "\"scopes\": [], \"tasks\": true");

        assertThat(house.get(bearer(without), "/engine-rest/process-definition").getBody())
                .isEmpty();
        assertThat(house.get(bearer(with), "/engine-rest/process-definition").getBody())
                .isNotEmpty();
        assertThat(house.get(bearer(with), "/api/v1/me").getBody().get("groups").toString())
                .isEqualTo("[\"coordinator\"]");
    }

    @Test
    void whatThePersonLosesTheKeyLoses() {
        JsonNode key = key(coordinator, "\"scopes\": [\"projects.read\"]");

        house.change(coordinator, true, "driver");
        assertThat(house.status(bearer(key), "/api/v1/projects")).isEqualTo(403);
        house.change(coordinator, false, "coordinator");
        assertThat(house.status(bearer(key), "/api/v1/projects")).isEqualTo(401);
    }

    @Test
    void revokedOrExpiredKeyIsRefusedAtOnce() {
        JsonNode revoked = key(coordinator, "\"scopes\": []");
        JsonNode expired = key(
                coordinator, "\"scopes\": [], \"expiresAt\": \"" + Instant.now().plusSeconds(3600) + "\"");
        assertThat(house.status(bearer(revoked), "/api/v1/me")).isEqualTo(200);
        assertThat(house.status(bearer(expired), "/api/v1/me")).isEqualTo(200);

        assertThat(house.call(
                                Household.basic(coordinator),
                                HttpMethod.DELETE,
                                "/api/v1/api-keys/" + revoked.get("id").asText(),
                                null)
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
        house.sql(rows -> rows.sql("update api_key set expires_at = now() where id = :id")
                .param("id", UUID.fromString(expired.get("id").asText()))
                .update());

        assertThat(house.status(bearer(revoked), "/api/v1/me")).isEqualTo(401);
        assertThat(house.status(bearer(revoked), "/engine-rest/task")).isEqualTo(401);
        assertThat(house.status(bearer(expired), "/api/v1/me")).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/api-keys, '{\"name\": \"x\", \"scopes\": []}'",
        "GET, /api/v1/api-keys,",
        "PUT, /api/v1/me/password, '{\"current\": \"correct horse battery staple\", \"new\": \"another horse"
                + " battery\"}'",
        "GET, /api/v1/me/sessions,",
        "DELETE, /api/v1/me/sessions,",
        "POST, /api/v1/logout,",
        "POST, /api/v1/people/00000000-0000-0000-0000-000000000000/password-reset,",
        "DELETE, /api/v1/people/00000000-0000-0000-0000-000000000000/sessions,",
        "POST, /api/v1/people, '{\"username\": \"intruder\", \"password\": \"correct horse battery staple\", \"name\": \"I\","
                + " \"designations\": []}'",
        "POST, /api/v1/organisations, '{\"code\": \"intruders\", \"kind\": \"VENDOR\", \"name\": \"I\", \"administrator\":"
                + " {\"username\": \"intruder\", \"password\": \"correct horse battery staple\", \"name\": \"I\"}}'"
    })
    void keyMakesNoOtherProofOfWhoItIs(String method, String path, String body) {
        Person platform = house.person(house.corporate, "platform-admin");
        JsonNode key = key(
                platform, "\"scopes\": [\"people.read\", \"people.write\", \"organisations.write\"], \"tasks\": true");

        ResponseEntity<JsonNode> refused = house.call(bearer(key), HttpMethod.valueOf(method), path, body);

        assertThat(refused.getStatusCode().value()).isEqualTo(403);
        assertThat(refused.getBody().get("detail").asText()).contains("An API key makes no other proof");
        assertThat(house.status(bearer(key), "/api/v1/people")).isEqualTo(200);
        assertThat(house.status(bearer(key), "/api/v1/organisations")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"scopes\": [\"everything\"]', scopes, there is no permission everything",
        "'\"scopes\": [\"people.write\"]', scopes, does not have people.write",
        "'\"scopes\": null', scopes, must not be null",
        "'\"scopes\": [], \"expiresAt\": \"2020-01-01T00:00:00Z\"', expiresAt, must be in the future",
        "'\"scopes\": [], \"expiresAt\": \"tomorrow\"', expiresAt, wrong type",
        "'\"scopes\": [], \"role\": \"admin\"', role, is not a field",
        "'\"scopes\": [], \"tasks\": \"perhaps\"', tasks, wrong type"
    })
    void wrongKeyIsRefusedWithTheField(String more, String field, String reason) {
        ResponseEntity<JsonNode> refused = create(coordinator, more);

        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(refused.getBody().at("/errors/0/reason").asText()).contains(reason);
    }

    @Test
    void tenantAdministratorMakesAndRevokesKeysForPeopleOfTheOwnOrganisation() {
        String forCoordinator = "\"scopes\": [\"projects.read\"], \"person\": \"" + coordinator.username() + "\"";
        JsonNode key = key(administrator, forCoordinator);
        assertThat(key.get("person").asText()).isEqualTo(coordinator.username());
        assertThat(key.get("createdBy").asText()).isEqualTo(administrator.username());
        assertThat(house.status(bearer(key), "/api/v1/projects")).isEqualTo(200);

        Person stranger = house.person(house.corporate, "coordinator");
        for (String username : new String[] {stranger.username(), "nobody"}) {
            ResponseEntity<JsonNode> refused =
                    create(administrator, "\"scopes\": [], \"person\": \"" + username + "\"");
            assertThat(refused.getStatusCode().value()).isEqualTo(400);
            assertThat(refused.getBody().get("detail").asText())
                    .isEqualTo("person: there is no such person in your organisation");
        }
        Person colleague = house.person(house.circle, "supervisor");
        assertThat(create(colleague, forCoordinator).getStatusCode().value()).isEqualTo(403);

        String address = "/api/v1/api-keys/" + key.get("id").asText();
        assertThat(house.call(Household.basic(colleague), HttpMethod.DELETE, address, null)
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
        assertThat(house.get(Household.basic(colleague), "/api/v1/api-keys")
                        .getBody()
                        .get("total")
                        .asInt())
                .isZero();
        assertThat(house.get(Household.basic(administrator), "/api/v1/api-keys")
                        .getBody()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(house.call(Household.basic(administrator), HttpMethod.DELETE, address, null)
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
        assertThat(house.status(bearer(key), "/api/v1/projects")).isEqualTo(401);
    }

    @Test
    void nobodyReachesBeyondTheirOrganisationByAKeyForSomebodyElse() {
        Person owner = house.person(house.corporate, "process-owner");
        Person corporateAdministrator = house.person(house.corporate, "tenant-admin");

        assertThat(create(
                                corporateAdministrator,
                                "\"scopes\": [\"processes.deploy\"], \"person\": \"" + owner.username() + "\"")
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void norWhereTheRightsOfThatPersonAreNotOfADesignation(boolean byGroup) {
        Person platform = house.person(house.corporate, "platform-admin");
        Person corporateAdministrator = house.person(house.corporate, "tenant-admin");
        Person raised = house.person(house.corporate, "coordinator");
        String wanted = "\"scopes\": [\"projects.read\"], \"person\": \"" + raised.username() + "\"";
        assertThat(create(corporateAdministrator, wanted).getStatusCode().value())
                .isEqualTo(201);

        house.give(platform, raised, "platform-audit.read", byGroup);

        assertThat(create(corporateAdministrator, wanted).getStatusCode().value())
                .isEqualTo(403);
        assertThat(create(corporateAdministrator, wanted.replace("projects.read", "platform-audit.read"))
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        assertThat(create(raised, wanted).getStatusCode().value()).isEqualTo(201);
    }

    @Test
    void secretIsShownOnceAndNeverStored() {
        JsonNode key = key(coordinator, "\"scopes\": []");
        String secret = key.get("secret").asText();

        assertThat(house.get(Household.basic(coordinator), "/api/v1/api-keys")
                        .getBody()
                        .toString())
                .contains(key.get("id").asText())
                .doesNotContain("secret")
                .doesNotContain(secret.substring(37));

        String body = "{\"name\": \"once\", \"scopes\": []}";
        String repeated = UUID.randomUUID().toString();
        ResponseEntity<JsonNode> first = house.call(
                Household.basic(coordinator),
                HttpMethod.POST,
                "/api/v1/api-keys",
                body,
                headers -> headers.set("Idempotency-Key", repeated));
        ResponseEntity<JsonNode> second = house.call(
                Household.basic(coordinator),
                HttpMethod.POST,
                "/api/v1/api-keys",
                body,
                headers -> headers.set("Idempotency-Key", repeated));
        assertThat(first.getStatusCode().value()).isEqualTo(201);
        assertThat(second.getStatusCode().value()).isEqualTo(409);
        assertThat(second.getBody().at("/errors/0/field").asText()).isEqualTo("Idempotency-Key");
        house.sql(
                rows -> assertThat(rows.sql("select convert_from(body, 'UTF8') from idempotent_answer where key = :key")
                                .param("key", repeated)
                                .query(String.class)
                                .single())
                        .doesNotContain(first.getBody().get("secret").asText()));
        assertThat(house.get(Household.basic(coordinator), "/api/v1/api-keys")
                        .getBody()
                        .get("total")
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"fwk_", "fwk_00000000000000000000000000000000_", "fwk_x_y", "made-up"})
    void textThatIsNoKeyIsRefused(String text) {
        assertThat(house.status(Household.bearer(text), "/api/v1/me")).isEqualTo(401);
    }

    @Test
    void rightIdWithAnotherSecretIsRefused() {
        String secret = key(coordinator, "\"scopes\": []").get("secret").asText();

        assertThat(house.status(Household.bearer(secret.substring(0, 37) + "A".repeat(43)), "/api/v1/me"))
                .isEqualTo(401);
    }

    @Test
    void lastUseIsNotedOnceInAnHour() {
        JsonNode key = key(coordinator, "\"scopes\": []");
        house.status(bearer(key), "/api/v1/me");
        String first = lastUse();
        house.status(bearer(key), "/api/v1/me");

        assertThat(first).isNotEqualTo("null");
        assertThat(lastUse()).isEqualTo(first);
    }

    private String lastUse() {
        return house.get(Household.basic(coordinator), "/api/v1/api-keys")
                .getBody()
                .at("/items/0/lastUsedAt")
                .asText();
    }
}
