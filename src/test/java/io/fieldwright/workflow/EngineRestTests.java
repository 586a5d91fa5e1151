package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.people.CandidateGroup;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.workflow.TestPeople.House;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

@FieldwrightTest
class EngineRestTests {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private TestPeople people;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private TaskService tasks;

    @Autowired
    private Processes processes;

    private House house;
    private String storekeeper;
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
        String instance = processes.start("question", house.collaboration(), "P/" + UUID.randomUUID(), Map.of());
        taskId = tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    private ResponseEntity<JsonNode> call(String username, HttpMethod method, String path, Object body) {
        return http.withBasicAuth(username, TestPeople.PASSWORD)
                .exchange("/engine-rest" + path, method, new HttpEntity<>(body), JsonNode.class);
    }

    private ResponseEntity<JsonNode> deploy(String username, String name, String content, String tenant) {
        MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
        parts.add("deployment-name", name);
        parts.add("deployment-source", "Camunda Modeler");
        parts.add("enable-duplicate-filtering", "true");
        if (tenant != null) {
            parts.add("tenant-id", tenant);
        }
        parts.add(name, new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public String getFilename() {
                return name;
            }
        });
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.MULTIPART_FORM_DATA);
        return http.withBasicAuth(username, TestPeople.PASSWORD)
                .exchange(
                        "/engine-rest/deployment/create",
                        HttpMethod.POST,
                        new HttpEntity<>(parts, headers),
                        JsonNode.class);
    }

    private static String model(String key) {
        try {
            return new ClassPathResource("workflow/question.bpmn")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .replace("id=\"question\"", "id=\"" + key + "\"");
        } catch (java.io.IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }

    @Test
    void withoutLoginNothingAnswers() {
        assertThat(http.getForEntity("/engine-rest/task", JsonNode.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(401);
    }

    @Test
    void onlyProcessOwnersDeploy() {
        String key = "owned-" + UUID.randomUUID();
        String coordinator = people.person(house.circle(), "coordinator");
        assertThat(deploy(coordinator, key + ".bpmn", model(key), null)
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        String owner = people.person(house.corporate(), "process-owner");
        assertThat(deploy(owner, key + ".bpmn", model(key), null)
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        JsonNode definitions = http.withBasicAuth(owner, TestPeople.PASSWORD)
                .getForObject("/api/v1/process-definitions", JsonNode.class)
                .get("items");
        assertThat(definitions).anySatisfy(definition -> {
            assertThat(definition.get("key").asText()).isEqualTo(key);
            assertThat(definition.get("origin").asText()).isEqualTo("edited");
            assertThat(definition.get("deployedBy").asText()).isEqualTo(owner);
            assertThat(definition.get("deployedAt").asText()).isNotEmpty();
        });
        assertThat(definitions).anySatisfy(definition -> {
            assertThat(definition.get("key").asText()).isEqualTo("site-lifecycle");
            assertThat(definition.get("origin").asText()).isEqualTo("packaged");
            assertThat(definition.get("drift").asBoolean()).isFalse();
        });
        assertThat(http.withBasicAuth(storekeeper, TestPeople.PASSWORD)
                        .getForEntity("/api/v1/process-definitions", JsonNode.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
    }

    @Test
    void modelDeployedAloneFindsTheFormsOfTheVersionBefore() {
        String key = "reworded-" + UUID.randomUUID();
        repository
                .createDeployment()
                .name(key)
                .addString(key + ".bpmn", model(key))
                .addClasspathResource("workflow/answer.form")
                .deploy();
        String owner = people.person(house.corporate(), "process-owner");
        assertThat(deploy(owner, key + ".bpmn", model(key).replace("name=\"Answer\"", "name=\"Answer it\""), null)
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        String instance = processes.start(key, house.collaboration(), "P/" + UUID.randomUUID(), Map.of());
        String task = tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
        JsonNode form = http.withBasicAuth(storekeeper, TestPeople.PASSWORD)
                .getForObject("/engine-rest/task/" + task + "/deployed-form", JsonNode.class);
        assertThat(form.get("id").asText()).isEqualTo("answer");
    }

    @Test
    void modelsThatRunCodeOrBelongToOneTenantAreRefused() {
        String owner = people.person(house.corporate(), "process-owner");
        String key = "code-" + UUID.randomUUID();
        String listener = "<camunda:taskListener delegateExpression=\"${answerForm}\" event=\"create\" />";
        assertThat(deploy(owner, key + ".bpmn", model(key), house.corporate())
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        for (String code : new String[] {
            "<camunda:taskListener expression=\"${answerForm.getClass()}\" event=\"create\" />",
            "<camunda:taskListener class=\"java.lang.Object\" event=\"create\" />",
            "<camunda:taskListener event=\"create\"><camunda:script scriptFormat=\"juel\">${1}</camunda:script></camunda:taskListener>"
        }) {
            ResponseEntity<JsonNode> refused =
                    deploy(owner, key + ".bpmn", model(key).replace(listener, code), null);
            assertThat(refused.getStatusCode().value()).isEqualTo(400);
            assertThat(refused.getBody().get("message").asText()).contains(key + ".bpmn");
        }
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(key)
                        .count())
                .isZero();
    }

    @Test
    void tasksOfOtherTenantsDoNotExist() {
        String stranger = people.person(people.house().circle(), "storekeeper");
        assertThat(call(stranger, HttpMethod.GET, "/task", null).getBody()).isEmpty();
        assertThat(call(stranger, HttpMethod.GET, "/task/count", null)
                        .getBody()
                        .get("count")
                        .asLong())
                .isZero();
        for (String id : new String[] {taskId, "unknown"}) {
            assertThat(call(stranger, HttpMethod.GET, "/task/" + id, null)
                            .getStatusCode()
                            .value())
                    .isEqualTo(404);
            assertThat(call(stranger, HttpMethod.POST, "/task/" + id + "/claim", Map.of("userId", stranger))
                            .getStatusCode()
                            .value())
                    .isEqualTo(404);
            assertThat(call(stranger, HttpMethod.POST, "/task/" + id + "/complete", Map.of())
                            .getStatusCode()
                            .value())
                    .isEqualTo(404);
        }
        assertThat(call(storekeeper, HttpMethod.GET, "/task", null).getBody()).hasSize(1);
    }

    @Test
    void tasksAreGivenOnlyToThoseTheyAreOfferedTo() {
        String driver = people.person(house.circle(), "driver");
        String colleague = people.person(house.circle(), "storekeeper");
        String coordinator = people.person(house.circle(), "coordinator");
        assertThat(call(storekeeper, HttpMethod.POST, "/task/" + taskId + "/claim", Map.of("userId", driver))
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        assertThat(call(driver, HttpMethod.POST, "/task/" + taskId + "/claim", Map.of("userId", driver))
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        assertThat(call(storekeeper, HttpMethod.POST, "/task/" + taskId + "/claim", Map.of("userId", storekeeper))
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
        assertThat(call(colleague, HttpMethod.POST, "/task/" + taskId + "/assignee", Map.of("userId", colleague))
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        assertThat(call(coordinator, HttpMethod.POST, "/task/" + taskId + "/assignee", Map.of("userId", driver))
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        assertThat(call(coordinator, HttpMethod.POST, "/task/" + taskId + "/assignee", Map.of("userId", colleague))
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
        assertThat(call(
                                colleague,
                                HttpMethod.POST,
                                "/task/" + taskId + "/identity-links",
                                Map.of("userId", driver, "type", "candidate"))
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        assertThat(call(colleague, HttpMethod.POST, "/task/" + taskId + "/bpmnError", Map.of("errorCode", "any"))
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
    }

    @Test
    void peopleCannotSetStateBesideTheForm() {
        String instance = tasks.createTaskQuery().taskId(taskId).singleResult().getProcessInstanceId();
        Map<String, Object> variable = Map.of("variables", Map.of("siteDone", Map.of("value", true)));
        ResponseEntity<JsonNode> refused =
                call(storekeeper, HttpMethod.POST, "/task/" + taskId + "/complete", variable);
        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody().get("message").asText()).contains("siteDone");
        assertThat(call(storekeeper, HttpMethod.POST, "/task/" + taskId + "/submit-form", variable)
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        assertThat(call(
                                storekeeper,
                                HttpMethod.PUT,
                                "/process-instance/" + instance + "/variables/siteDone",
                                Map.of("value", true))
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        assertThat(call(storekeeper, HttpMethod.POST, "/process-definition/key/question/start", Map.of())
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        assertThat(call(storekeeper, HttpMethod.DELETE, "/process-instance/" + instance, null)
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
    }

    @Test
    void refusalOfTheProcessReachesTheReaderOfTheForm() {
        ResponseEntity<JsonNode> refused = call(
                storekeeper,
                HttpMethod.POST,
                "/task/" + taskId + "/submit-form",
                Map.of("variables", Map.of("answer", Map.of("value", "perhaps", "type", "String"))));
        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody().get("message").asText()).isEqualTo("answer: must be certain");
        assertThat(tasks.createTaskQuery().taskId(taskId).count()).isEqualTo(1);
        assertThat(call(
                                storekeeper,
                                HttpMethod.POST,
                                "/task/" + taskId + "/submit-form",
                                Map.of("variables", Map.of("answer", Map.of("value", "yes", "type", "String"))))
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
    }

    @Test
    void savedListsAreTheTwoOfEverybodyAndNobodySavesOrChangesOne() {
        JsonNode lists = call(storekeeper, HttpMethod.GET, "/filter", null).getBody();
        assertThat(lists)
                .extracting(list -> list.get("name").asText())
                .containsExactly("My tasks", "Offered to my groups");
        String first = "/filter/" + lists.get(0).get("id").asText();
        Map<String, Object> list = Map.of("name", "All", "resourceType", "Task", "query", Map.of());
        for (CandidateGroup group : CandidateGroup.values()) {
            String organisation = group.mayBeHeldBy(Organisation.Kind.CORPORATE) ? house.corporate() : house.circle();
            String person = people.person(organisation, group.id());
            for (ResponseEntity<JsonNode> refused : List.of(
                    call(person, HttpMethod.POST, "/filter/create", list),
                    call(person, HttpMethod.PUT, first, list),
                    call(person, HttpMethod.DELETE, first, null))) {
                assertThat(refused.getStatusCode().value()).as(group.id()).isEqualTo(403);
            }
        }
    }
}
