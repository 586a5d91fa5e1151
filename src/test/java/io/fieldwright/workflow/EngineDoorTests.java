package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.workflow.TestPeople.House;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

/** What a process owner, who may do most at the engine, may not. */
@FieldwrightTest
class EngineDoorTests {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private TestPeople people;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private ManagementService management;

    @Autowired
    private HistoryService history;

    @Autowired
    private Processes processes;

    private House house;
    private String owner;
    private String deployment;

    @BeforeEach
    void deploy() {
        deployment = repository
                .createDeployment()
                .name("failing")
                .addClasspathResource("workflow/failing.bpmn")
                .deploy()
                .getId();
        house = people.house();
        owner = people.person(house.corporate(), "process-owner");
    }

    private ResponseEntity<JsonNode> call(HttpMethod method, String path, Object body) {
        return http.withBasicAuth(owner, TestPeople.PASSWORD)
                .exchange("/engine-rest" + path, method, new HttpEntity<>(body), JsonNode.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /metrics/activity-instance-start/sum",
        "GET, /engine/default/metrics",
        "POST, /identity/verify",
        "POST, /engine/default/identity/verify",
        "GET, /identity/password-policy",
        "GET, /telemetry/data",
        "POST, /schema/log",
        "POST, /message",
        "POST, /signal",
        "POST, /condition",
        "POST, /external-task/fetchAndLock",
        "GET, /batch",
        "GET, /history/batch",
        "POST, /history/cleanup",
        "GET, /case-instance",
        "GET, /history/case-instance",
        "PUT, /process-instance/any/suspended",
        "PUT, /process-instance/suspended",
        "POST, /process-instance/suspended-async",
        "PUT, /job-definition/suspended",
        "PUT, /job/any/suspended",
        "DELETE, /incident/any",
        "DELETE, /task/any",
        "GET, /history/process-definition/failing/statistics",
        "GET, /history/decision-requirements-definition/any/statistics",
        "GET, /history/process-definition/cleanable-process-instance-report",
        "GET, /history/decision-definition/cleanable-decision-instance-report/count",
        "GET, /optimize/activity-instance/completed",
        "GET, /whatever-comes-next"
    })
    void whatIsForNobodysRoleIsNotThere(String method, String path) {
        ResponseEntity<JsonNode> answer =
                call(HttpMethod.valueOf(method), path, method.startsWith("P") ? Map.of() : null);
        assertThat(answer.getStatusCode().value()).isEqualTo(404);
        assertThat(answer.getBody().get("message").asText()).isEqualTo("There is nothing at this address.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?incidentType=failedJob", "/count?incidentId=1", "?incidentMessageLike=%25"})
    void sharedModelsAreNotSearchedByWhatFailedElsewhere(String query) {
        assertThat(call(HttpMethod.GET, "/process-definition" + query, null)
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
    }

    @Test
    void modelsThatOthersWorkByAreNotDeleted() {
        processes.start("failing", house.collaboration(), "P/" + UUID.randomUUID(), Map.of());
        assertThat(call(HttpMethod.DELETE, "/deployment/" + deployment + "?cascade=true", null)
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        assertThat(repository.createDeploymentQuery().deploymentId(deployment).count())
                .isEqualTo(1);
    }

    @Test
    void failedStepsOfAllTenantsAreNotTriedAgainAtOnce() {
        String instance = processes.start("failing", house.collaboration(), "P/" + UUID.randomUUID(), Map.of());
        Job job = management.createJobQuery().processInstanceId(instance).singleResult();
        management.setJobRetries(job.getId(), 0);
        JobDefinition definition = management
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult();
        assertThat(call(HttpMethod.PUT, "/job-definition/" + definition.getId() + "/retries", Map.of("retries", 1))
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        assertThat(management.createJobQuery().jobId(job.getId()).singleResult().getRetries())
                .isZero();
        assertThat(call(HttpMethod.PUT, "/job/" + job.getId() + "/retries", Map.of("retries", 1))
                        .getStatusCode()
                        .value())
                .isEqualTo(204);
    }

    @Test
    void attemptsOfAJobAreNotUsedUpByWhomItIsRefusedTo() {
        String instance = processes.start("failing", house.collaboration(), "P/" + UUID.randomUUID(), Map.of());
        Job job = management.createJobQuery().processInstanceId(instance).singleResult();
        String stranger = people.person(people.house().corporate(), "process-owner");
        String coordinator = people.person(house.circle(), "coordinator");

        assertThat(http.withBasicAuth(stranger, TestPeople.PASSWORD)
                        .postForEntity("/engine-rest/job/" + job.getId() + "/execute", null, JsonNode.class)
                        .getBody()
                        .get("message")
                        .asText())
                .contains("No job found with id");
        assertThat(http.withBasicAuth(coordinator, TestPeople.PASSWORD)
                        .postForEntity("/engine-rest/job/" + job.getId() + "/execute", null, JsonNode.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(403);

        assertThat(management.createJobQuery().jobId(job.getId()).singleResult().getRetries())
                .isEqualTo(job.getRetries());
        assertThat(history.createHistoricJobLogQuery()
                        .jobId(job.getId())
                        .failureLog()
                        .count())
                .isZero();
    }
}
