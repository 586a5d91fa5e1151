package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A fresh corporate with a circle, people in it, and how they call over HTTP with whatever proves who they are. */
@Component
@Lazy
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
class Household {

    static final String PASSWORD = "correct horse battery staple";

    final String corporate = "corporate-" + unique();
    final String circle = "circle-" + unique();

    private final TestRestTemplate http;
    private final Organisations organisations;
    private final People people;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Household(
            @Lazy TestRestTemplate http,
            Organisations organisations,
            People people,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.http = http;
        this.organisations = organisations;
        this.people = people;
        this.jdbc = jdbc;
        this.transaction = transaction;
        organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(circle, Organisation.Kind.CIRCLE, "Circle", corporate);
    }

    /** A vendor in dual mode. */
    String vendorWithOwnClients() {
        String vendor = "vendor-" + unique();
        organisations.create(vendor, Organisation.Kind.VENDOR, "Vendor", null);
        dualMode(vendor, true);
        return vendor;
    }

    void dualMode(String vendor, boolean dualMode) {
        organisations.change(vendor, "*", new Organisations.Profile("Vendor", null, dualMode));
    }

    static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    Person person(String organisation, String... designations) {
        String username = "p" + unique();
        return people.create(
                organisation,
                username,
                PASSWORD,
                new People.Profile("Asha", username + "@example.org", null, "en", true, Set.of(designations)));
    }

    void change(Person person, boolean active, String... designations) {
        people.change(
                person.id(),
                "*",
                new People.Profile(person.name(), person.email(), null, "en", active, Set.of(designations)),
                null);
    }

    /** Has {@code grantor} give somebody a permission that none of their designations has, by a group or an override. */
    void give(Person grantor, Person person, String permission, boolean byGroup) {
        ResponseEntity<JsonNode> given = byGroup
                ? post(
                        basic(grantor.username(), PASSWORD),
                        "/api/v1/permission-groups",
                        """
                        {"organisation": "%s", "code": "%s", "name": "G", "permissions": ["%s"], "members": ["%s"]}"""
                                .formatted(person.tenantId(), person.username(), permission, person.username()))
                : post(
                        basic(grantor.username(), PASSWORD),
                        "/api/v1/people/" + person.id() + "/permission-overrides",
                        """
                        {"permission": "%s", "effect": "GRANT", "expiresAt": "2999-12-31T23:59:59Z", "reason": "r"}"""
                                .formatted(permission));
        assertThat(given.getStatusCode().value()).as(given.toString()).isEqualTo(201);
    }

    /** Changes rows behind the application's back, as time passing would. */
    void sql(Consumer<JdbcClient> statements) {
        transaction.executeWithoutResult(status -> statements.accept(jdbc));
    }

    static String basic(Person person) {
        return basic(person.username(), PASSWORD);
    }

    static String basic(String username, String password) {
        return "Basic " + HttpHeaders.encodeBasicAuth(username, password, java.nio.charset.StandardCharsets.UTF_8);
    }

    static String bearer(String token) {
        return "Bearer " + token;
    }

    ResponseEntity<JsonNode> call(String authorization, HttpMethod method, String path, String body) {
        return call(authorization, method, path, body, headers -> {});
    }

    ResponseEntity<JsonNode> call(
            String authorization, HttpMethod method, String path, String body, Consumer<HttpHeaders> more) {
        HttpHeaders headers = new HttpHeaders();
        headers.setAccept(List.of(MediaType.APPLICATION_JSON));
        headers.setContentType(MediaType.APPLICATION_JSON);
        if (authorization != null) {
            headers.set(HttpHeaders.AUTHORIZATION, authorization);
        }
        more.accept(headers);
        return http.exchange(path, method, new HttpEntity<>(body, headers), JsonNode.class);
    }

    ResponseEntity<JsonNode> get(String authorization, String path) {
        return call(authorization, HttpMethod.GET, path, null);
    }

    int status(String authorization, String path) {
        return get(authorization, path).getStatusCode().value();
    }

    ResponseEntity<JsonNode> post(String authorization, String path, String body) {
        return call(authorization, HttpMethod.POST, path, body);
    }

    ResponseEntity<JsonNode> login(String username, String password) {
        return post(
                null, "/api/v1/login", "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password));
    }

    /** The answer to a login with the right password. */
    JsonNode tokens(Person person) {
        return login(person.username(), PASSWORD).getBody();
    }

    ResponseEntity<JsonNode> refresh(String refreshToken) {
        return post(null, "/api/v1/login/refresh", "{\"refreshToken\": \"" + refreshToken + "\"}");
    }

    /** Nobody calls or goes on with {@code tokens} any more. */
    void assertUseless(JsonNode tokens) {
        assertThat(status(bearer(tokens.get("accessToken").asText()), "/api/v1/me"))
                .isEqualTo(401);
        assertThat(refresh(tokens.get("refreshToken").asText()).getStatusCode().value())
                .isEqualTo(401);
    }
}
