package io.fieldwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.Partners;
import io.fieldwright.acceptance.Visitor.Answer;
import io.fieldwright.acceptance.Visitor.Request;
import io.fieldwright.people.People;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Scope;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Two corporates that share one Fieldwright: {@code oak} with the circles {@code elm} and {@code ash}, {@code sea} with
 * {@code bay}. The vendor {@code fox} works for elm, {@code hen} for bay, {@code owl} for both. Everybody's work is
 * under way, entered over HTTP, and all that a tenant writes carries its marker, so that it is known wherever it turns
 * up.
 */
@Component
@Scope("prototype")
class Neighbourhood {

    /** Of each vendor the circles that engage it. */
    private static final Map<String, List<String>> ENGAGEMENTS =
            Map.of("fox", List.of("elm"), "hen", List.of("bay"), "owl", List.of("elm", "bay"));

    private static final Map<String, List<String>> CIRCLES =
            Map.of("oak", List.of("elm", "ash"), "sea", List.of("bay"));

    /** A request that furnished the neighbourhood; a walk sends it again with foreign ids in it. */
    record Furnishing(String organisation, Request request) {}

    private final Organisations organisations;
    private final Partners partners;
    private final People people;
    private final RuntimeService runtime;
    private final ManagementService management;
    private final TaskService tasks;
    private final ObjectMapper json = new ObjectMapper();

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Visitor> everybody = new HashMap<>();
    private final Map<String, String> crews = new HashMap<>();
    private final List<Furnishing> furnishings = new ArrayList<>();
    private URI home;
    private Visitor platform;
    private String sharedDefinition;
    private String sharedDeployment;

    Neighbourhood(
            Organisations organisations,
            Partners partners,
            People people,
            RuntimeService runtime,
            ManagementService management,
            TaskService tasks) {
        this.organisations = organisations;
        this.partners = partners;
        this.people = people;
        this.runtime = runtime;
        this.management = management;
        this.tasks = tasks;
    }

    /** The code of the organisation that this neighbourhood knows as {@code name}. */
    String code(String name) {
        return name + "-" + unique;
    }

    /** What all texts of a tenant have in them and nobody else's; no marker is a part of another. */
    String marker(String tenant) {
        return Arrays.stream(tenant.split("~"))
                        .map(code -> code.substring(0, code.indexOf('-')).toUpperCase(Locale.ROOT))
                        .collect(Collectors.joining("0", "Q", "Q"))
                + unique;
    }

    /** A text that every code and marker of this neighbourhood contains. */
    String unique() {
        return unique;
    }

    List<String> organisationCodes() {
        return Stream.of("oak", "elm", "ash", "sea", "bay", "fox", "owl", "hen")
                .map(this::code)
                .toList();
    }

    List<String> tenants() {
        List<String> tenants = new ArrayList<>(organisationCodes());
        ENGAGEMENTS.forEach((vendor, circles) -> circles.forEach(circle -> tenants.add(pair(circle, vendor))));
        return tenants;
    }

    private String pair(String circle, String vendor) {
        return code(circle) + "~" + code(vendor);
    }

    List<Furnishing> furnishings() {
        return furnishings;
    }

    String sharedDefinition() {
        return sharedDefinition;
    }

    String sharedDeployment() {
        return sharedDeployment;
    }

    /** Whoever holds every designation of an organisation but those that reach beyond it. */
    Visitor everybody(String name) {
        return everybody.get(name);
    }

    Visitor platformAdministrator() {
        return platform;
    }

    Visitor processOwner(String corporate) {
        return visitor("owner." + code(corporate), corporate);
    }

    /** Words that must never reach {@code visitor}: codes of strangers, and markers of tenants they take no part in. */
    Set<String> hiddenFrom(Visitor visitor) {
        Set<String> known = new HashSet<>();
        visitor.tenants().forEach(tenant -> known.addAll(List.of(tenant.split("~"))));
        known.add(visitor.organisation());
        CIRCLES.forEach((corporate, circles) -> {
            if (circles.stream().anyMatch(circle -> visitor.organisation().equals(code(circle)))) {
                known.add(code(corporate));
            }
        });
        Set<String> hidden = new LinkedHashSet<>(organisationCodes());
        hidden.removeAll(visitor == platform ? hidden : known);
        tenants().stream()
                .filter(tenant -> !visitor.tenants().contains(tenant))
                .map(this::marker)
                .forEach(hidden::add);
        return hidden;
    }

    Neighbourhood furnish(URI home) {
        this.home = home;
        organisations.create(code("gov"), Organisation.Kind.CORPORATE, "Platform", null);
        appoint("admin", "gov", "platform-admin");
        platform = visitor("admin." + code("gov"), "gov");
        CIRCLES.keySet().forEach(corporate -> {
            found(corporate, Organisation.Kind.CORPORATE, null);
            appoint("owner", corporate, "process-owner");
        });
        CIRCLES.forEach((corporate, circles) ->
                circles.forEach(circle -> found(circle, Organisation.Kind.CIRCLE, code(corporate))));
        ENGAGEMENTS.keySet().forEach(vendor -> found(vendor, Organisation.Kind.VENDOR, null));
        ENGAGEMENTS.forEach(
                (vendor, circles) -> circles.forEach(circle -> partners.engage(code(circle), code(vendor))));
        Stream.of("oak", "sea", "elm", "ash", "bay", "fox", "owl", "hen").forEach(this::employ);
        JsonNode deployed = send(
                processOwner("sea"),
                new Request(
                        "POST",
                        "/engine-rest/deployment/create",
                        "multipart/form-data; boundary=part",
                        """
                        --part\r
                        Content-Disposition: form-data; name="deployment-name"\r
                        \r
                        everything\r
                        --part\r
                        Content-Disposition: form-data; name="model"; filename="everything.bpmn"\r
                        \r
                        %s\r
                        --part--\r
                        """
                                .formatted(model())));
        sharedDeployment = deployed.path("id").asText();
        sharedDefinition =
                deployed.path("deployedProcessDefinitions").fieldNames().next();
        CIRCLES.values().stream().flatMap(List::stream).forEach(circle -> work(circle, circle));
        ENGAGEMENTS.forEach((vendor, circles) -> circles.forEach(circle -> work(circle, vendor)));
        tenants().forEach(this::startEverything);
        return this;
    }

    private static String model() {
        try {
            return new ClassPathResource("isolation/everything.bpmn").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** More work of {@code circle} with {@code worker}, as it comes in every day. */
    void grow(String circle, String worker) {
        String tenant = circle.equals(worker) ? code(circle) : pair(circle, worker);
        Visitor circleStaff = everybody(circle);
        String project = create(circleStaff, "projects", project(tenant, circle, "more"))
                .path("id")
                .asText();
        String site =
                create(circleStaff, "sites", site(tenant, "more")).path("id").asText();
        create(circleStaff, "allocations", Map.of("project", project, "site", site));
        goOn(tenant, circle, worker, "Pmore" + marker(tenant) + "/Smore" + marker(tenant), "Task_ConfirmTrip");
        startEverything(tenant);
    }

    private void found(String name, Organisation.Kind kind, String corporate) {
        organisations.create(code(name), kind, "Organisation " + code(name), corporate);
        appoint("admin", name, "tenant-admin");
    }

    private void appoint(String username, String name, String designation) {
        people.create(
                code(name),
                username + "." + code(name),
                Visitor.PASSWORD,
                new People.Profile(
                        "Somebody of " + code(name),
                        marker(code(name)) + "@example.org",
                        null,
                        "en",
                        true,
                        Set.of(designation)));
    }

    private void employ(String name) {
        Visitor administrator = visitor("admin." + code(name), name);
        List<String> designations = new ArrayList<>();
        read(administrator, "/api/v1/designations?size=100").path("items").forEach(designation -> {
            String designationCode = designation.path("code").asText();
            if (designation.path("organisation").asText().equals(code(name))
                    && !Set.of("platform-admin", "process-owner").contains(designationCode)) {
                designations.add(designationCode);
            }
        });
        create(administrator, "people", person("all." + code(name), code(name), designations));
        Visitor staff = visitor("all." + code(name), name);
        everybody.put(name, staff);
        if (!CIRCLES.containsKey(name)) {
            crews.put(
                    name,
                    create(
                                    staff,
                                    "teams",
                                    Map.of(
                                            "code",
                                            "crew",
                                            "name",
                                            "Crew of " + code(name),
                                            "lead",
                                            staff.username(),
                                            "members",
                                            List.of(staff.username()),
                                            "skills",
                                            List.of("dismantling"),
                                            "latitude",
                                            18.5,
                                            "longitude",
                                            73.8))
                            .path("id")
                            .asText());
        }
        put(
                staff,
                "/api/v1/notification-templates/LOSSES_WRITTEN_OFF/en",
                Map.of("subject", "Losses of " + marker(code(name)), "body", "Look at " + marker(code(name))));
    }

    private Map<String, Object> person(String username, String organisation, List<String> designations) {
        return Map.of(
                "organisation",
                organisation,
                "username",
                username,
                "password",
                Visitor.PASSWORD,
                "name",
                "Somebody of " + organisation,
                "email",
                marker(organisation) + "@example.org",
                "designations",
                designations);
    }

    private Visitor visitor(String username, String name) {
        Visitor stranger = Visitor.of(home, username, code(name), Set.of());
        Set<String> tenants = new HashSet<>();
        read(stranger, "/api/v1/me").path("tenants").forEach(tenant -> tenants.add(tenant.asText()));
        return Visitor.of(home, username, code(name), tenants);
    }

    private Map<String, Object> project(String tenant, String circle, String which) {
        return Map.of(
                "code",
                "P" + which + marker(tenant),
                "client",
                "C" + marker(code(circle)),
                "name",
                "Project " + marker(tenant),
                "manager",
                everybody(circle).username(),
                "designPhase",
                "EXECUTION",
                "workType",
                "DISMANTLE",
                "requiredSkill",
                "dismantling",
                "startsOn",
                "2026-01-01");
    }

    private Map<String, Object> site(String tenant, String which) {
        return Map.of(
                "code",
                "S" + which + marker(tenant),
                "name",
                "Tower " + marker(tenant),
                "kind",
                "tower",
                "address",
                "Road of " + marker(tenant),
                "latitude",
                18.52,
                "longitude",
                73.85,
                "access",
                Map.of("contact", marker(tenant), "hazards", marker(tenant)));
    }

    /** One site on its way to the warehouse, one that is offered to a team, and all that both need. */
    private void work(String circle, String worker) {
        String tenant = circle.equals(worker) ? code(circle) : pair(circle, worker);
        String marker = marker(tenant);
        Visitor staff = everybody(circle);
        if (circle.equals(worker)) {
            equip(circle, staff);
        }
        upload(everybody(worker), tenant);
        String project = create(staff, "projects", project(tenant, circle, ""))
                .path("id")
                .asText();
        String dismantled = create(staff, "sites", site(tenant, "a")).path("id").asText();
        String offered = create(staff, "sites", site(tenant, "b")).path("id").asText();
        String model = create(
                        staff,
                        "equipment-models",
                        Map.of("category", "radio", "manufacturer", "Maker " + marker, "name", "Radio " + marker))
                .path("id")
                .asText();
        for (int number = 1; number <= 2; number++) {
            create(
                    staff,
                    "equipment-items",
                    Map.of(
                            "modelId",
                            model,
                            "serialNumber",
                            "R" + number + marker,
                            "condition",
                            "working",
                            "inServiceSince",
                            "2023-01-01",
                            "place",
                            Map.of("kind", "site", "id", dismantled)));
        }
        create(staff, "allocations", Map.of("project", project, "site", dismantled));
        goOn(tenant, circle, worker, "P" + marker + "/Sa" + marker, "Task_InvestigateDiscrepancies");
        create(staff, "allocations", Map.of("project", project, "site", offered));
        goOn(tenant, circle, worker, "P" + marker + "/Sb" + marker, "Task_AcceptAssignment");
    }

    /** A document that is there, and one of which nothing has arrived yet. */
    private void upload(Visitor visitor, String tenant) {
        send(
                visitor,
                new Request(
                        "POST",
                        "/api/v1/files",
                        "multipart/form-data; boundary=part",
                        """
                        --part\r
                        Content-Disposition: form-data; name="kind"\r
                        \r
                        DOCUMENT\r
                        --part\r
                        Content-Disposition: form-data; name="tenant"\r
                        \r
                        %1$s\r
                        --part\r
                        Content-Disposition: form-data; name="file"; filename="Document %2$s.pdf"\r
                        \r
                        %%PDF-1.7 of %2$s\r
                        --part--\r
                        """
                                .formatted(tenant, marker(tenant))));
        create(
                visitor,
                "file-uploads",
                Map.of(
                        "tenant",
                        tenant,
                        "kind",
                        "DOCUMENT",
                        "name",
                        "Document " + marker(tenant),
                        "size",
                        1000,
                        "sha256",
                        "0".repeat(64)));
    }

    private void equip(String circle, Visitor staff) {
        String marker = marker(code(circle));
        create(
                staff,
                "clients",
                Map.of("code", "C" + marker, "name", "Client " + marker, "email", marker + "@example.org"));
        for (String kind : List.of("radio", "feeder")) {
            create(
                    staff,
                    "equipment-categories",
                    Map.of(
                            "code",
                            kind,
                            "name",
                            kind,
                            "kind",
                            kind.equals("radio") ? "electronics" : "cable",
                            "newPrice",
                            "40000.00",
                            "serialScan",
                            kind.equals("radio"),
                            "complexityRating",
                            2,
                            "weightKilograms",
                            1,
                            "volumeCubicMetres",
                            0.1));
        }
        create(
                staff,
                "vehicles",
                Map.of(
                        "registration",
                        code(circle),
                        "vehicle",
                        Map.of(
                                "name",
                                "Truck of " + code(circle),
                                "capacityKilograms",
                                90_000,
                                "latitude",
                                18.5,
                                "longitude",
                                73.8)));
        create(staff, "carriers", Map.of("code", marker, "carrier", Map.of("name", "Haulier " + marker)));
        create(
                staff,
                "warehouses",
                Map.of(
                        "code",
                        code(circle),
                        "warehouse",
                        Map.of(
                                "name",
                                "Store of " + code(circle),
                                "latitude",
                                18.52,
                                "longitude",
                                73.85,
                                "capacityKilograms",
                                500_000,
                                "acceptedKinds",
                                List.of("electronics", "cable"),
                                "secure",
                                true)));
        String upload = send(
                        staff,
                        new Request(
                                "POST",
                                "/api/v1/site-imports",
                                "text/csv",
                                "code,name,kind,latitude,longitude\nI%1$s,Imported %1$s,tower,18.5,73.8\nJ%1$s,,,95,%1$s\n"
                                        .formatted(marker)))
                .path("id")
                .asText();
        await().until(() -> !read(staff, "/api/v1/site-imports/" + upload)
                .path("finishedAt")
                .isNull());
    }

    /** Has everybody do what their tasks ask for until {@code last} is open. */
    private void goOn(String tenant, String circle, String worker, String businessKey, String last) {
        runJobs(businessKey);
        for (int step = 0; step < 30; step++) {
            for (String name : circle.equals(worker) ? List.of(circle) : List.of(circle, worker)) {
                Visitor visitor = everybody(name);
                for (JsonNode task : read(visitor, "/api/v1/tasks?businessKey=" + businessKey)
                        .path("items")) {
                    if (task.path("key").asText().equals(last)) {
                        return;
                    }
                    if (!visitor.organisation().equals(code(circle))
                            || circle.equals(worker)
                            || !task.path("key").asText().matches("Task_(Accept|DismantleAndScan).*")) {
                        answer(visitor, tenant, worker, task);
                        runJobs(businessKey);
                    }
                }
            }
        }
        throw new AssertionError(businessKey + " never came to " + last);
    }

    private void answer(Visitor visitor, String tenant, String worker, JsonNode task) {
        String id = task.path("id").asText();
        String marker = marker(tenant);
        JsonNode shown = read(visitor, "/api/v1/tasks/" + id).path("variables");
        String serials = "R1" + marker + ", working\nR2" + marker + ", working\n";
        List<Map<String, String>> serialLines =
                List.of(Map.of("serialNumber", "R1" + marker), Map.of("serialNumber", "R2" + marker));
        List<Map<String, Object>> bulk = List.of(Map.of("category", "feeder", "condition", "working", "quantity", 40));
        switch (task.path("key").asText()) {
            case "Task_AssignTeam" -> form(visitor, id, Map.of("teamId", crews.get(worker)));
            case "Task_AcceptAssignment" -> form(visitor, id, Map.of("answer", "accept"));
            case "Task_AuthoriseDismantle" -> form(visitor, id, Map.of("answer", "authorise"));
            case "Task_ResolveDeviations" -> form(visitor, id, Map.of("answer", "accept", "reason", marker));
            case "Task_DismantleAndScan" -> {
                if (task.path("businessKey").asText().contains("more")) {
                    form(visitor, id, Map.of("scannedSerials", "", "bulkLines", "feeder, working, 40"));
                } else {
                    create(
                            visitor,
                            "dismantle-records/" + only(visitor, "dismantle-records", task) + "/scan",
                            Map.of("serials", serialLines, "bulk", bulk, "note", marker));
                }
            }
            case "Task_ConfirmTrip" ->
                form(
                        visitor,
                        id,
                        Map.of(
                                "vehicleId",
                                shown.path("vehicleId").asText(),
                                "driver",
                                visitor.username(),
                                "pickupAt",
                                LocalDate.now(ZoneOffset.UTC).plusDays(1).toString()));
            case "Task_SignLoading" ->
                create(
                        visitor,
                        "trips/" + only(visitor, "trips", task) + "/loading",
                        Map.of("serials", serialLines, "bulk", bulk, "sealNumber", marker, "signedBy", marker));
            case "Task_SignArrival" ->
                create(
                        visitor,
                        "trips/" + only(visitor, "trips", task) + "/arrival",
                        Map.of("accepted", true, "signedBy", marker));
            case "Task_CountAndScan" -> form(visitor, id, Map.of("countedSerials", serials, "countedBulk", ""));
            default -> throw new AssertionError("nobody expects the task " + task);
        }
    }

    /** The id of the newest thing of this kind that the task is about. */
    private String only(Visitor visitor, String kind, JsonNode task) {
        List<String> ids = new ArrayList<>();
        for (JsonNode item : read(visitor, "/api/v1/" + kind + "?size=500").path("items")) {
            if (item.path("businessKey").equals(task.path("businessKey"))) {
                ids.add(item.path("id").asText());
            }
        }
        assertThat(ids).as("%s of %s", kind, task).isNotEmpty();
        return ids.get(ids.size() - 1);
    }

    private void form(Visitor visitor, String task, Map<String, Object> answers) {
        create(visitor, "tasks/" + task + "/complete", Map.of("answers", answers));
    }

    /** An instance of the model that has everything an engine has, with texts and files by its people. */
    private void startEverything(String tenant) {
        String marker = marker(tenant);
        String instance = runtime.createProcessInstanceById(sharedDefinition)
                .businessKey("E" + marker)
                .setVariable("collaboration", tenant)
                .setVariable("text", "Text " + marker)
                .execute()
                .getId();
        Job failing = management
                .createJobQuery()
                .processInstanceId(instance)
                .messages()
                .singleResult();
        management.setJobRetries(failing.getId(), 0);
        Task task = tasks.createTaskQuery().processInstanceId(instance).singleResult();
        tasks.setVariableLocal(task.getId(), "local", "Local " + marker);
        tasks.createComment(task.getId(), instance, "Comment " + marker);
        tasks.createAttachment("text", task.getId(), instance, "Attachment " + marker, marker, "http://" + marker);
    }

    private void runJobs(String businessKey) {
        List<Job> due;
        do {
            due = runtime.createProcessInstanceQuery().processInstanceBusinessKey(businessKey).list().stream()
                    .flatMap(instance -> management
                            .createJobQuery()
                            .processInstanceId(instance.getId())
                            .messages()
                            .active()
                            .withRetriesLeft()
                            .list()
                            .stream())
                    .toList();
            due.forEach(job -> management.executeJob(job.getId()));
        } while (!due.isEmpty());
    }

    private JsonNode create(Visitor visitor, String what, Map<String, ?> body) {
        return send(visitor, new Request("POST", "/api/v1/" + what, "application/json", text(body)));
    }

    private void put(Visitor visitor, String address, Map<String, ?> body) {
        send(visitor, new Request("PUT", address, "application/json", text(body)));
    }

    private JsonNode read(Visitor visitor, String address) {
        return send(visitor, Request.get(address));
    }

    private JsonNode send(Visitor visitor, Request request) {
        Answer answer = visitor.send(request);
        assertThat(answer.done())
                .as("%s: %s answered %s %s", visitor, request, answer.status(), answer.body())
                .isTrue();
        if (request.body() != null) {
            furnishings.add(new Furnishing(visitor.organisation(), request));
        }
        try {
            return json.readTree(answer.body());
        } catch (JsonProcessingException none) {
            throw new AssertionError(request + " answered no JSON but " + answer.body(), none);
        }
    }

    private String text(Map<String, ?> body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
