package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.Person;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

@FieldwrightTest
class PasswordTests {

    private static final String ANOTHER = "seven purple elephants";

    @Autowired
    private Household house;

    private Person coordinator;
    private Person administrator;

    @BeforeEach
    void people() {
        coordinator = house.person(house.circle, "coordinator");
        administrator = house.person(house.circle, "tenant-admin");
    }

    private ResponseEntity<JsonNode> change(String authorization, String current, String replacement) {
        return house.call(
                authorization,
                HttpMethod.PUT,
                "/api/v1/me/password",
                "{\"current\": \"%s\", \"new\": \"%s\"}".formatted(current, replacement));
    }

    private ResponseEntity<JsonNode> reset(Person caller, UUID person) {
        return house.post(Household.basic(caller), "/api/v1/people/" + person + "/password-reset", null);
    }

    private ResponseEntity<JsonNode> redeem(String token, String password) {
        return house.post(
                null, "/api/v1/login/password", "{\"token\": \"%s\", \"password\": \"%s\"}".formatted(token, password));
    }

    @ParameterizedTest
    @CsvSource({
        "elevenchars, at least 12",
        "पासवर्डपासवर्डपासवर्डपासवर्ड, at most 72 bytes",
        "1qaz2wsx3edc, guessed first",
        "1QAZ2WSX3EDC, guessed first",
        "aaaaaaaaaaaaaa, guessed first",
        "121212121212, guessed first"
    })
    void passwordThatIsEasyToGuessIsRefusedWhereverOneIsSet(String password, String reason) {
        ResponseEntity<JsonNode> created = house.post(
                Household.basic(administrator),
                "/api/v1/people",
                "{\"username\": \"x%s\", \"password\": \"%s\", \"name\": \"X\", \"designations\": []}"
                        .formatted(Household.unique(), password));
        assertThat(created.getStatusCode().value()).isEqualTo(400);
        assertThat(created.getBody().at("/errors/0/field").asText()).isEqualTo("password");
        assertThat(created.getBody().at("/errors/0/reason").asText()).contains(reason);

        ResponseEntity<JsonNode> changed = change(Household.basic(coordinator), Household.PASSWORD, password);
        assertThat(changed.getStatusCode().value()).isEqualTo(400);
        assertThat(changed.getBody().at("/errors/0/field").asText()).isEqualTo("new");

        String token =
                reset(administrator, coordinator.id()).getBody().get("token").asText();
        ResponseEntity<JsonNode> redeemed = redeem(token, password);
        assertThat(redeemed.getStatusCode().value()).isEqualTo(400);
        assertThat(redeemed.getBody().at("/errors/0/field").asText()).isEqualTo("password");
        assertThat(redeem(token, ANOTHER).getStatusCode().value()).isEqualTo(204);
    }

    /** Of 64 characters, of 72 bytes, and of 72 bytes in 24 characters. */
    static Stream<String> longPasswords() {
        return Stream.of(
                "four words ".repeat(6).substring(0, 64), "seven".repeat(15).substring(0, 72), "पासव".repeat(6));
    }

    @ParameterizedTest
    @MethodSource("longPasswords")
    void longPasswordIsTakenAsItIs(String password) {
        assertThat(change(Household.basic(coordinator), Household.PASSWORD, password)
                        .getStatusCode()
                        .value())
                .isEqualTo(204);

        assertThat(house.login(coordinator.username(), password).getStatusCode().value())
                .isEqualTo(200);
        assertThat(house.login(coordinator.username(), password.substring(0, password.length() - 1))
                        .getStatusCode()
                        .value())
                .isEqualTo(401);
    }

    static Stream<String> tooLongPasswords() {
        return Stream.of("seven".repeat(15).substring(0, 73), "पासव".repeat(6) + "x");
    }

    @ParameterizedTest
    @MethodSource("tooLongPasswords")
    void passwordIsRefusedFromTheByteOnThatWouldBeIgnored(String password) {
        assertThat(password.getBytes(StandardCharsets.UTF_8)).hasSize(73);

        ResponseEntity<JsonNode> refused = change(Household.basic(coordinator), Household.PASSWORD, password);

        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("new");
        assertThat(house.status(Household.basic(coordinator), "/api/v1/me")).isEqualTo(200);
    }

    @Test
    void passwordsAreHashedByBcryptAtCostTen() {
        assertThat(SecurityConfiguration.passwordEncoder().encode(ANOTHER)).startsWith("$2a$10$");
    }

    @Test
    void passwordMadeOfTheUsernameOrTheOrganisationIsRefused() {
        for (String password : new String[] {
            coordinator.username() + "-2026",
            house.circle,
            house.circle.toUpperCase() + "!",
            coordinator.username() + house.circle
        }) {
            ResponseEntity<JsonNode> refused = change(Household.basic(coordinator), Household.PASSWORD, password);
            assertThat(refused.getStatusCode().value()).as(password).isEqualTo(400);
        }
    }

    @Test
    void kindsOfCharactersDoNotMatter() {
        assertThat(change(Household.basic(coordinator), Household.PASSWORD, "onlylowercaseletters")
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
    }

    @Test
    void changedPasswordEndsTheOtherSessionsAndHoldsAtOnce() {
        String here =
                Household.bearer(house.tokens(coordinator).get("accessToken").asText());
        JsonNode elsewhere = house.tokens(coordinator);
        assertThat(house.status(Household.basic(coordinator), "/api/v1/me")).isEqualTo(200);

        assertThat(change(here, Household.PASSWORD, ANOTHER).getStatusCode().value())
                .isEqualTo(204);

        assertThat(house.status(here, "/api/v1/me")).isEqualTo(200);
        house.assertUseless(elsewhere);
        assertThat(house.status(Household.basic(coordinator), "/api/v1/me")).isEqualTo(401);
        assertThat(house.status(Household.basic(coordinator.username(), ANOTHER), "/api/v1/me"))
                .isEqualTo(200);
    }

    @Test
    void whoeverDoesNotKnowThePasswordDoesNotChangeIt() {
        String token =
                Household.bearer(house.tokens(coordinator).get("accessToken").asText());

        ResponseEntity<JsonNode> refused = change(token, "wrong password", ANOTHER);

        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("current");
        for (int guess = 1; guess < 10; guess++) {
            change(token, "wrong password", ANOTHER);
        }
        assertThat(change(token, "wrong password", ANOTHER).getStatusCode().value())
                .isEqualTo(429);
    }

    @Test
    void resetEndsEverythingUntilThePersonSetsAnotherPasswordOnce() {
        JsonNode tokens = house.tokens(coordinator);

        JsonNode reset = reset(administrator, coordinator.id()).getBody();

        assertThat(house.status(Household.basic(coordinator), "/api/v1/me")).isEqualTo(401);
        house.assertUseless(tokens);
        String token = reset.get("token").asText();
        assertThat(reset.get("link").asText()).isEqualTo("/password?token=" + token);
        assertThat(redeem(token, ANOTHER).getStatusCode().value()).isEqualTo(204);
        assertThat(house.login(coordinator.username(), ANOTHER).getStatusCode().value())
                .isEqualTo(200);
        assertThat(redeem(token, "eight purple elephants").getStatusCode().value())
                .isEqualTo(400);
    }

    @Test
    void laterResetVoidsTheOneBeforeAndEachExpires() {
        String first =
                reset(administrator, coordinator.id()).getBody().get("token").asText();
        String second =
                reset(administrator, coordinator.id()).getBody().get("token").asText();
        assertThat(redeem(first, ANOTHER).getStatusCode().value()).isEqualTo(400);

        house.sql(rows -> rows.sql("update password_reset set expires_at = now() where username = :username")
                .param("username", coordinator.username())
                .update());
        ResponseEntity<JsonNode> expired = redeem(second, ANOTHER);
        assertThat(expired.getStatusCode().value()).isEqualTo(400);
        assertThat(expired.getBody()).isEqualTo(redeem("made-up", ANOTHER).getBody());
    }

    @Test
    void nobodyResetsWhomTheyDoNotSeeNorWhoIsAboveThem() {
        Person platform = house.person(house.corporate, "platform-admin");
        Person corporateAdministrator = house.person(house.corporate, "tenant-admin");

        assertThat(reset(administrator, platform.id()).getStatusCode().value()).isEqualTo(404);
        assertThat(reset(administrator, UUID.randomUUID()).getStatusCode().value())
                .isEqualTo(404);
        assertThat(reset(corporateAdministrator, platform.id()).getStatusCode().value())
                .isEqualTo(403);
        assertThat(reset(coordinator, administrator.id()).getStatusCode().value())
                .isEqualTo(403);
        assertThat(reset(administrator, administrator.id()).getStatusCode().value())
                .isEqualTo(409);
        assertThat(house.status(Household.basic(platform), "/api/v1/me")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyResetsWhoIsAboveThemByOtherThanADesignation(boolean byGroup) {
        Person platform = house.person(house.corporate, "platform-admin");
        Person corporateAdministrator = house.person(house.corporate, "tenant-admin");
        Person raised = house.person(house.corporate, "coordinator");
        house.give(platform, raised, "organisations.write", byGroup);

        assertThat(reset(corporateAdministrator, raised.id()).getStatusCode().value())
                .isEqualTo(403);
        assertThat(house.status(Household.basic(raised), "/api/v1/me")).isEqualTo(200);
        assertThat(reset(platform, raised.id()).getStatusCode().value()).isEqualTo(200);
    }

    /** The designation of an owner's group rests since the vendor stopped working for clients of its own. */
    @Test
    void personWhoseDesignationRestsIsReset() {
        String vendor = house.vendorWithOwnClients();
        Person resting = house.person(vendor, "coordinator");
        Person vendorsAdministrator = house.person(vendor, "tenant-admin");
        house.dualMode(vendor, false);

        assertThat(reset(vendorsAdministrator, resting.id()).getStatusCode().value())
                .isEqualTo(200);
    }

    /** Single sign-on may go by the address, so whoever changes it could sign in as the person. */
    @Test
    void nobodyChangesTheEmailAddressOfWhomTheyMayNotReset() {
        Person platform = house.person(house.corporate, "platform-admin");
        Person corporateAdministrator = house.person(house.corporate, "tenant-admin");

        assertThat(rewrite(corporateAdministrator, platform, "Other", platform.email()))
                .isEqualTo(200);
        assertThat(rewrite(corporateAdministrator, platform, "Other", "mallory@example.org"))
                .isEqualTo(403);
        assertThat(rewrite(platform, platform, "Other", "self@example.org")).isEqualTo(200);
        assertThat(rewrite(platform, corporateAdministrator, "Other", "theirs@example.org"))
                .isEqualTo(200);
    }

    private int rewrite(Person caller, Person person, String name, String email) {
        String designations = person.designations().stream()
                .map(designation -> "\"" + designation.code() + "\"")
                .collect(Collectors.joining(", "));
        return house.call(
                        Household.basic(caller),
                        HttpMethod.PUT,
                        "/api/v1/people/" + person.id(),
                        """
                        {"name": "%s", "email": "%s", "language": "en", "active": true, "designations": [%s]}"""
                                .formatted(name, email, designations),
                        headers -> headers.setIfMatch("*"))
                .getStatusCode()
                .value();
    }

    @Test
    void whatHasExpiredPutsNobodyAbove() {
        Person platform = house.person(house.corporate, "platform-admin");
        Person corporateAdministrator = house.person(house.corporate, "tenant-admin");
        Person raised = house.person(house.corporate, "coordinator");
        house.give(platform, raised, "organisations.write", false);

        house.sql(rows -> rows.sql("update permission_override set expires_at = now() where person_id = :person")
                .param("person", raised.id())
                .update());

        assertThat(reset(corporateAdministrator, raised.id()).getStatusCode().value())
                .isEqualTo(200);
    }
}
