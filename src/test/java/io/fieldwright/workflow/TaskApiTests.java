package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.workflow.TestPeople.House;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

@FieldwrightTest
class TaskApiTests {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private TestPeople people;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private Processes processes;

    private House house;
    private String storekeeper;
    private String colleague;
    private String businessKey;
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
        storekeeper = people.person(house.circle(), "storekeeper");
        colleague = people.person(house.circle(), "storekeeper");
        businessKey = "P/" + UUID.randomUUID();
        taskId = ask(house.collaboration());
    }

    private String ask(String tenant) {
        String instance = processes.start("question", tenant, businessKey, Map.of());
        return tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    private ResponseEntity<JsonNode> get(String username, String path) {
        return http.withBasicAuth(username, TestPeople.PASSWORD).getForEntity(path, JsonNode.class);
    }

    private ResponseEntity<JsonNode> call(HttpHeaders key, HttpMethod method, String path, Object body) {
        return http.exchange(path, method, new HttpEntity<>(body, key), JsonNode.class);
    }

    private ResponseEntity<JsonNode> post(String username, String path, Object body) {
        return http.withBasicAuth(username, TestPeople.PASSWORD)
                .exchange(path, HttpMethod.POST, new HttpEntity<>(body), JsonNode.class);
    }

    @Test
    void listShowsWhatIsOfferedWithItsFormAndWhatItShows() {
        JsonNode list = get(storekeeper, "/api/v1/tasks?processKey=question&businessKey=" + businessKey)
                .getBody();
        assertThat(list.get("total").asLong()).isEqualTo(1);
        JsonNode task = list.get("items").get(0);
        assertThat(task.get("id").asText()).isEqualTo(taskId);
        assertThat(task.get("key").asText()).isEqualTo("Task_Answer");
        assertThat(task.get("businessKey").asText()).isEqualTo(businessKey);
        assertThat(task.get("tenantId").asText()).isEqualTo(house.collaboration());
        assertThat(task.get("candidateGroups").get(0).asText()).isEqualTo("storekeeper");

        JsonNode one = get(storekeeper, "/api/v1/tasks/" + taskId).getBody();
        assertThat(one.get("name").asText()).isEqualTo("Answer");
        assertThat(one.get("form").get("id").asText()).isEqualTo("answer");
        assertThat(one.get("variables").get("question").asText()).isEqualTo("Is the door locked?");
    }

    @Test
    void claimedTaskLeavesTheListOfColleaguesAndIsRefusedToThem() {
        claim();
        assertThat(get(colleague, "/api/v1/tasks").getBody().get("total").asLong())
                .isZero();
        assertThat(post(colleague, "/api/v1/tasks/" + taskId + "/claim", null)
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        ResponseEntity<JsonNode> refused =
                post(colleague, "/api/v1/tasks/" + taskId + "/complete", Map.of("answers", Map.of("answer", "yes")));
        assertThat(refused.getStatusCode().value()).isEqualTo(403);
        assertThat(refused.getBody().get("detail").asText()).contains("is claimed by " + storekeeper);

        assertThat(post(storekeeper, "/api/v1/tasks/" + taskId + "/unclaim", null)
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
        assertThat(get(colleague, "/api/v1/tasks").getBody().get("total").asLong())
                .isEqualTo(1);
    }

    @Test
    void claimedTaskIsOnlyGivenBackOnceItIsNoLongerOffered() {
        claim();
        people.move(storekeeper, "driver");

        String path = "/api/v1/tasks/" + taskId;
        for (ResponseEntity<JsonNode> refused : List.of(
                get(storekeeper, path),
                post(storekeeper, path + "/complete", Map.of("answers", Map.of("answer", "yes"))),
                post(storekeeper, "/engine-rest/task/" + taskId + "/complete", Map.of()),
                post(storekeeper, "/engine-rest/task/" + taskId + "/submit-form", Map.of()))) {
            assertThat(refused.getStatusCode().value()).isEqualTo(403);
            assertThat(refused.toString()).contains("no longer offered to you; give it back");
        }
        assertThat(get(storekeeper, "/api/v1/tasks").getBody().get("total").asLong())
                .isEqualTo(1);

        assertThat(post(storekeeper, path + "/unclaim", null).getStatusCode().value())
                .isEqualTo(204);
        assertThat(get(storekeeper, "/api/v1/tasks").getBody().get("total").asLong())
                .isZero();
        assertThat(get(colleague, "/api/v1/tasks").getBody().get("total").asLong())
                .isEqualTo(1);
    }

    @Test
    void keyThatIsNotForTasksReachesNoneOfItsPersonNeitherOfferedNorClaimed() {
        String offered = ask(house.collaboration());
        claim();
        HttpHeaders key = new HttpHeaders();
        key.setBearerAuth(post(storekeeper, "/api/v1/api-keys", Map.of("name", "ERP", "scopes", List.of()))
                .getBody()
                .get("secret")
                .asText());

        assertThat(call(key, HttpMethod.GET, "/api/v1/tasks", null)
                        .getBody()
                        .get("total")
                        .asLong())
                .isZero();
        for (String filter : List.of("assignee=" + storekeeper, "candidateGroup=storekeeper", "")) {
            assertThat(call(key, HttpMethod.GET, "/engine-rest/task?" + filter, null)
                            .getBody())
                    .isEmpty();
        }
        for (String id : List.of(taskId, offered)) {
            String ours = "/api/v1/tasks/" + id;
            assertThat(call(key, HttpMethod.GET, ours, null).getStatusCode().value())
                    .isEqualTo(404);
            for (String action : List.of("/claim", "/unclaim")) {
                assertThat(call(key, HttpMethod.POST, ours + action, null)
                                .getStatusCode()
                                .value())
                        .isEqualTo(404);
            }
            String engines = "/engine-rest/task/" + id;
            assertThat(call(key, HttpMethod.GET, engines, null).getStatusCode().value())
                    .isEqualTo(404);
            for (String action : List.of("/claim", "/assignee", "/delegate")) {
                assertThat(call(key, HttpMethod.POST, engines + action, Map.of("userId", colleague))
                                .getStatusCode()
                                .value())
                        .as(action)
                        .isEqualTo(403);
            }
            for (String action : List.of("/unclaim", "/complete", "/submit-form")) {
                assertThat(call(key, HttpMethod.POST, engines + action, Map.of())
                                .getStatusCode()
                                .value())
                        .as(action)
                        .isEqualTo(403);
            }
        }
        assertThat(get(storekeeper, "/api/v1/tasks").getBody().get("total").asLong())
                .isEqualTo(2);
    }

    private void claim() {
        assertThat(post(storekeeper, "/api/v1/tasks/" + taskId + "/claim", null)
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
    }

    @Test
    void completingTwiceIsRefusedAndLeavesOneCompletion() {
        Map<String, Object> answers = Map.of("answers", Map.of("answer", "yes"));
        assertThat(post(storekeeper, "/api/v1/tasks/" + taskId + "/complete", answers)
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
        assertThat(post(storekeeper, "/api/v1/tasks/" + taskId + "/complete", answers)
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(businessKey)
                        .count())
                .isZero();
    }

    @Test
    void answersTheFormDoesNotAskForAreRefusedByName() {
        ResponseEntity<JsonNode> refused = post(
                storekeeper,
                "/api/v1/tasks/" + taskId + "/complete",
                Map.of("answers", Map.of("answer", "yes", "siteDone", true)));
        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody().get("errors").get(0).get("field").asText()).isEqualTo("siteDone");
        assertThat(tasks.createTaskQuery().taskId(taskId).count()).isEqualTo(1);
    }

    @Test
    void answersTheProcessRefusesAreRefusedWithItsReasonAndTheTaskStays() {
        ResponseEntity<JsonNode> refused = post(
                storekeeper, "/api/v1/tasks/" + taskId + "/complete", Map.of("answers", Map.of("answer", "perhaps")));
        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody().get("detail").asText()).isEqualTo("answer: must be certain");
        assertThat(tasks.createTaskQuery().taskId(taskId).count()).isEqualTo(1);
        assertThat(post(
                                storekeeper,
                                "/api/v1/tasks/" + taskId + "/complete",
                                Map.of("answers", Map.of("answer", Map.of())))
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        assertThat(post(storekeeper, "/api/v1/tasks/" + taskId + "/complete", Map.of())
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
    }

    @Test
    void foreignTaskAndUnknownTaskLookTheSame() {
        String stranger = people.person(people.house().circle(), "storekeeper");
        String driver = people.person(house.circle(), "driver");
        for (String username : new String[] {stranger, driver}) {
            for (String id : new String[] {taskId, "unknown"}) {
                ResponseEntity<JsonNode> read = get(username, "/api/v1/tasks/" + id);
                assertThat(read.getStatusCode().value()).isEqualTo(404);
                assertThat(read.getBody().get("detail").asText()).isEqualTo("There is no task " + id + ".");
                for (String action : new String[] {"claim", "unclaim"}) {
                    assertThat(post(username, "/api/v1/tasks/" + id + "/" + action, null)
                                    .getStatusCode()
                                    .value())
                            .isEqualTo(404);
                }
                assertThat(post(username, "/api/v1/tasks/" + id + "/complete", Map.of("answers", Map.of()))
                                .getStatusCode()
                                .value())
                        .isEqualTo(404);
            }
            assertThat(get(username, "/api/v1/tasks").getBody().get("total").asLong())
                    .isZero();
        }
    }

    @Test
    void badPagingAndSortingAreRefused() {
        assertThat(get(storekeeper, "/api/v1/tasks?sort=assignee")
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        assertThat(get(storekeeper, "/api/v1/tasks?page=3&size=1")
                        .getBody()
                        .get("total")
                        .asLong())
                .isEqualTo(1);
    }
}
