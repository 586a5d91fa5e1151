package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import io.fieldwright.OwnApplicationTest;
import io.fieldwright.TableOwner;
import io.fieldwright.people.Person;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Single sign-on with a real OpenID Connect provider, which vouches for whoever a test says. */
@OwnApplicationTest
class OidcTests {

    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    private static final MockOAuth2Server PROVIDER = new MockOAuth2Server();

    @LocalServerPort
    private int port;

    @Autowired
    private Household house;

    @Autowired
    private TableOwner owner;

    private Person coordinator;
    private Browser browser;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry properties) {
        PROVIDER.start();
        String registration = "spring.security.oauth2.client.registration.company.";
        properties.add(registration + "client-id", () -> "fieldwright");
        properties.add(registration + "client-secret", () -> "secret");
        properties.add(registration + "scope", () -> "openid,profile,email");
        properties.add("spring.security.oauth2.client.provider.company.issuer-uri", () -> PROVIDER.issuerUrl("company")
                .toString());
        properties.add("fieldwright.database.name", () -> "oidc");
        properties.add("camunda.bpm.job-execution.enabled", () -> "false");
    }

    @AfterAll
    static void stopProvider() {
        PROVIDER.shutdown();
    }

    @BeforeEach
    void person() {
        coordinator = house.person(house.circle, "coordinator");
        browser = new Browser(port);
    }

    private HttpResponse<String> signInAs(Map<String, Object> claims) {
        PROVIDER.enqueueCallback(new DefaultOAuth2TokenCallback(
                "company", "subject", JOSEObjectType.JWT.getType(), List.of("fieldwright"), claims, 3600));
        return browser.get("/oauth2/authorization/company");
    }

    @Test
    void personWhomTheProviderNamesIsSignedIn() {
        assertThat(browser.get("/login").body()).contains("/oauth2/authorization/company");

        HttpResponse<String> answer = signInAs(Map.of("preferred_username", coordinator.username()));

        assertThat(answer.uri().getPath()).isEqualTo(TASKLIST);
        assertThat(browser.get("/camunda/api/admin/auth/user/default").body()).contains(coordinator.username());

        house.change(coordinator, false, "coordinator");

        assertThat(browser.get("/camunda/api/admin/auth/user/default").statusCode())
                .isEqualTo(401);
    }

    @Test
    void nobodyIsCreatedForAStrangerAndTheDeactivatedStayOut() {
        Person gone = house.person(house.circle, "coordinator");
        house.change(gone, false, "coordinator");

        for (Map<String, Object> claims : List.<Map<String, Object>>of(
                Map.of("preferred_username", "stranger"),
                Map.of("preferred_username", gone.username()),
                Map.of("email", coordinator.email(), "email_verified", true),
                Map.of())) {
            HttpResponse<String> refused = signInAs(claims);
            assertThat(refused.uri().toString()).contains("/login?error");
            assertThat(browser.get(TASKLIST).uri().getPath()).isEqualTo("/login");
        }
        assertThat(failures()).contains("access_denied");
    }

    /** The reasons of failed single sign-ons, as the audit keeps them. */
    private List<String> failures() {
        return owner.sql(
                        "select record ->> 'detail' from audit_entry where record ->> 'event' = 'single-sign-on-failed'")
                .query(String.class)
                .list();
    }

    @Test
    void answerOfTheProviderThatNobodyAskedForIsRefused() {
        assertThat(browser.get("/login/oauth2/code/company?code=x&state=y")
                        .uri()
                        .toString())
                .contains("/login?error");
        assertThat(failures()).contains("authorization_request_not_found");
    }

    @ParameterizedTest
    @CsvSource({"aud, another-client, invalid_id_token", "nonce, of-another-sign-in, invalid_nonce"})
    void identityThatWasNotMeantForThisSignInIsRefused(String claim, String value, String reason) {
        HttpResponse<String> refused = signInAs(Map.of("preferred_username", coordinator.username(), claim, value));

        assertThat(refused.uri().toString()).contains("/login?error");
        assertThat(browser.get(TASKLIST).uri().getPath()).isEqualTo("/login");
        assertThat(failures()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void pageOfAnotherSiteDoesNotStartTheSignIn(String site) {
        assertThat(browser.get("/oauth2/authorization/company", "Sec-Fetch-Site", site)
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.cookie("JSESSIONID")).isEmpty();
    }

    @Test
    void passwordsGoOnToWork() {
        assertThat(browser.signIn(coordinator.username(), Household.PASSWORD)
                        .uri()
                        .getPath())
                .isEqualTo(TASKLIST);
    }
}
