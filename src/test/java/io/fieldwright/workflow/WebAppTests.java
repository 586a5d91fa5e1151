package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.workflow.TestPeople.House;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The web apps as a browser calls them. */
@FieldwrightTest
class WebAppTests {

    private static final Pattern FORGERY_TOKEN = Pattern.compile("name=\"_csrf\" type=\"hidden\" value=\"([^\"]+)\"");
    private static final String ENGINE = "/camunda/api/engine/engine/default";

    @LocalServerPort
    private int port;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private TestPeople people;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private TaskService tasks;

    @Autowired
    private Processes processes;

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private House house;
    private String taskId;

    @BeforeEach
    void askSomething() {
        repository
                .createDeployment()
                .enableDuplicateFiltering(true)
                .name("question")
                .addClasspathResource("workflow/question.bpmn")
                .addClasspathResource("workflow/answer.form")
                .deploy();
        house = people.house();
        String instance = processes.start("question", house.collaboration(), "P/" + UUID.randomUUID(), Map.of());
        taskId = tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return browser.send(
                request.uri(URI.create("http://localhost:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        String token = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
        return send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .header("X-XSRF-TOKEN", token)
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                path);
    }

    private HttpResponse<String> signIn(String username, String password) throws Exception {
        Matcher token = FORGERY_TOKEN.matcher(get("/login").body());
        assertThat(token.find()).isTrue();
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=" + username + "&password="
                                + password.replace(" ", "+") + "&_csrf=" + token.group(1))),
                "/login");
        get("/camunda/app/tasklist/default/");
        return answer;
    }

    private JsonNode read(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private JsonNode tasksOf(String filterName) throws Exception {
        for (JsonNode filter : read(ENGINE + "/filter?resourceType=Task")) {
            if (filter.get("name").asText().equals(filterName)) {
                return read(ENGINE + "/filter/" + filter.get("id").asText() + "/list");
            }
        }
        throw new AssertionError("there is no filter " + filterName);
    }

    @Test
    void wrongPasswordDoesNotOpenTasklist() throws Exception {
        String storekeeper = people.person(house.circle(), "storekeeper");
        assertThat(signIn(storekeeper, "wrong").uri().toString()).contains("/login?error");
        assertThat(get("/camunda/app/tasklist/default/").uri().getPath()).isEqualTo("/login");
    }

    @Test
    void storekeeperClaimsAndCompletesInTasklistAndReadsWhyAnAnswerIsRefused() throws Exception {
        String storekeeper = people.person(house.circle(), "storekeeper");
        assertThat(signIn(storekeeper, TestPeople.PASSWORD).uri().getPath())
                .isEqualTo("/camunda/app/tasklist/default/");
        assertThat(read("/camunda/api/admin/auth/user/default").get("authorizedApps"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("welcome", "tasklist");
        assertThat(tasksOf("Offered to my groups"))
                .extracting(task -> task.get("id").asText())
                .containsExactly(taskId);
        assertThat(tasksOf("My tasks")).isEmpty();

        assertThat(post(ENGINE + "/task/" + taskId + "/claim", "{\"userId\": \"" + storekeeper + "\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(tasksOf("My tasks"))
                .extracting(task -> task.get("id").asText())
                .containsExactly(taskId);
        assertThat(read(ENGINE + "/task/" + taskId + "/deployed-form").get("id").asText())
                .isEqualTo("answer");
        assertThat(read(ENGINE + "/task/" + taskId + "/form-variables")
                        .get("question")
                        .get("value")
                        .asText())
                .isEqualTo("Is the door locked?");

        String answer = "{\"variables\": {\"answer\": {\"value\": \"%s\", \"type\": \"String\"}}}";
        HttpResponse<String> refused = post(ENGINE + "/task/" + taskId + "/submit-form", answer.formatted("perhaps"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json.readTree(refused.body()).get("message").asText()).isEqualTo("answer: must be certain");
        assertThat(post(ENGINE + "/task/" + taskId + "/submit-form", answer.formatted("yes"))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void claimedTaskIsGivenBackFromTasklist() throws Exception {
        String storekeeper = people.person(house.circle(), "storekeeper");
        signIn(storekeeper, TestPeople.PASSWORD);
        post(ENGINE + "/task/" + taskId + "/claim", "{\"userId\": \"" + storekeeper + "\"}");
        assertThat(post(ENGINE + "/task/" + taskId + "/unclaim", "{}").statusCode())
                .isEqualTo(204);
        assertThat(tasksOf("Offered to my groups")).hasSize(1);
    }

    @Test
    void processOwnerFindsCockpitToo() throws Exception {
        signIn(people.person(house.corporate(), "process-owner"), TestPeople.PASSWORD);
        assertThat(read("/camunda/api/admin/auth/user/default").get("authorizedApps"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("welcome", "tasklist", "cockpit");
        assertThat(get("/camunda/app/cockpit/default/").statusCode()).isEqualTo(200);
    }

    @Test
    void stylesHideTheBannerOfTheCommunityEdition() throws Exception {
        assertThat(get("/camunda/app/tasklist/styles/user-styles.css").body()).contains(".ce-eol-banner");
    }
}
