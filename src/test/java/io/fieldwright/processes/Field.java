package io.fieldwright.processes;

import static io.fieldwright.RoleHolders.username;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fieldwright.Partners;
import io.fieldwright.RoleHolders;
import io.fieldwright.TableOwner;
import io.fieldwright.api.Problem;
import io.fieldwright.equipment.CategoryDescription;
import io.fieldwright.equipment.ChecklistQuestion;
import io.fieldwright.equipment.Condition;
import io.fieldwright.equipment.Equipment;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.EquipmentModel;
import io.fieldwright.equipment.ModelDescription;
import io.fieldwright.equipment.NewItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.logistics.Carrier;
import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.DismantleRecords;
import io.fieldwright.logistics.Fleet;
import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.ReceiptLine;
import io.fieldwright.logistics.Receipts;
import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Trips;
import io.fieldwright.logistics.Vehicle;
import io.fieldwright.logistics.Warehouse;
import io.fieldwright.logistics.Warehouses;
import io.fieldwright.notification.Notification;
import io.fieldwright.notification.Notifications;
import io.fieldwright.people.Team;
import io.fieldwright.people.Teams;
import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.Allocations;
import io.fieldwright.projects.Project;
import io.fieldwright.projects.Projects;
import io.fieldwright.sites.AccessDetails;
import io.fieldwright.sites.Site;
import io.fieldwright.sites.SiteDescription;
import io.fieldwright.sites.Sites;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Scope;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;

/**
 * A circle of its own for each test, with a vendor, people for every role, a site with two radios, a warehouse, a
 * vehicle and a carrier. Jobs run when the test says so.
 */
@Component
@Scope("prototype")
public class Field {

    @Autowired
    Organisations organisations;

    @Autowired
    Partners partners;

    @Autowired
    RoleHolders holders;

    @Autowired
    Teams teams;

    @Autowired
    Sites sites;

    @Autowired
    Equipment equipment;

    @Autowired
    Projects projects;

    @Autowired
    Allocations allocations;

    @Autowired
    DismantleRecords dismantleRecords;

    @Autowired
    Trips trips;

    @Autowired
    Receipts receipts;

    @Autowired
    Warehouses warehouses;

    @Autowired
    Fleet fleet;

    @Autowired
    Notifications notifications;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    HistoryService history;

    @Autowired
    TableOwner tables;

    final String unique = UUID.randomUUID().toString().substring(0, 8);
    final String corporate = "corporate-" + unique;
    final String circle = "circle-" + unique;
    final String vendor = "vendor-" + unique;
    final String subcontractor = "sub-" + unique;

    UUID engagement;
    Project project;
    Site site;
    Team crew;
    Team vendorCrew;
    EquipmentModel radio;
    List<EquipmentItem> radios;
    Warehouse warehouse;
    Vehicle truck;
    Carrier carrier;

    Field furnish() {
        organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(circle, Organisation.Kind.CIRCLE, "Circle", corporate);
        return furnishOwner();
    }

    /** The same with a vendor in dual mode in the place of the circle, which engages the other for a client of its own. */
    Field furnishForVendorsClient() {
        organisations.create(
                circle,
                Organisation.Kind.VENDOR,
                new Organisations.Profile("Vendor in dual mode", null, true),
                null,
                null,
                Organisation.State.ACTIVE);
        return furnishOwner();
    }

    private Field furnishOwner() {
        organisations.create(vendor, Organisation.Kind.VENDOR, "Vendor", null);
        engagement = partners.engage(circle, vendor).id();
        for (String role : List.of(
                "coordinator",
                "project-manager",
                "asset-owner",
                "transport-coordinator",
                "driver",
                "storekeeper",
                "warehouse-manager",
                "finance-approver",
                "team-lead",
                "field-engineer")) {
            holders.appoint(circle, role);
        }
        holders.appoint(vendor, "team-lead");
        holders.appoint(vendor, "field-engineer");
        crew = team(circle, "crew", 18.5, 73.8);
        vendorCrew = team(vendor, "vendor-crew", 18.6, 73.9);
        projects.createClient(circle, "tower-company", "Tower Company", "client@example.org", "en");
        project = projects.create(
                circle,
                "RECOVERY",
                "tower-company",
                new Projects.Description(
                        "Recovery 2026",
                        username(circle, "project-manager"),
                        Project.DesignPhase.EXECUTION,
                        Project.WorkType.DISMANTLE,
                        false,
                        "dismantling",
                        LocalDate.of(2026, 1, 1),
                        null));
        site = site("PUNE-1", false);
        equipment.createCategory(circle, "radio", category("electronics", "40000.00", 25));
        equipment.createCategory(circle, "feeder", category("cable", "150.00", 1));
        radio = equipment.createModel(circle, "radio", new ModelDescription("Ericsson", "Radio 2217", Map.of()));
        radios = List.of(radio("R-1", site), radio("R-2", site));
        warehouse = warehouse("pune-store", 18.52, 73.85, Set.of("electronics", "cable", "power"));
        truck = fleet.createVehicle(
                circle, "MH12AB1234", new Fleet.VehicleDescription("Truck", 1000, 18.5, 73.8, true));
        carrier = fleet.createCarrier(circle, "haulier", new Fleet.CarrierDescription("Haulier", null, null, true));
        return this;
    }

    /** Has the vendor engage another for the circle's work, and gives that one a team. */
    Team subcontractorCrew() {
        organisations.create(subcontractor, Organisation.Kind.VENDOR, "Subcontractor", null);
        partners.subcontract(engagement, subcontractor);
        holders.appoint(subcontractor, "team-lead");
        holders.appoint(subcontractor, "field-engineer");
        return team(subcontractor, "sub-crew", 18.7, 73.8);
    }

    static CategoryDescription category(String kind, String newPrice, double kilograms) {
        return new CategoryDescription(
                kind + " equipment", kind, new BigDecimal(newPrice), "INR", 10, 5, true, List.of(), 2, kilograms, 0.1);
    }

    void askAboutRadios(ChecklistQuestion... questions) {
        equipment.changeCategory(
                equipment.category(circle, "radio").id(),
                new CategoryDescription(
                        "radios",
                        "electronics",
                        new BigDecimal("40000.00"),
                        "INR",
                        10,
                        5,
                        true,
                        List.of(questions),
                        2,
                        25,
                        0.1));
    }

    /** A battery B-1 stands at the site, of a category with a checklist of its own. */
    void batteryThatAsks(ChecklistQuestion... questions) {
        equipment.createCategory(
                circle,
                "battery",
                new CategoryDescription(
                        "batteries",
                        "power",
                        new BigDecimal("9000.00"),
                        "INR",
                        10,
                        5,
                        true,
                        List.of(questions),
                        2,
                        30,
                        0.1));
        EquipmentModel battery =
                equipment.createModel(circle, "battery", new ModelDescription("Exide", "Battery 100", Map.of()));
        item(battery, "B-1", site);
    }

    Site site(String code, boolean needsPermit) {
        return sites.create(
                circle,
                new SiteDescription(
                        code,
                        "Tower " + code,
                        "tower",
                        null,
                        "Pune",
                        18.5204,
                        73.8567,
                        true,
                        needsPermit,
                        new AccessDetails(null, null, null, null)));
    }

    EquipmentItem radio(String serial, Site where) {
        return item(radio, serial, where);
    }

    private EquipmentItem item(EquipmentModel model, String serial, Site where) {
        return equipment.register(new NewItem(
                circle,
                model.id(),
                serial,
                Condition.WORKING,
                LocalDate.of(2023, 1, 1),
                Place.site(where.id()),
                "test"));
    }

    Warehouse warehouse(String code, double latitude, double longitude, Set<String> kinds) {
        return warehouses.create(
                circle,
                code,
                new Warehouses.Description(
                        "Store " + code, null, latitude, longitude, 100_000, kinds, true, null, true));
    }

    /** Has the warehouse accept nothing that is dismantled here, so that somebody must choose one by hand. */
    void leaveTheWarehouseToStructures() {
        warehouses.change(
                warehouse.id(),
                "*",
                new Warehouses.Description(
                        "Store", null, 18.52, 73.85, 100_000, Set.of("structure"), true, null, true));
    }

    private Team team(String organisation, String code, double latitude, double longitude) {
        return teams.create(
                organisation,
                code,
                new Teams.Description(
                        "Team " + code,
                        username(organisation, "team-lead"),
                        Set.of(username(organisation, "field-engineer")),
                        Set.of("dismantling"),
                        latitude,
                        longitude,
                        true));
    }

    /** Has somebody more in the circle's own team. */
    void addToCrew(String username) {
        crew = teams.change(
                crew.id(),
                "*",
                new Teams.Description(
                        crew.name(),
                        crew.lead().username(),
                        Set.of(username(circle, "field-engineer"), username),
                        crew.skills(),
                        crew.latitude(),
                        crew.longitude(),
                        true));
    }

    /** Has these people, and nobody else, in the vendor's team beside its lead. */
    void staffVendorCrew(String... members) {
        Set<String> staff = new HashSet<>(List.of(members));
        staff.add(vendorCrew.lead().username());
        vendorCrew = teams.change(
                vendorCrew.id(),
                "*",
                new Teams.Description(
                        vendorCrew.name(),
                        vendorCrew.lead().username(),
                        staff,
                        vendorCrew.skills(),
                        vendorCrew.latitude(),
                        vendorCrew.longitude(),
                        true));
    }

    /** Does something as the holder of a role in the circle. */
    <T> T as(String role, Supplier<T> work) {
        return asPerson(username(circle, role), work);
    }

    void as(String role, Runnable work) {
        holders.as(username(circle, role), work);
    }

    <T> T asPerson(String username, Supplier<T> work) {
        return holders.as(username, work);
    }

    /** The messages that somebody has got, the newest first. */
    List<Notification> toldTo(String username) {
        return TenantScope.asSystem(() -> notifications.of(username, null, Pageable.unpaged()))
                .getContent();
    }

    Allocation allocate() {
        Allocation allocation = as("coordinator", () -> allocations.allocate(project.id(), site.id()));
        runJobs(allocation.businessKey());
        return allocation;
    }

    /** Runs what the job executor would run now: the asynchronous steps, not the timers. */
    void runJobs(String businessKey) {
        List<Job> due;
        do {
            due = jobs(businessKey, false);
            due.forEach(job -> management.executeJob(job.getId()));
        } while (!due.isEmpty());
    }

    /** Lets the time pass for all timers of the circle's processes. */
    void fireTimers(String businessKey) {
        jobs(businessKey, true).forEach(job -> management.executeJob(job.getId()));
        runJobs(businessKey);
    }

    private List<Job> jobs(String businessKey, boolean timers) {
        List<Job> found = new ArrayList<>();
        for (ProcessInstance instance : instances(businessKey)) {
            var query = management
                    .createJobQuery()
                    .processInstanceId(instance.getId())
                    .active()
                    .withRetriesLeft();
            found.addAll(timers ? query.timers().list() : query.messages().list());
        }
        return found;
    }

    /** Where the circle's processes run: by itself, with its vendor, and with a subcontractor of the vendor. */
    private String[] tenants() {
        String shared = circle + "~" + vendor;
        return new String[] {circle, shared, shared + "~" + subcontractor};
    }

    private List<ProcessInstance> instances(String businessKey) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(businessKey)
                .tenantIdIn(tenants())
                .list();
    }

    /** The open tasks of a reference, by key. */
    List<String> openTasks(String businessKey) {
        return openTaskEntities(businessKey).stream()
                .map(Task::getTaskDefinitionKey)
                .sorted()
                .toList();
    }

    List<Task> openTaskEntities(String businessKey) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(businessKey)
                .tenantIdIn(tenants())
                .list();
    }

    Task task(String businessKey, String key) {
        return openTaskEntities(businessKey).stream()
                .filter(task -> task.getTaskDefinitionKey().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no task " + key + " at " + businessKey + ", but " + openTasks(businessKey)));
    }

    /** Completes a task as the holder of a role in the circle, with the answers of its form. */
    void complete(String role, String businessKey, String key, Object... answers) {
        completeAs(username(circle, role), businessKey, key, answers);
    }

    void completeAs(String username, String businessKey, String key, @Nullable Object... answers) {
        Map<String, Object> given = new HashMap<>();
        for (int i = 0; i < answers.length; i += 2) {
            given.put((String) answers[i], answers[i + 1]);
        }
        String id = task(businessKey, key).getId();
        asPerson(username, () -> {
            tasks.complete(id, given);
            return true;
        });
        runJobs(businessKey);
    }

    boolean ended(String businessKey, String processKey) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(businessKey)
                        .processDefinitionKey(processKey)
                        .tenantIdIn(tenants())
                        .count()
                == 0;
    }

    /** What the running process of a reference has for a variable. */
    Object variable(String businessKey, String processKey, String name) {
        ProcessInstance instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(businessKey)
                .processDefinitionKey(processKey)
                .tenantIdIn(tenants())
                .singleResult();
        return runtime.getVariable(instance.getId(), name);
    }

    /** Where a process ended, newest first. */
    List<String> endEvents(String processKey) {
        return history.createHistoricActivityInstanceQuery().tenantIdIn(tenants()).finished().list().stream()
                .filter(activity -> activity.getProcessDefinitionKey().equals(processKey)
                        && activity.getActivityType().endsWith("EndEvent"))
                .map(activity -> activity.getActivityId())
                .toList();
    }

    DismantleRecord record() {
        return TenantScope.asSystem(() -> dismantleRecords
                .search(
                        site.id(),
                        null,
                        null,
                        PageRequest.of(0, 1, Sort.by("openedAt").descending()))
                .getContent()
                .get(0));
    }

    List<Trip> trips() {
        return trips.search(record().id(), null, null, Pageable.unpaged()).getContent();
    }

    List<Receipt> receipts() {
        return receipts.search(record().id(), null, null, Pageable.unpaged()).getContent();
    }

    /** Allocates the site and lets everybody agree until the process waits for {@code task}. */
    Allocation walkTo(String task) {
        Allocation allocation = allocate();
        goOnTo(allocation.businessKey(), task);
        return allocation;
    }

    /** Lets everybody agree until the process waits for {@code task}. */
    void goOnTo(String businessKey, String task) {
        for (List<String> open = openTasks(businessKey); !open.contains(task); open = openTasks(businessKey)) {
            assertThat(open).as("open tasks on the way to " + task).isNotEmpty();
            agree(businessKey, open.get(0));
        }
    }

    /** Lets everybody agree until nothing is left to do. */
    void goOnToTheEnd(String businessKey) {
        for (List<String> open = openTasks(businessKey); !open.isEmpty(); open = openTasks(businessKey)) {
            agree(businessKey, open.get(0));
        }
    }

    /** Completes a task the way nobody could object to. */
    void agree(String businessKey, String task) {
        switch (task) {
            case "Task_AssignTeam" -> assign(businessKey, vendorCrew);
            case "Task_AcceptAssignment" ->
                completeAs(task(businessKey, task).getAssignee(), businessKey, task, "answer", "accept");
            case "Task_AuthoriseDismantle" -> complete("asset-owner", businessKey, task, "answer", "authorise");
            case "Task_ObtainPermit" ->
                complete(
                        "coordinator",
                        businessKey,
                        task,
                        "permitNumber",
                        "P-1",
                        "permitValidFrom",
                        LocalDate.now(ZoneOffset.UTC).toString(),
                        "permitValidTo",
                        LocalDate.now(ZoneOffset.UTC).plusDays(7).toString());
            case "Task_DismantleAndScan" -> scan(businessKey, serials(radios), "feeder, working, 40");
            case "Task_ResolveDeviations" ->
                complete("project-manager", businessKey, task, "answer", "accept", "reason", "agreed with the owner");
            case "Task_ChooseWarehouseByHand" ->
                complete(
                        "warehouse-manager",
                        businessKey,
                        task,
                        "warehouseId",
                        warehouse.id().toString(),
                        "reason",
                        "rented");
            case "Task_ConfirmTrip" ->
                complete(
                        "transport-coordinator",
                        businessKey,
                        task,
                        "vehicleId",
                        shown(businessKey, task, "vehicleId"),
                        "driver",
                        username(circle, "driver"),
                        "pickupAt",
                        LocalDate.now(ZoneOffset.UTC).plusDays(1).toString());
            case "Task_SignLoading" ->
                complete(
                        "driver",
                        businessKey,
                        task,
                        "loadedSerials",
                        shown(businessKey, task, "loadedSerials"),
                        "loadedBulk",
                        shown(businessKey, task, "loadedBulk"),
                        "sealNumber",
                        "77",
                        "signedBy",
                        "R. Kumar");
            case "Task_SignArrival" ->
                complete("driver", businessKey, task, "answer", "accepted", "signedBy", "S. Keeper");
            case "Task_CountAndScan" -> countAsExpected(businessKey);
            case "Task_RecordScrapCertificate" ->
                complete(
                        "storekeeper",
                        businessKey,
                        task,
                        "certificateNumber",
                        "SC-1",
                        "certificateIssuer",
                        "Recycler",
                        "certificateDate",
                        "2026-01-31");
            default -> throw new AssertionError("nobody knows how to agree to " + task);
        }
    }

    void assign(String businessKey, Team team) {
        complete(
                "coordinator",
                businessKey,
                "Task_AssignTeam",
                "teamId",
                team.id().toString());
    }

    /** Files a scan as an engineer of the team that works there. */
    void scan(String businessKey, String scannedSerials, String bulkLines) {
        completeAs(
                username(teamAtWork().tenantId(), "field-engineer"),
                businessKey,
                "Task_DismantleAndScan",
                "scannedSerials",
                scannedSerials,
                "bulkLines",
                bulkLines);
    }

    Team teamAtWork() {
        return record().teamId().equals(crew.id()) ? crew : vendorCrew;
    }

    static String serials(List<EquipmentItem> items) {
        return items.stream().map(EquipmentItem::serialNumber).collect(Collectors.joining("\n"));
    }

    private void countAsExpected(String businessKey) {
        List<ReceiptLine> expected =
                receipts.lines(UUID.fromString(shown(businessKey, "Task_CountAndScan", "receiptId")));
        complete(
                "storekeeper",
                businessKey,
                "Task_CountAndScan",
                "countedSerials",
                expected.stream()
                        .map(ReceiptLine::serialNumber)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("\n")),
                "countedBulk",
                expected.stream()
                        .filter(line -> line.serialNumber() == null)
                        .map(line -> "%s, %s, %d"
                                .formatted(line.categoryCode(), line.condition().id(), line.expectedQuantity()))
                        .collect(Collectors.joining("\n")));
    }

    private String shown(String businessKey, String task, String variable) {
        return (String) tasks.getVariable(task(businessKey, task).getId(), variable);
    }

    /** All dismantle records of the site, oldest first. */
    List<DismantleRecord> records() {
        return TenantScope.asSystem(() -> dismantleRecords
                .search(site.id(), null, null, PageRequest.of(0, 20, Sort.by("openedAt")))
                .getContent());
    }

    Place placeOf(EquipmentItem item) {
        return equipment.item(item.id()).place();
    }

    /** The accept timers and any other clocks that stand for a reference, running or not. */
    List<Job> timers(String businessKey) {
        return instances(businessKey).stream()
                .flatMap(instance ->
                        management.createJobQuery().processInstanceId(instance.getId()).timers().list().stream())
                .toList();
    }

    /** Moves what was begun at a held site so far into the past. */
    void letHoldLast(Allocation allocation, Duration duration) {
        tables.sql("update allocation set held_since = held_since - make_interval(secs => ?) where id = ?")
                .params(duration.toSeconds(), allocation.id())
                .update();
        tables.sql("update field_task set visit_from = visit_from - make_interval(secs => ?) where allocation_id = ?")
                .params(duration.toSeconds(), allocation.id())
                .update();
        timers(allocation.businessKey()).forEach(clock -> tables.sql(
                        "update act_ru_job set create_time_ = create_time_ - make_interval(secs => ?) where id_ = ?")
                .params(duration.toSeconds(), clock.getId())
                .update());
    }

    /** What a refused request must not change: states, history, tasks and places. */
    List<Object> picture(String businessKey) {
        List<Object> picture = new ArrayList<>();
        allocations
                .search(project.id(), null, Pageable.unpaged())
                .forEach(allocation -> picture.add(List.of(
                        allocation.state(),
                        String.valueOf(allocation.heldSince()),
                        String.valueOf(allocation.cancelledAt()),
                        allocations.history(allocation.id()))));
        records()
                .forEach(record -> picture.add(List.of(
                        record.version(),
                        dismantleRecords.history(record.id()),
                        dismantleRecords.lines(record.id()).size())));
        openTaskEntities(businessKey).stream().map(Task::getId).sorted().forEach(picture::add);
        equipment
                .items(radios.stream().map(EquipmentItem::id).toList())
                .forEach(item -> picture.add(List.of(item.place(), item.condition())));
        return picture;
    }

    /** The refusal that {@code work} meets. */
    static Problem refusalOf(ThrowingCallable work) {
        Problem refusal = catchThrowableOfType(Problem.class, work);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }
}
