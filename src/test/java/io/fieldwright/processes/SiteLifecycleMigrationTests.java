package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.AllocationState;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The plan for instances that run since before there was field verification: every activity keeps its id, so each goes on where
 * it is (docs/operations.md).
 */
@FieldwrightTest
class SiteLifecycleMigrationTests {

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    Field field;
    Deployment before;

    @BeforeEach
    void furnish() {
        field = fields.getObject().furnish();
        before = repository
                .createDeployment()
                .addClasspathResource("models/site-lifecycle-of-before.bpmn")
                .addClasspathResource("forms/assign-team.form")
                .addClasspathResource("forms/accept-assignment.form")
                .deploy();
    }

    @AfterEach
    void removeTheModelOfBefore() {
        repository.deleteDeployment(before.getId(), true);
    }

    private ProcessDefinition newest(String key) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult();
    }

    private void migrate(Allocation allocation, String from, String to) {
        ProcessInstance instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(allocation.businessKey())
                .processDefinitionKey(from)
                .tenantIdIn(field.circle)
                .singleResult();
        MigrationPlan plan = runtime.createMigrationPlan(
                        instance.getProcessDefinitionId(), newest(to).getId())
                .mapEqualActivities()
                .updateEventTriggers()
                .build();
        runtime.newMigration(plan).processInstanceIds(instance.getId()).execute();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Task_AssignTeam", "Task_AcceptAssignment", "Task_AuthoriseDismantle", "Task_SignLoading"})
    void instanceOfBeforeGoesOnWhereItIs(String point) {
        Allocation allocation = field.allocate();
        migrate(allocation, "site-lifecycle", "site-lifecycle-of-before");
        field.goOnTo(allocation.businessKey(), point);

        migrate(allocation, "site-lifecycle-of-before", "site-lifecycle");

        field.goOnToTheEnd(allocation.businessKey());
        assertThat(field.allocations.get(allocation.id()).state()).isEqualTo(AllocationState.DONE);
        assertThat(field.ended(allocation.businessKey(), "site-lifecycle")).isTrue();
    }
}
