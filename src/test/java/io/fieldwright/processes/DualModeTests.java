package io.fieldwright.processes;

import static io.fieldwright.RoleHolders.username;
import static io.fieldwright.processes.Field.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.equipment.Place;
import io.fieldwright.people.CandidateGroup;
import io.fieldwright.people.Designation;
import io.fieldwright.people.Designations;
import io.fieldwright.people.People;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.AllocationState;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.UserTasks;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A vendor that also works for clients of its own, beside the circle that engages it. */
@FieldwrightTest
class DualModeTests {

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    Designations designations;

    @Autowired
    UserTasks userTasks;

    @Autowired
    Designations catalogue;

    @Autowired
    People people;

    @Autowired
    PersonDirectory directory;

    @Autowired
    IdentityService identity;

    @Autowired
    TestRestTemplate http;

    @Autowired
    JdbcClient jdbc;

    Field field;

    private void setDualMode(String vendor, boolean dualMode) {
        Organisation organisation = field.organisations.get(vendor);
        field.organisations.change(vendor, "*", new Organisations.Profile(organisation.name(), null, dualMode));
    }

    /** A circle whose vendor is in dual mode and has people for every task that only owners are asked. */
    private void engageDualVendor() {
        field = fields.getObject().furnish();
        setDualMode(field.vendor, true);
        for (String role : List.of("coordinator", "project-manager", "asset-owner", "warehouse-manager")) {
            field.holders.appoint(field.vendor, role);
        }
    }

    private List<String> offeredTo(String username) {
        return field.asPerson(
                username,
                () -> userTasks.list(new UserTasks.Search(null, null, null), PageRequest.of(0, 50)).items().stream()
                        .map(UserTasks.Offer::id)
                        .toList());
    }

    private List<String> candidateGroups(Task task) {
        return field.tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .sorted()
                .toList();
    }

    private void assertForbidden(String username, ThrowingCallable work) {
        assertThat(refusalOf(() -> field.asPerson(username, () -> {
                            try {
                                work.call();
                            } catch (RuntimeException refused) {
                                throw refused;
                            } catch (Throwable unexpected) {
                                throw new AssertionError(unexpected);
                            }
                            return true;
                        }))
                        .status())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void vendorDismantlesForAClientOfItsOwn(boolean withVendorItEngages) {
        field = fields.getObject().furnishForVendorsClient();
        if (!withVendorItEngages) {
            field.vendorCrew = field.crew;
        }

        Allocation allocation = field.walkTo("Task_AuthoriseDismantle");

        String tenant = withVendorItEngages ? field.circle + "~" + field.vendor : field.circle;
        assertThat(field.allocations.get(allocation.id()).tenantId()).isEqualTo(tenant);
        Task authorisation = field.task(allocation.businessKey(), "Task_AuthoriseDismantle");
        assertThat(authorisation.getTenantId()).isEqualTo(tenant);
        assertThat(candidateGroups(authorisation)).containsExactly(field.circle + ":asset-owner");
        String owner = username(field.circle, "asset-owner");
        assertThat(offeredTo(owner)).containsExactly(authorisation.getId());
        SignedInPerson person = directory.loadUserByUsername(owner);
        assertThat(field.asPerson(owner, () -> field.tasks.createTaskQuery().list()))
                .as("what the engine's rights let them see")
                .extracting(Task::getId)
                .contains(authorisation.getId());
        assertThat(field.asPerson(owner, () -> field.tasks
                        .createTaskQuery()
                        .taskCandidateGroupIn(List.copyOf(person.groups()))
                        .count()))
                .isEqualTo(1);

        field.goOnToTheEnd(allocation.businessKey());

        assertThat(field.allocations.get(allocation.id()).state()).isEqualTo(AllocationState.DONE);
        assertThat(field.record().tenantId()).isEqualTo(tenant);
        assertThat(field.ended(allocation.businessKey(), "site-lifecycle")).isTrue();
        assertThat(field.radios).extracting(field::placeOf).doesNotContain(Place.site(field.site.id()));
    }

    @Test
    void vendorsCoordinatorHandsOutItsOwnWork() {
        field = fields.getObject().furnishForVendorsClient();
        Allocation allocation = field.allocate();
        String task = field.task(allocation.businessKey(), "Task_AssignTeam").getId();
        String coordinator = username(field.circle, "coordinator");

        field.as("coordinator", () -> field.tasks.setAssignee(task, coordinator));
        field.as("coordinator", () -> field.tasks.setPriority(task, 80));

        field.as("coordinator", () -> field.allocations.hold(allocation.id(), "flood"));
        assertThat(field.allocations.get(allocation.id()).heldSince()).isNotNull();
    }

    @Test
    void vendorItEngagesIsNotAskedForItsPrincipalsDecisionsEvenInDualMode() {
        field = fields.getObject().furnishForVendorsClient();
        setDualMode(field.vendor, true);
        field.holders.appoint(field.vendor, "asset-owner");
        Allocation allocation = field.walkTo("Task_AuthoriseDismantle");
        String task =
                field.task(allocation.businessKey(), "Task_AuthoriseDismantle").getId();
        String stranger = username(field.vendor, "asset-owner");

        assertThat(offeredTo(stranger)).isEmpty();
        assertForbidden(stranger, () -> field.tasks.claim(task, stranger));
        assertForbidden(stranger, () -> field.tasks.complete(task));
    }

    @ParameterizedTest
    @CsvSource({
        "Task_AuthoriseDismantle, asset-owner",
        "Task_ResolveDeviations, project-manager",
        "Task_ChooseWarehouseByHand, warehouse-manager"
    })
    void vendorIsNeverAskedWhatTheCircleDecides(String key, String role) {
        engageDualVendor();
        if (!key.equals("Task_AuthoriseDismantle")) {
            makeEverythingDifficult();
        }
        Allocation allocation = field.walkTo(key);
        Task task = field.task(allocation.businessKey(), key);
        String vendors = username(field.vendor, role);
        String circles = username(field.circle, role);

        assertThat(task.getTenantId()).isEqualTo(field.circle + "~" + field.vendor);
        assertThat(candidateGroups(task)).containsExactly(role);
        assertThat(offeredTo(circles)).contains(task.getId());
        assertThat(offeredTo(vendors)).isEmpty();
        SignedInPerson person = directory.loadUserByUsername(vendors);
        assertThat(person.groups()).contains(field.vendor + ":" + role).doesNotContain(role);
        assertThat(field.asPerson(vendors, () -> field.tasks
                        .createTaskQuery()
                        .taskCandidateGroupIn(List.copyOf(person.groups()))
                        .count()))
                .isZero();
        assertThat(identity.createUserQuery()
                        .memberOfGroup(role)
                        .memberOfTenant(task.getTenantId())
                        .list())
                .extracting(User::getId)
                .containsExactly(circles);
        assertForbidden(vendors, () -> field.tasks.claim(task.getId(), vendors));
        assertForbidden(vendors, () -> field.tasks.complete(task.getId()));
        assertThat(refusalOf(() -> field.as("coordinator", () -> field.tasks.setAssignee(task.getId(), vendors)))
                        .errors())
                .singleElement()
                .hasFieldOrPropertyWithValue("field", "assignee");
        assertThat(field.task(allocation.businessKey(), key).getAssignee()).isNull();
    }

    private void makeEverythingDifficult() {
        field.radio("R-9", field.site);
        field.radios = field.radios.subList(0, 1);
        field.leaveTheWarehouseToStructures();
    }

    @Test
    void vendorsCoordinatorNeitherHandsOutNorSteersWhatTheCircleOwns() {
        engageDualVendor();
        Allocation allocation = field.walkTo("Task_AuthoriseDismantle");
        String task =
                field.task(allocation.businessKey(), "Task_AuthoriseDismantle").getId();
        String circles = username(field.circle, "asset-owner");
        field.as("asset-owner", () -> field.tasks.claim(task, circles));
        String vendors = username(field.vendor, "coordinator");
        UUID id = allocation.id();

        assertForbidden(vendors, () -> field.tasks.setAssignee(task, null));
        assertForbidden(vendors, () -> field.tasks.setAssignee(task, circles));
        assertForbidden(vendors, () -> field.tasks.delegateTask(task, circles));
        assertForbidden(vendors, () -> field.tasks.setPriority(task, 100));
        assertForbidden(vendors, () -> field.tasks.setDueDate(task, new Date()));
        assertForbidden(vendors, () -> field.allocations.hold(id, "*"));
        assertForbidden(vendors, () -> field.allocations.resume(id));
        assertForbidden(vendors, () -> field.allocations.cancel(id, "*"));
        assertForbidden(vendors, () -> field.allocations.unassign(id, "*"));
        assertForbidden(vendors, () -> field.allocations.reassign(id, field.crew.id(), "*"));
        assertForbidden(vendors, () -> field.allocations.teamChoices(id));
        assertForbidden(
                vendors,
                () -> field.dismantleRecords.requestCancellation(field.record().id(), "*"));
        Caller caller = Caller.signedIn(http, vendors, RoleHolders.PASSWORD);
        assertThat(caller.post("/api/v1/allocations/" + id + "/cancellation", "{\"reason\": \"*\"}")
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(caller.post("/api/v1/tasks/" + task + "/claim", "").getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(field.task(allocation.businessKey(), "Task_AuthoriseDismantle")
                        .getAssignee())
                .isEqualTo(circles);
    }

    @Test
    void switchingItOffTakesTheRightsWithTheNextRequest() {
        field = fields.getObject().furnishForVendorsClient();
        Allocation allocation = field.walkTo("Task_AuthoriseDismantle");
        String task =
                field.task(allocation.businessKey(), "Task_AuthoriseDismantle").getId();
        String owner = username(field.circle, "asset-owner");
        Caller coordinator = Caller.signedIn(http, username(field.circle, "coordinator"), RoleHolders.PASSWORD);
        String choices = "/api/v1/allocations/" + allocation.id() + "/team-choices";
        assertThat(coordinator.get(choices).getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(offeredTo(owner)).containsExactly(task);

        setDualMode(field.circle, false);

        assertThat(coordinator.get(choices).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(offeredTo(owner)).isEmpty();
        assertForbidden(owner, () -> field.tasks.complete(task));
        assertThat(directory.loadUserByUsername(owner).permissions()).isEmpty();
        assertThat(directory
                        .loadUserByUsername(username(field.circle, "team-lead"))
                        .groups())
                .contains("team-lead");

        setDualMode(field.circle, true);

        assertThat(offeredTo(owner)).containsExactly(task);
    }

    @Test
    void switchingItOffTakesAlsoWhatWasClaimed() {
        field = fields.getObject().furnishForVendorsClient();
        Allocation allocation = field.walkTo("Task_AuthoriseDismantle");
        String task =
                field.task(allocation.businessKey(), "Task_AuthoriseDismantle").getId();
        Caller owner = Caller.signedIn(http, username(field.circle, "asset-owner"), RoleHolders.PASSWORD);
        assertThat(owner.post("/api/v1/tasks/" + task + "/claim", "").getStatusCode())
                .isEqualTo(HttpStatus.NO_CONTENT);

        setDualMode(field.circle, false);

        assertThat(owner.post("/api/v1/tasks/" + task + "/complete", "{\"answers\": {\"answer\": \"authorise\"}}")
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(field.openTasks(allocation.businessKey())).contains("Task_AuthoriseDismantle");
    }

    @Test
    void switchingItOffLeavesAdministratorsWhatIsNotOfOwners() {
        field = fields.getObject().furnishForVendorsClient();
        String both = "both." + field.circle;
        designations.create(
                field.circle,
                "both",
                null,
                new Designations.Description(
                        "Both", null, Set.of("tenant-admin", "coordinator"), Set.of("people.write")),
                null);
        people.create(
                field.circle,
                both,
                RoleHolders.PASSWORD,
                new People.Profile("Both", null, null, "en", true, Set.of("both")));
        assertThat(directory.loadUserByUsername(both).groups())
                .containsExactlyInAnyOrder("tenant-admin", field.circle + ":coordinator");

        setDualMode(field.circle, false);

        SignedInPerson left = directory.loadUserByUsername(both);
        assertThat(left.groups()).containsExactly("tenant-admin");
        assertThat(left.permissions()).containsExactly("people.write");
    }

    @Test
    void switchingItOnBringsTheDesignationsOfOwners() {
        engageDualVendor();
        Set<String> codes = designations(field.vendor);

        assertThat(codes)
                .contains("coordinator", "asset-owner", "client", "storekeeper", "requester", "finance-approver")
                .doesNotContain("compliance", "platform-admin", "process-owner");
        setDualMode(field.vendor, false);
        setDualMode(field.vendor, true);
        assertThat(designations(field.vendor)).isEqualTo(codes);
    }

    @Test
    void clientsAndProjectsAreForVendorsInDualModeOnly() {
        engageDualVendor();
        String manager = username(field.vendor, "project-manager");
        Designation writer = designations.create(
                field.vendor,
                "writer",
                null,
                new Designations.Description("Writer", null, Set.of("tenant-admin"), Set.of("projects.write")),
                null);
        people.create(
                field.vendor,
                "writer." + field.vendor,
                RoleHolders.PASSWORD,
                new People.Profile("Writer", null, null, "en", true, Set.of(writer.code())));
        Caller caller = Caller.signedIn(http, "writer." + field.vendor, RoleHolders.PASSWORD);
        String client = "{\"code\": \"own\", \"name\": \"Own client\"}";
        String project =
                """
                {"code": "OWN", "name": "Own", "client": "own", "manager": "%s", "designPhase": "EXECUTION",
                 "workType": "DISMANTLE", "startsOn": "2026-01-01"}"""
                        .formatted(manager);

        setDualMode(field.vendor, false);
        for (var refused : List.of(caller.post("/api/v1/clients", client), caller.post("/api/v1/projects", project))) {
            assertThat(refused.getStatusCode()).as("%s", refused.getBody()).isEqualTo(HttpStatus.CONFLICT);
            assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("organisation");
            assertThat(refused.getBody().at("/errors/0/reason").asText()).contains("not in dual mode");
        }

        setDualMode(field.vendor, true);
        assertThat(caller.post("/api/v1/clients", client).getStatusCode()).isEqualTo(HttpStatus.CREATED);
        setDualMode(field.vendor, false);
        assertThat(caller.post("/api/v1/projects", project).getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        setDualMode(field.vendor, true);
        assertThat(caller.post("/api/v1/projects", project).getStatusCode()).isEqualTo(HttpStatus.CREATED);
    }

    private Set<String> designations(String organisation) {
        return TenantScope.asSystem(() -> catalogue.list(Pageable.unpaged())).stream()
                .filter(designation -> designation.tenantId().equals(organisation))
                .map(Designation::code)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({
        "true, coordinator, CREATED",
        "true, compliance, BAD_REQUEST",
        "true, platform-admin, BAD_REQUEST",
        "true, process-owner, BAD_REQUEST",
        "false, coordinator, BAD_REQUEST"
    })
    void vendorMakesDesignationsForGroupsItMayHold(boolean dualMode, String group, HttpStatus answer) {
        engageDualVendor();
        setDualMode(field.vendor, dualMode);
        field.holders.appoint(field.vendor, "tenant-admin");
        Caller admin = Caller.signedIn(http, username(field.vendor, "tenant-admin"), RoleHolders.PASSWORD);

        var answered = admin.post(
                "/api/v1/designations",
                """
                {"organisation": "%s", "code": "own", "name": "Own", "candidateGroups": ["%s"], "permissions": []}"""
                        .formatted(field.vendor, group));

        assertThat(answered.getStatusCode()).as("%s", answered.getBody()).isEqualTo(answer);
    }

    @Test
    void engineNamesTheGroupsOfAVendorsOwnToThoseWhoTakePartInIt() {
        engageDualVendor();
        String group = field.vendor + ":coordinator";
        String vendors = username(field.vendor, "coordinator");

        assertThat(field.asPerson(
                        vendors,
                        () -> identity.createGroupQuery().groupMember(vendors).list()))
                .extracting(Group::getId, Group::getName)
                .containsExactly(tuple(group, "Coordinator of " + field.vendor));
        assertThat(identity.createUserQuery().memberOfGroup(group).list())
                .extracting(User::getId)
                .containsExactly(vendors);
        assertThat(field.as(
                        "coordinator",
                        () -> identity.createGroupQuery().groupIdIn(group).list()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void databaseKnowsTheGroupsOfOwners(CandidateGroup group) {
        assertThat(jdbc.sql("select is_of_owners(?)")
                        .param(group.id())
                        .query(Boolean.class)
                        .single())
                .isEqualTo(group.isOfOwners());
    }
}
