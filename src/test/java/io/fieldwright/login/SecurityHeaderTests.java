package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.TableOwner;
import io.fieldwright.people.Person;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

/** What each answer tells browsers to refuse, and what is refused here. */
@FieldwrightTest
class SecurityHeaderTests {

    @LocalServerPort
    private int port;

    @Autowired
    private Household house;

    @Autowired
    private Suspicions suspicions;

    @Autowired
    private TableOwner owner;

    private Person coordinator;
    private Browser browser;

    @BeforeEach
    void person() {
        coordinator = house.person(house.circle, "coordinator");
        browser = new Browser(port);
    }

    private String basic() {
        return Household.basic(coordinator);
    }

    private String bearer() {
        return Household.bearer(house.tokens(coordinator).get("accessToken").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/me",
                "/engine-rest/task",
                "/actuator/health",
                "/v3/api-docs",
                "/login",
                "/password",
                "/camunda/app/tasklist/default/",
                "/camunda/api/admin/auth/user/default"
            })
    void everyAnswerIsHardened(String path) {
        browser.signIn(coordinator.username(), Household.PASSWORD);
        boolean stateless = !path.startsWith("/camunda") && !path.startsWith("/login") && !path.equals("/password");
        HttpResponse<String> answer = stateless ? browser.get(path, "Authorization", basic()) : browser.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        HttpHeaders headers = answer.headers();
        assertThat(headers.allValues("X-Content-Type-Options")).containsOnly("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'none'")
                .contains("base-uri");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue(stateless ? "no-referrer" : "same-origin");
        assertThat(headers.firstValue("Permissions-Policy").orElse("")).contains("geolocation=()");
        assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(headers.firstValue("Server")).isEmpty();
        assertThat(headers.firstValue("X-Powered-By")).isEmpty();
    }

    @Test
    void refusalIsHardenedTooAndSaysHowToSignIn() {
        HttpResponse<String> refused = browser.get("/api/v1/me");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().allValues("WWW-Authenticate"))
                .containsExactly("Basic realm=\"Fieldwright\", charset=\"UTF-8\"", "Bearer");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(refused.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain", "image/png"})
    void refusalIsAProblemWhateverTheCallerWouldRatherRead(String accepted) {
        HttpResponse<String> refused = browser.get("/api/v1/me", "Accept", accepted);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("does not prove who you are");
    }

    @ParameterizedTest
    @CsvSource({
        "cross-site, GET, /api/v1/me",
        "same-site, GET, /api/v1/me",
        "cross-site, POST, /api/v1/projects",
        "cross-site, POST, /engine-rest/deployment/create",
        "cross-site, GET, /actuator/info"
    })
    void pageOfAnotherSiteCannotUseTheLoginThatTheBrowserRemembers(String site, String method, String path) {
        ResponseEntity<JsonNode> forged = house.call(
                basic(),
                HttpMethod.valueOf(method),
                path,
                method.equals("POST") ? "{}" : null,
                headers -> headers.set("Sec-Fetch-Site", site));

        assertThat(forged.getStatusCode().value()).isEqualTo(403);
        assertThat(suspicions.count("foreign-page", path)).isPositive();
        assertThat(house.call(
                                bearer(),
                                HttpMethod.GET,
                                "/api/v1/me",
                                null,
                                headers -> headers.set("Sec-Fetch-Site", site))
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
    }

    @Test
    void olderBrowserIsJudgedByTheOriginItSends() {
        assertThat(house.call(
                                basic(),
                                HttpMethod.GET,
                                "/api/v1/me",
                                null,
                                headers -> headers.set("Origin", "https://elsewhere.example"))
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        assertThat(house.call(
                                basic(),
                                HttpMethod.GET,
                                "/api/v1/me",
                                null,
                                headers -> headers.set("Origin", "http://localhost:" + port))
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/me", "/engine-rest/task", "/login", "/v3/api-docs"})
    void noOtherOriginMayReadAnAnswer(String path) throws Exception {
        for (String method : List.of("GET", "OPTIONS")) {
            HttpResponse<String> answer = plainly(
                    method,
                    path,
                    "Origin",
                    "https://elsewhere.example",
                    "Access-Control-Request-Method",
                    "GET",
                    "Authorization",
                    bearer());

            assertThat(answer.headers().map().keySet())
                    .noneMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("access-control-"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/me", "/engine-rest/task", "/actuator/info"})
    void sessionOfTheWebAppsOpensNoInterface(String path) {
        browser.signIn(coordinator.username(), Household.PASSWORD);
        assertThat(browser.get("/camunda/api/admin/auth/user/default").statusCode())
                .isEqualTo(200);

        assertThat(browser.get(path).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/me", "/engine-rest/task", "/login", "/camunda/app/tasklist/default/"})
    void requestIsNotEchoed(String path) throws Exception {
        HttpResponse<String> answer = plainly("TRACE", path, "Authorization", basic(), "X-Marked", "marked");

        assertThat(answer.statusCode()).isIn(400, 405);
        assertThat(answer.body()).doesNotContain("marked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/password?token=x"})
    void passwordIsMaskedWhileItIsTyped(String path) {
        assertThat(browser.get(path).body())
                .containsPattern("<input(?=[^>]*name=\"password\")(?=[^>]*type=\"password\")");
    }

    @Test
    void unexpectedFailureTellsNothingOfTheInside() {
        owner.sql("alter table telecom_circle rename to telecom_circle_elsewhere")
                .update();
        ResponseEntity<JsonNode> failed;
        try {
            failed = house.get(basic(), "/api/v1/telecom-circles");
        } finally {
            owner.sql("alter table telecom_circle_elsewhere rename to telecom_circle")
                    .update();
        }

        assertThat(failed.getStatusCode().value()).isEqualTo(500);
        assertThat(failed.getBody().get("detail").asText())
                .isEqualTo("Something failed on our side; it has been logged.");
        assertThat(failed.getBody().toString()).doesNotContain("telecom_circle", "relation", "Exception");
    }

    private HttpResponse<String> plainly(String method, String path, String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .headers(headers)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void webAppsTakeChangesOnlyFromTheirOwnPages() {
        browser.signIn(coordinator.username(), Household.PASSWORD);
        String create = "/camunda/api/engine/engine/default/filter/create";

        assertThat(browser.post("/camunda/api/admin/auth/user/default/logout", Map.of(), "Sec-Fetch-Site", "same-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/logout", Map.of()).statusCode()).isEqualTo(403);
        assertThat(browser.get("/camunda/api/admin/auth/user/default").statusCode())
                .isEqualTo(200);
        assertThat(browser.post(create, Map.of()).statusCode()).isEqualTo(403);
        assertThat(new Browser(port)
                        .post("/login", Map.of("username", "asha", "password", "secret"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(new Browser(port)
                        .post("/password", Map.of("token", "x", "password", "secret"))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Tenant",
                "x-tenant-id",
                "X-Organisation",
                "X-User",
                "X-Remote-User",
                "X-Roles",
                "X-HTTP-Method-Override"
            })
    void headerThatClaimsToBeSomebodyIsRefused(String header) {
        ResponseEntity<JsonNode> refused = house.call(
                bearer(), HttpMethod.GET, "/api/v1/me", null, headers -> headers.set(header, house.corporate));

        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualToIgnoringCase(header);
        assertThat(house.call(
                                basic(),
                                HttpMethod.GET,
                                "/engine-rest/task",
                                null,
                                headers -> headers.set(header, house.corporate))
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        assertThat(suspicions.count(
                        "spoofed-header",
                        refused.getBody().at("/errors/0/field").asText()))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "tenantId", "role", "permissions", "version"})
    void fieldThatOnlyAnAttackerSendsIsRefusedAndRemembered(String field) {
        ResponseEntity<JsonNode> refused = house.post(
                bearer(), "/api/v1/projects", "{\"code\": \"P\", \"%s\": \"%s\"}".formatted(field, house.corporate));

        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(suspicions.count("mass-assignment", field)).isPositive();
    }

    @Test
    void forwardedHeadersAreNotBelieved() {
        JsonNode tokens = house.call(
                        null,
                        HttpMethod.POST,
                        "/api/v1/login",
                        "{\"username\": \"%s\", \"password\": \"%s\"}"
                                .formatted(coordinator.username(), Household.PASSWORD),
                        headers -> headers.set("X-Forwarded-For", "203.0.113.9"))
                .getBody();

        assertThat(house.get(Household.bearer(tokens.get("accessToken").asText()), "/api/v1/me/sessions")
                        .getBody()
                        .at("/0/origin")
                        .asText())
                .isNotEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/me", "/engine-rest/task", "/login"})
    void oversizedHeadersAreRefused(String path) {
        HttpResponse<String> refused = browser.get(path, "X-Long", "x".repeat(20_000), "Authorization", basic());

        assertThat(refused.statusCode()).isEqualTo(431);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void headersBeyondAllMeasureAreRefusedByTheContainer() throws Exception {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            InputStream answer = socket.getInputStream();
            assertThat(new String(answer.readNBytes(12), StandardCharsets.ISO_8859_1))
                    .matches("HTTP/1.1 4(00|31)");
        }
    }

    @Test
    void bodyBeyondAllUseIsRefusedWhetherItsLengthIsKnownOrNot() throws Exception {
        String body = "{\"username\": \"" + "x".repeat(RequestGuard.LONGEST_BODY) + "\"}";

        assertThat(house.post(null, "/api/v1/login", body).getStatusCode().value())
                .isEqualTo(413);

        var chunked = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(chunked, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void engineDoesNotTellWhetherAPasswordIsRight() {
        ResponseEntity<JsonNode> verified = house.post(
                basic(),
                "/engine-rest/identity/verify",
                "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(coordinator.username(), Household.PASSWORD));

        assertThat(verified.getStatusCode().value()).isEqualTo(404);
    }
}
