package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.workflow.TestPeople.House;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;

@FieldwrightTest
class IncidentTests {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private TestPeople people;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private ManagementService management;

    @Autowired
    private Processes processes;

    @Autowired
    private ProcessesHealthIndicator health;

    private Caller caller(String username) {
        return Caller.signedIn(http, username, TestPeople.PASSWORD);
    }

    @Test
    void failedStepIsSeenInItsTenantAndTriedAgainOnRequest() {
        repository
                .createDeployment()
                .enableDuplicateFiltering(true)
                .name("failing")
                .addClasspathResource("workflow/failing.bpmn")
                .deploy();
        House house = people.house();
        String businessKey = "P/" + UUID.randomUUID();
        String instance = processes.start("failing", house.collaboration(), businessKey, Map.of());
        fail(instance);

        Caller coordinator = caller(people.person(house.circle(), "coordinator"));
        JsonNode incidents = coordinator.get("/api/v1/incidents").getBody();
        assertThat(incidents.get("total").asLong()).isEqualTo(1);
        JsonNode incident = incidents.get("items").get(0);
        assertThat(incident.get("processKey").asText()).isEqualTo("failing");
        assertThat(incident.get("businessKey").asText()).isEqualTo(businessKey);
        assertThat(incident.get("message").asText()).isEqualTo("The door is locked.");
        assertThat((Long) health.health().getDetails().get("incidents")).isPositive();

        String retry = "/api/v1/incidents/" + incident.get("id").asText() + "/retry";
        Caller stranger = caller(people.person(people.house().circle(), "coordinator"));
        assertThat(stranger.get("/api/v1/incidents").getBody().get("total").asLong())
                .isZero();
        assertThat(stranger.post(retry, null).getStatusCode().value()).isEqualTo(404);
        Caller storekeeper = caller(people.person(house.circle(), "storekeeper"));
        assertThat(storekeeper.post(retry, null).getStatusCode().value()).isEqualTo(403);

        assertThat(coordinator.post(retry, null).getStatusCode().value()).isEqualTo(204);
        assertThat(coordinator.get("/api/v1/incidents").getBody().get("total").asLong())
                .isZero();
        assertThat(job(instance).getRetries()).isEqualTo(1);
    }

    private void fail(String instance) {
        Assertions.assertThatThrownBy(() -> management.executeJob(job(instance).getId()))
                .hasMessage("The door is locked.");
    }

    private Job job(String instance) {
        return management.createJobQuery().processInstanceId(instance).singleResult();
    }
}
