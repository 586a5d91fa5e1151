package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.TableOwner;
import io.fieldwright.people.Person;
import io.fieldwright.people.PersonDirectory;
import jakarta.servlet.ServletContext;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Manager;
import org.apache.catalina.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/** Sessions of the web apps, from signing in to every way they end. */
@FieldwrightTest
class SessionTests {

    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    private static final String WHO_AM_I = "/camunda/api/admin/auth/user/default";
    private static final String DEFINITIONS = "/camunda/api/engine/engine/default/process-definition/count";

    @LocalServerPort
    private int port;

    @Autowired
    private Household house;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private ServletContext container;

    @Autowired
    private TableOwner tables;

    @Autowired
    private SignIns signIns;

    @Autowired
    private PersonDirectory directory;

    @Autowired
    private LoginProperties properties;

    @Autowired
    private ServletWebServerApplicationContext application;

    private Person coordinator;
    private Browser browser;

    @BeforeEach
    void signIn() {
        coordinator = house.person(house.circle, "coordinator");
        browser = new Browser(port);
        assertThat(browser.signIn(coordinator.username(), Household.PASSWORD)
                        .uri()
                        .getPath())
                .isEqualTo(TASKLIST);
    }

    private int processesSeen() throws Exception {
        HttpResponse<String> answer = browser.get(DEFINITIONS);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body()).get("count").asInt();
    }

    private void assertSignedOut() {
        assertThat(browser.get(WHO_AM_I).statusCode()).isEqualTo(401);
        assertThat(browser.get(DEFINITIONS).statusCode()).isEqualTo(401);
        assertThat(browser.get(TASKLIST).uri().getPath()).isEqualTo("/login");
    }

    private void passTime(String column, String interval) {
        house.sql(rows -> rows.sql("update sign_in set %s = %s - interval '%s' where username = :username"
                        .formatted(column, column, interval))
                .param("username", coordinator.username())
                .update());
    }

    @Test
    void signingInGivesTheSessionAnotherIdThatScriptsCannotRead() {
        Browser another = new Browser(port);
        another.get("/login");
        String before = another.cookie("JSESSIONID").orElseThrow().getValue();

        another.signIn(coordinator.username(), Household.PASSWORD);

        var cookie = another.cookie("JSESSIONID").orElseThrow();
        assertThat(cookie.getValue()).isNotEqualTo(before);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(new Browser(port).get("/login").headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(
                        value -> assertThat(value).contains("HttpOnly").contains("SameSite=Lax"));
    }

    @Test
    void withdrawnDesignationCountsInTheWebAppsFromTheNextRequestOn() throws Exception {
        assertThat(processesSeen()).isPositive();

        house.change(coordinator, true);

        assertThat(processesSeen()).isZero();

        house.change(coordinator, true, "coordinator");

        assertThat(processesSeen()).isPositive();
    }

    @Test
    void deactivatedPersonIsSignedOutWithTheNextRequest() {
        house.change(coordinator, false, "coordinator");

        assertSignedOut();

        house.change(coordinator, true, "coordinator");
        assertThat(browser.get(WHO_AM_I).statusCode()).isEqualTo(401);
    }

    @Test
    void sessionEndsTwelveHoursAfterSigningInHoweverBusyItIs() {
        passTime("expires_at", "11 hours 59 minutes");
        assertThat(browser.get(WHO_AM_I).statusCode()).isEqualTo(200);
        passTime("expires_at", "1 minute");
        assertSignedOut();
    }

    @Test
    void sessionEndsAfterHalfAnHourWithoutARequest() {
        assertThat(container.getSessionTimeout()).isEqualTo(30);
    }

    @Test
    void sessionIsListedAmongTheOthersAndCanBeEndedFromElsewhere() {
        String token =
                Household.bearer(house.tokens(coordinator).get("accessToken").asText());
        JsonNode sessions = house.get(token, "/api/v1/me/sessions").getBody();
        assertThat(sessions.findValuesAsText("kind")).containsExactlyInAnyOrder("TOKENS", "SESSION");
        for (JsonNode session : sessions) {
            if (session.get("kind").asText().equals("SESSION")) {
                house.call(
                        token,
                        HttpMethod.DELETE,
                        "/api/v1/me/sessions/" + session.get("id").asText(),
                        null);
            }
        }
        assertSignedOut();
    }

    /** As Tomcat has a session expire that nobody used for half an hour. */
    @Test
    void sessionThatIdledOutIsNoLongerListed() {
        String token = Household.basic(coordinator);
        assertThat(house.get(token, "/api/v1/me/sessions").getBody()).hasSize(1);

        TomcatWebServer server = (TomcatWebServer) application.getWebServer();
        Manager sessions = ((Context) server.getTomcat().getHost().findChildren()[0]).getManager();
        String id = browser.cookie("JSESSIONID").orElseThrow().getValue();
        findSession(sessions, id).expire();

        assertSignedOut();
        assertThat(house.get(token, "/api/v1/me/sessions").getBody()).isEmpty();
    }

    @Test
    void sessionIsNoLongerListedWhenTheApplicationThatKnewItStops() {
        BrowserSessions ofAnotherNode = new BrowserSessions(signIns, directory, properties);
        ofAnotherNode.onAuthentication(
                UsernamePasswordAuthenticationToken.unauthenticated(coordinator.username(), null),
                new MockHttpServletRequest(),
                new MockHttpServletResponse());
        assertThat(signIns.list(coordinator.username())).hasSize(2);

        ofAnotherNode.destroy();

        assertThat(signIns.list(coordinator.username())).hasSize(1);
        assertThat(browser.get(WHO_AM_I).statusCode()).isEqualTo(200);
    }

    private static Session findSession(Manager sessions, String id) {
        return Arrays.stream(sessions.findSessions())
                .filter(session -> session.getId().equals(id))
                .findAny()
                .orElseThrow();
    }

    @Test
    void changedPasswordEndsTheSession() {
        house.call(
                Household.basic(coordinator),
                HttpMethod.PUT,
                "/api/v1/me/password",
                "{\"current\": \"%s\", \"new\": \"seven purple elephants\"}".formatted(Household.PASSWORD));

        assertSignedOut();
    }

    @Test
    void signingOutInTasklistEndsTheSession() {
        String token = Household.basic(coordinator);
        assertThat(house.get(token, "/api/v1/me/sessions").getBody()).hasSize(1);

        HttpResponse<String> signedOut = browser.post(WHO_AM_I + "/logout", Map.of());
        assertThat(signedOut.statusCode()).isEqualTo(204);
        assertThat(signedOut.headers().firstValue("Clear-Site-Data")).hasValue("\"cache\", \"cookies\", \"storage\"");

        assertSignedOut();
        assertThat(house.get(token, "/api/v1/me/sessions").getBody()).isEmpty();
    }

    @Test
    void administratorSignsSomebodyOutEverywhere() {
        Person administrator = house.person(house.circle, "tenant-admin");
        JsonNode tokens = house.tokens(coordinator);

        assertThat(endSessionsOf(coordinator, administrator)).isEqualTo(204);

        assertSignedOut();
        house.assertUseless(tokens);
        assertThat(tables.sql(
                                """
                                select count(*) from audit_entry where entity = 'sign_in' and record ->> 'actor' = :actor
                                  and key in (select cast(id as text) from sign_in where username = :username)""")
                        .param("actor", administrator.username())
                        .param("username", coordinator.username())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(house.login(coordinator.username(), Household.PASSWORD)
                        .getStatusCode()
                        .value())
                .as("the password stays")
                .isEqualTo(200);
    }

    @Test
    void nobodySignsOutWhomTheyMayNotReset() {
        Person platform = house.person(house.corporate, "platform-admin");
        Person corporateAdministrator = house.person(house.corporate, "tenant-admin");
        Person administrator = house.person(house.circle, "tenant-admin");

        assertThat(endSessionsOf(platform, corporateAdministrator)).isEqualTo(403);
        assertThat(endSessionsOf(platform, administrator)).isEqualTo(404);
        assertThat(endSessionsOf(administrator, coordinator)).isEqualTo(403);
        assertThat(browser.get(WHO_AM_I).statusCode()).isEqualTo(200);
    }

    private int endSessionsOf(Person person, Person caller) {
        return house.call(
                        Household.basic(caller), HttpMethod.DELETE, "/api/v1/people/" + person.id() + "/sessions", null)
                .getStatusCode()
                .value();
    }

    @Test
    void pageCannotSignSomebodyOutByALink() {
        browser.get("/logout");

        assertThat(browser.get(WHO_AM_I).statusCode()).isEqualTo(200);
    }

    @Test
    void resetPasswordIsSetOnAPageAndOpensTasklist() {
        Person administrator = house.person(house.circle, "tenant-admin");
        String link = house.post(
                        Household.basic(administrator), "/api/v1/people/" + coordinator.id() + "/password-reset", null)
                .getBody()
                .get("link")
                .asText();
        assertSignedOut();
        Browser mail = new Browser(port);

        HttpResponse<String> page = mail.get(link);
        HttpResponse<String> refused = mail.submit(page, "/password", Map.of("password", "1qaz2wsx3edc"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("guessed first");
        HttpResponse<String> set = mail.submit(refused, "/password", Map.of("password", "seven purple elephants"));

        assertThat(set.uri().getPath()).isEqualTo("/login");
        assertThat(mail.signIn(coordinator.username(), "seven purple elephants")
                        .uri()
                        .getPath())
                .isEqualTo(TASKLIST);
    }

    @Test
    void whatIsWrittenIntoTheLinkIsNotRunByThePage() {
        HttpResponse<String> page = new Browser(port).get("/password?token=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");

        assertThat(page.body()).doesNotContain("<script>").contains("&lt;script&gt;");
    }
}
