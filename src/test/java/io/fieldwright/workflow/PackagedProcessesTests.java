package io.fieldwright.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.workflow.ProcessVersions.InForce;
import io.fieldwright.workflow.ProcessVersions.Origin;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;

@FieldwrightTest
class PackagedProcessesTests {

    @Autowired
    private RepositoryService repository;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ResourcePatternResolver resources;

    @BeforeEach
    void release() {
        packaged("first").deploy();
    }

    @AfterEach
    void forget() {
        for (Deployment deployment : repository.createDeploymentQuery().list()) {
            boolean ours = repository.getDeploymentResourceNames(deployment.getId()).stream()
                    .anyMatch(name -> name.matches(".*(shelving|sweeping|shelf-choice)\\..*"));
            if (ours) {
                repository.deleteDeployment(deployment.getId(), true);
            }
        }
    }

    private PackagedProcesses packaged(String release) {
        return new PackagedProcesses(repository, jdbc, resources, "classpath:packaged/" + release + "/");
    }

    private int version(String process) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .latestVersion()
                .singleResult()
                .getVersion();
    }

    private int decisionVersion() {
        return repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey("shelf-choice")
                .latestVersion()
                .singleResult()
                .getVersion();
    }

    private InForce inForce(String release, String key) {
        return new ProcessVersions(jdbc, packaged(release))
                .inForce().stream()
                        .filter(definition -> definition.key().equals(key))
                        .findFirst()
                        .orElseThrow();
    }

    private void ownerDeploys(String name, String file) {
        repository
                .createDeployment()
                .name(name)
                .source("Camunda Modeler")
                .addClasspathResource("packaged/" + file)
                .deploy();
    }

    @Test
    void secondStartDeploysNothing() {
        packaged("first").deploy();
        assertThat(version("shelving")).isEqualTo(1);
        assertThat(version("sweeping")).isEqualTo(1);
        assertThat(inForce("first", "shelving").origin()).isEqualTo(Origin.PACKAGED);
        assertThat(inForce("first", "shelving").drift()).isFalse();
    }

    @Test
    void changedFormMakesANewVersionOfItsProcessAndOfNoOther() {
        packaged("changed-form").deploy();
        assertThat(version("shelving")).isEqualTo(2);
        assertThat(version("sweeping")).isEqualTo(1);
        packaged("changed-form").deploy();
        assertThat(version("shelving")).isEqualTo(2);
    }

    @Test
    void changedDecisionMakesANewVersionOfTheProcessThatTakesIt() {
        packaged("changed-decision").deploy();
        assertThat(version("shelving")).isEqualTo(2);
        assertThat(decisionVersion()).isEqualTo(2);
        assertThat(version("sweeping")).isEqualTo(1);
    }

    @Test
    void goingBackToAnEarlierReleaseDeploysItAgain() {
        packaged("changed-form").deploy();
        packaged("first").deploy();
        assertThat(version("shelving")).isEqualTo(3);
    }

    @Test
    void processOfAProcessOwnerStaysAndItsDriftIsShown() {
        repository
                .createDeployment()
                .name("edited by hand")
                .addClasspathResource("packaged/first/forms/shelve.form")
                .addString("shelving.bpmn", editedShelving())
                .deploy();
        packaged("first").deploy();
        packaged("changed-form").deploy();
        assertThat(version("shelving")).isEqualTo(2);
        assertThat(inForce("first", "shelving").origin()).isEqualTo(Origin.EDITED);
        assertThat(inForce("first", "shelving").drift()).isTrue();
        assertThat(inForce("first", "sweeping").drift()).isFalse();
    }

    @Test
    void decisionOfAProcessOwnerStaysAndItsDriftIsShown() {
        ownerDeploys("shelf-choice", "changed-decision/processes/decisions/shelf-choice.dmn");
        packaged("first").deploy();
        packaged("changed-form").deploy();
        assertThat(version("shelving")).isEqualTo(1);
        assertThat(decisionVersion()).isEqualTo(2);
        assertThat(inForce("first", "shelf-choice").origin()).isEqualTo(Origin.EDITED);
        assertThat(inForce("first", "shelf-choice").drift()).isTrue();
        assertThat(inForce("changed-form", "shelving").drift()).isTrue();
        assertThat(inForce("changed-decision", "shelf-choice").drift()).isFalse();
    }

    private String editedShelving() {
        try {
            return resources
                    .getResource("classpath:packaged/first/processes/shelving.bpmn")
                    .getContentAsString(java.nio.charset.StandardCharsets.UTF_8)
                    .replace("name=\"Task\"", "name=\"Put it on the shelf\"");
        } catch (java.io.IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }
}
