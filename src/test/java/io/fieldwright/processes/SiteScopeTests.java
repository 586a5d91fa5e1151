package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.login.Browser;
import io.fieldwright.logistics.DismantleOrder;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.projects.Allocation;
import io.fieldwright.sites.Site;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;

/** What somebody sees and does who is limited to one of two sites. */
@FieldwrightTest
class SiteScopeTests {

    private static final String WEB_APPS = "/camunda/api/";

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    People people;

    @Autowired
    TestRestTemplate http;

    @LocalServerPort
    int port;

    private Field field;
    private Site own;
    private Site other;
    private Allocation atOwn;
    private Allocation atOther;
    private Person person;
    private Caller administrator;
    private Caller limited;

    @BeforeEach
    void limitACoordinatorToOneOfTwoSites() {
        field = fields.getObject().furnish();
        own = field.site;
        other = field.site("PUNE-2", false);
        field.radio("R-3", other);
        field.holders.appoint(field.circle, "tenant-admin");
        person = people.create(
                field.circle,
                "limited." + field.circle,
                RoleHolders.PASSWORD,
                new People.Profile(
                        "Limited", null, null, "en", true, Set.of("coordinator", "asset-owner", "tenant-admin")));
        administrator = caller(RoleHolders.username(field.circle, "tenant-admin"));
        limited = caller(person.username());
        atOwn = field.as("coordinator", () -> field.allocations.allocate(field.project.id(), own.id()));
        atOther = field.as("coordinator", () -> field.allocations.allocate(field.project.id(), other.id()));
        field.runJobs(atOwn.businessKey());
        field.runJobs(atOther.businessKey());
        assertThat(limit("[\"" + own.id() + "\"]").getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    @Test
    void limitIsReadAndLifted() {
        String path = "/api/v1/people/" + person.id() + "/sites";
        assertThat(administrator.get(path).getBody().get("siteIds").toString()).isEqualTo("[\"" + own.id() + "\"]");
        assertThat(limited.get("/api/v1/me").getBody().get("sites").toString()).isEqualTo("[\"" + own.id() + "\"]");
        assertThat(total("/api/v1/sites")).isEqualTo(1);
        assertThat(administrator.put(path, "{\"siteIds\": null}", null).getStatusCode())
                .isEqualTo(HttpStatus.PRECONDITION_REQUIRED);

        assertThat(limit("null").getStatusCode()).isEqualTo(HttpStatus.OK);

        assertThat(limited.get("/api/v1/me").getBody().get("sites").isNull()).isTrue();
        assertThat(total("/api/v1/sites")).isEqualTo(2);
        assertThat(total("/api/v1/tasks")).isEqualTo(2);
    }

    @Test
    void whatIsAtAnotherSiteDoesNotExist() {
        field.as(
                "project-manager",
                () -> field.dismantleRecords.order(
                        new DismantleOrder(field.project.id(), other.id(), field.crew.id(), null)));

        assertThat(total("/api/v1/sites")).isEqualTo(1);
        assertThat(total("/api/v1/allocations")).isEqualTo(1);
        assertThat(total("/api/v1/equipment-items")).isEqualTo(2);
        assertThat(total("/api/v1/dismantle-records")).isZero();
        assertThat(limited.get("/api/v1/sites/near?latitude=18.5&longitude=73.8")
                        .getBody())
                .hasSize(1);
        for (String path : List.of("/api/v1/sites/" + other.id(), "/api/v1/allocations/" + atOther.id())) {
            assertThat(limited.get(path).getStatusCode()).as(path).isEqualTo(HttpStatus.NOT_FOUND);
        }
        for (String path : List.of("/api/v1/sites/" + own.id(), "/api/v1/allocations/" + atOwn.id())) {
            assertThat(limited.get(path).getStatusCode()).as(path).isEqualTo(HttpStatus.OK);
        }
        assertThat(limited.post("/api/v1/allocations/" + atOther.id() + "/hold", "{\"reason\": \"r\"}")
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(limited.post(
                                "/api/v1/allocations",
                                "{\"project\": \"%s\", \"site\": \"%s\"}".formatted(field.project.id(), other.id()))
                        .getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void exportHasOnlyOwnSitesAndImportIsForThoseWhoSeeAll() {
        HttpHeaders headers = new HttpHeaders();
        headers.setAccept(List.of(MediaType.parseMediaType("text/csv")));
        String exported = http.withBasicAuth(person.username(), RoleHolders.PASSWORD)
                .exchange(
                        RequestEntity.get("/api/v1/sites/export")
                                .headers(headers)
                                .build(),
                        String.class)
                .getBody();
        assertThat(exported).contains("PUNE-1").doesNotContain("PUNE-2");

        assertThat(http.withBasicAuth(person.username(), RoleHolders.PASSWORD)
                        .exchange(
                                RequestEntity.post("/api/v1/site-imports")
                                        .header("Content-Type", "text/csv")
                                        .body("code,name,kind,latitude,longitude\n"),
                                JsonNode.class)
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(limited.post(
                                "/api/v1/sites",
                                """
                                {"code": "NEW", "name": "New", "kind": "tower", "latitude": 18, "longitude": 73}""")
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void tasksAboutAnotherSiteAreNeitherShownNorWorkedOn() {
        String foreign = field.task(atOther.businessKey(), "Task_AssignTeam").getId();
        String task = field.task(atOwn.businessKey(), "Task_AssignTeam").getId();

        assertThat(limited.get("/api/v1/tasks").getBody().get("items").findValuesAsText("businessKey"))
                .containsExactly(atOwn.businessKey());
        for (String path : List.of("/api/v1/tasks/" + foreign, "/engine-rest/task/" + foreign)) {
            assertThat(limited.get(path).getStatusCode()).as(path).isEqualTo(HttpStatus.NOT_FOUND);
        }
        assertThat(limited.post("/api/v1/tasks/" + foreign + "/claim", null).getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(limited.post(
                                "/engine-rest/task/" + foreign + "/claim",
                                "{\"userId\": \"" + person.username() + "\"}")
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(limited.get("/engine-rest/task/" + foreign + "/form-variables")
                        .getStatusCode()
                        .is4xxClientError())
                .isTrue();

        assertThat(limited.get("/engine-rest/task").getBody().findValuesAsText("id"))
                .containsExactly(task);
        assertThat(count("/engine-rest/task/count")).isEqualTo(1);
        assertThat(limited.post(
                                "/engine-rest/task",
                                "{\"orQueries\": [{\"candidateGroup\": \"coordinator\", \"assignee\": \"x\"}]}")
                        .getBody()
                        .findValuesAsText("id"))
                .containsExactly(task);
        for (JsonNode filter : limited.get("/engine-rest/filter").getBody()) {
            if (filter.get("name").asText().equals("Offered to my groups")) {
                String path = "/engine-rest/filter/" + filter.get("id").asText();
                assertThat(count(path + "/count")).isEqualTo(1);
                assertThat(limited.get(path + "/list").getBody().findValuesAsText("id"))
                        .containsExactly(task);
            }
        }
        assertThat(limited.post("/api/v1/tasks/" + task + "/claim", null).getStatusCode())
                .isEqualTo(HttpStatus.NO_CONTENT);
    }

    /** Rights of a process owner and a platform administrator together: the widest at the engine. */
    private String overseer(boolean isLimited) {
        Person overseer = people.create(
                field.corporate,
                "overseer." + field.corporate,
                RoleHolders.PASSWORD,
                new People.Profile(
                        "Overseer",
                        null,
                        null,
                        "en",
                        true,
                        Set.of("process-owner", "platform-admin", "coordinator", "asset-owner")));
        if (isLimited) {
            people.limit(overseer.id(), "*", Set.of(own.id()), "r");
        }
        return overseer.username();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheEngineCannotNarrowToSitesIsForThoseWhoSeeAll(boolean isLimited) {
        String overseer = overseer(isLimited);
        Browser browser = new Browser(port);
        browser.signIn(overseer, RoleHolders.PASSWORD);
        String process = field.task(atOther.businessKey(), "Task_AssignTeam").getProcessInstanceId();

        for (String path : List.of(
                "event-subscription",
                "execution",
                "execution/" + process,
                "history/process-instance",
                "history/process-instance/" + process,
                "history/variable-instance",
                "history/user-operation",
                "incident",
                "job",
                "job-definition",
                "process-instance",
                "process-instance/count",
                "process-instance/" + process + "/variables",
                "process-instance/" + process + "/activity-instances",
                "variable-instance",
                "process-definition/statistics",
                "process-definition/key/site-lifecycle/statistics")) {
            assertOfAllSites(
                    path,
                    isLimited,
                    http.withBasicAuth(overseer, RoleHolders.PASSWORD)
                            .getForEntity("/engine-rest/" + path, String.class));
            assertOfAllSites(path, isLimited, read(browser, WEB_APPS + "engine/engine/default/" + path));
        }
        String plugin = "cockpit/plugin/base/default/process-definition/statistics-count";
        assertOfAllSites(plugin, isLimited, read(browser, WEB_APPS + plugin));
    }

    private static void assertOfAllSites(String path, boolean isLimited, ResponseEntity<String> answer) {
        if (isLimited) {
            assertThat(answer.getStatusCode()).as(path).isEqualTo(HttpStatus.FORBIDDEN);
            assertThat(answer.getBody()).as(path).contains("You are limited to some sites; this concerns all.");
        } else {
            assertThat(answer.getStatusCode()).as(path).isEqualTo(HttpStatus.OK);
        }
    }

    private static ResponseEntity<String> read(Browser browser, String path) {
        HttpResponse<String> answer = browser.get(path);
        return ResponseEntity.status(answer.statusCode()).body(answer.body());
    }

    @Test
    void whatBelongsToATaskAboutAnotherSiteIsNotThere() {
        String overseer = overseer(true);
        Task foreign = field.task(atOther.businessKey(), "Task_AssignTeam");
        String comment = field.tasks
                .createComment(foreign.getId(), foreign.getProcessInstanceId(), "a remark")
                .getId();
        String attachment = field.tasks
                .createAttachment(
                        "text", foreign.getId(), null, "a drawing", null, new ByteArrayInputStream(new byte[] {1}))
                .getId();
        String task = "task/" + foreign.getId();

        for (String username : List.of(overseer, person.username())) {
            Browser browser = new Browser(port);
            browser.signIn(username, RoleHolders.PASSWORD);
            for (String path : List.of(
                    task,
                    task + "/variables",
                    task + "/variables/siteId",
                    task + "/localVariables",
                    task + "/form",
                    task + "/deployed-form",
                    task + "/rendered-form",
                    task + "/form-variables",
                    task + "/identity-links",
                    task + "/comment",
                    task + "/comment/" + comment,
                    task + "/attachment",
                    task + "/attachment/" + attachment,
                    task + "/attachment/" + attachment + "/data")) {
                assertThat(http.withBasicAuth(username, RoleHolders.PASSWORD)
                                .getForEntity("/engine-rest/" + path, String.class)
                                .getStatusCode())
                        .as(path)
                        .isEqualTo(HttpStatus.NOT_FOUND);
                assertThat(read(browser, WEB_APPS + "engine/engine/default/" + path)
                                .getStatusCode())
                        .as(path)
                        .isEqualTo(HttpStatus.NOT_FOUND);
            }
            assertThat(caller(username)
                            .post("/engine-rest/" + task + "/comment/create", "{\"message\": \"m\"}")
                            .getStatusCode()
                            .is4xxClientError())
                    .isTrue();
            assertThat(caller(username)
                            .delete("/engine-rest/" + task + "/attachment/" + attachment)
                            .getStatusCode())
                    .isEqualTo(HttpStatus.NOT_FOUND);
        }
        assertThat(field.tasks.getTaskComments(foreign.getId())).hasSize(1);
        assertThat(field.tasks.getTaskAttachments(foreign.getId())).hasSize(1);
    }

    @Test
    void whatBelongsToATaskAboutTheirSiteIsThere() {
        Caller overseer = caller(overseer(true));
        Task task = field.task(atOwn.businessKey(), "Task_AssignTeam");
        String path = "/engine-rest/task/" + task.getId();

        ResponseEntity<JsonNode> created = overseer.post(path + "/comment/create", "{\"message\": \"a remark\"}");

        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(overseer.get(path + "/comment").getBody().findValuesAsText("message"))
                .containsExactly("a remark");
        assertThat(limited.get(path + "/comment/" + created.getBody().get("id").asText())
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(limited.get(path + "/form-variables").getBody().has("siteId"))
                .isTrue();
    }

    @Test
    void whoMayReadATaskCommentsOnIt() {
        Task task = field.task(atOwn.businessKey(), "Task_AssignTeam");
        String path = "/engine-rest/task/" + task.getId() + "/comment";
        Caller coordinator = caller(RoleHolders.username(field.circle, "coordinator"));

        assertThat(coordinator
                        .post(path + "/create", "{\"message\": \"a remark\"}")
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(coordinator.get(path).getBody().findValuesAsText("message")).containsExactly("a remark");
        Field elsewhere = fields.getObject().furnish();
        assertThat(caller(RoleHolders.username(elsewhere.circle, "coordinator"))
                        .post(path + "/create", "{\"message\": \"another\"}")
                        .getStatusCode()
                        .is4xxClientError())
                .isTrue();
        assertThat(caller(RoleHolders.username(field.circle, "driver"))
                        .post(path + "/create", "{\"message\": \"another\"}")
                        .getStatusCode()
                        .is4xxClientError())
                .isTrue();
        assertThat(field.tasks.getTaskComments(task.getId())).hasSize(1);
    }

    @Test
    void commentBelongsToTheTasksOwnProcess() {
        Task task = field.task(atOwn.businessKey(), "Task_AssignTeam");
        Task other = field.task(atOther.businessKey(), "Task_AssignTeam");
        Caller overseer = caller(overseer(false));
        String path = "/engine-rest/task/" + task.getId() + "/comment/create";
        String comment = "{\"message\": \"a remark\", \"processInstanceId\": \"%s\"}";

        assertThat(overseer.post(path, comment.formatted(task.getProcessInstanceId()))
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(overseer.post(path, comment.formatted(other.getProcessInstanceId()))
                        .getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(field.tasks.getProcessInstanceComments(other.getProcessInstanceId()))
                .isEmpty();
    }

    @Test
    void whatWasSaidOfATaskIsNotReadByStrangers() {
        Field elsewhere = fields.getObject().furnish();
        Task task = field.task(atOwn.businessKey(), "Task_AssignTeam");
        String comment =
                field.tasks.createComment(task.getId(), null, "a remark").getId();
        String path = "/engine-rest/task/" + task.getId() + "/comment/" + comment;

        assertThat(caller(RoleHolders.username(field.circle, "coordinator"))
                        .get(path)
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(caller(RoleHolders.username(elsewhere.circle, "coordinator"))
                        .get(path)
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void taskAboutAnotherSiteIsNotHandedToThem() {
        String foreign = field.task(atOther.businessKey(), "Task_AssignTeam").getId();
        String assignment = "{\"userId\": \"" + person.username() + "\"}";

        assertThat(caller(RoleHolders.username(field.circle, "coordinator"))
                        .post("/engine-rest/task/" + foreign + "/assignee", assignment)
                        .getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    []
                    ["00000000-0000-0000-0000-000000000000"]
                    ["FOREIGN"]
                    ["no id"]
                    [null]
                    "all\"""")
    void limitToWhatIsNoSiteInSightIsRefused(String siteIds) {
        Field elsewhere = fields.getObject().furnish();

        ResponseEntity<JsonNode> refused =
                limit(siteIds.replace("FOREIGN", elsewhere.site.id().toString()));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).startsWith("siteIds");
    }

    @Test
    void whoeverIsLimitedLimitsOthersToNoMore() {
        String path = "/api/v1/people/" + person.id() + "/sites";
        assertThat(limited.put(path, "{\"siteIds\": null}", "*").getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(limited.put(path, "{\"siteIds\": [\"" + other.id() + "\"]}", "*")
                        .getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);

        JsonNode friend = limited.post(
                        "/api/v1/people",
                        """
                        {"username": "friend.%s", "password": "%s", "name": "Friend", "designations": ["coordinator"]}"""
                                .formatted(field.unique, RoleHolders.PASSWORD))
                .getBody();
        assertThat(caller(friend.get("username").asText())
                        .get("/api/v1/sites")
                        .getBody()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void limitOfAPersonOutOfSightDoesNotExist() {
        Field elsewhere = fields.getObject().furnish();
        elsewhere.holders.appoint(elsewhere.circle, "tenant-admin");
        Caller stranger = caller(RoleHolders.username(elsewhere.circle, "tenant-admin"));

        for (UUID absent : List.of(person.id(), UUID.randomUUID())) {
            String path = "/api/v1/people/" + absent + "/sites";
            assertThat(stranger.get(path).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(stranger.put(path, "{\"siteIds\": null}", "*").getStatusCode())
                    .isEqualTo(HttpStatus.NOT_FOUND);
        }
    }

    private ResponseEntity<JsonNode> limit(String siteIds) {
        return administrator.put(
                "/api/v1/people/" + person.id() + "/sites", "{\"siteIds\": " + siteIds + ", \"reason\": \"r\"}", "*");
    }

    private Caller caller(String username) {
        return Caller.signedIn(http, username, RoleHolders.PASSWORD);
    }

    private int total(String path) {
        return limited.get(path).getBody().get("total").asInt();
    }

    private int count(String path) {
        return limited.get(path).getBody().get("count").asInt();
    }
}
