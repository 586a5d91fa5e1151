package io.fieldwright.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.acceptance.RestUser.Answer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Everybody of the circle at work: each role looks again and again for its tasks and completes what it finds, several at
 * a time. Every mishap happens at sites where devices are used, through the domain endpoints, and at others where task
 * forms are.
 */
final class FieldWork implements AutoCloseable {

    private static final int CONCURRENT = 6;

    private final FieldOperation operation;
    private final Runnable afterEachStep;
    private final ScheduledExecutorService lookouts = Executors.newScheduledThreadPool(3);
    private final ExecutorService hands = Executors.newFixedThreadPool(CONCURRENT);
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> completed = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();

    /** @param afterEachStep runs whenever a step was answered with success */
    FieldWork(FieldOperation operation, Runnable afterEachStep) {
        this.operation = operation;
        this.afterEachStep = afterEachStep;
    }

    /** Starts the dismantles, half as allocations and half as orders, all at once. */
    void startDismantles(int number) {
        for (int site = 0; site < number; site++) {
            int started = site;
            hands.execute(() -> attempt(() -> start(started)));
        }
    }

    private void start(int site) {
        boolean allocation = site % 4 < 2;
        Map<String, Object> request =
                new HashMap<>(Map.of("project", operation.projectId(), "site", operation.siteId(site)));
        if (!allocation) {
            request.put("team", operation.teamId());
        }
        operation
                .as("coordinator")
                .post(allocation ? "/api/v1/allocations" : "/api/v1/dismantle-records", "start-" + site, request)
                .required();
        afterEachStep.run();
    }

    void begin() {
        operation
                .roles()
                .forEach(role -> lookouts.scheduleWithFixedDelay(
                        () -> attempt(() -> lookForTasks(role)), 0, 250, TimeUnit.MILLISECONDS));
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | AssertionError failed) {
            failures.add(String.valueOf(failed));
        }
    }

    private void lookForTasks(String role) {
        RestUser user = operation.as(role);
        long asked = System.nanoTime();
        user.get("/api/v1/tasks?size=50").path("items").forEach(task -> {
            String id = task.path("id").asText();
            Long before = completed.get(id);
            if (before != null && before < asked) {
                failures.add("A task is open again that was completed: " + task);
            } else if (before == null && inHand.add(id)) {
                hands.execute(() -> attempt(() -> complete(user, task)));
            }
        });
    }

    private void complete(RestUser user, JsonNode task) {
        String id = task.path("id").asText();
        try {
            if (completed.containsKey(id)) {
                return;
            }
            Answer answer = answer(user, task);
            if (answer.done()) {
                completed.put(id, System.nanoTime());
                afterEachStep.run();
            } else if (answer.status() == 404 || answer.status() == 409) {
                String what = task.path("key").asText() + ": " + answer.status() + " "
                        + answer.body().path("detail").asText();
                refusals.computeIfAbsent(what, unseen -> new AtomicInteger()).incrementAndGet();
            } else {
                failures.add(task.path("key").asText() + ": " + answer);
            }
        } finally {
            inHand.remove(id);
        }
    }

    private Answer answer(RestUser user, JsonNode task) {
        int site = siteOf(task);
        boolean device = site / Mishap.values().length % 2 == 0;
        return switch (task.path("key").asText()) {
            case "Task_AssignTeam" -> form(user, task, Map.of("teamId", operation.teamId()));
            case "Task_AcceptAssignment" -> form(user, task, Map.of("answer", "accept"));
            case "Task_AuthoriseDismantle" -> form(user, task, Map.of("answer", "authorise"));
            case "Task_ObtainPermit" ->
                form(
                        user,
                        task,
                        Map.of(
                                "permitNumber", "P-" + site,
                                "permitValidFrom", LocalDate.now(ZoneOffset.UTC).toString(),
                                "permitValidTo",
                                        LocalDate.now(ZoneOffset.UTC)
                                                .plusDays(30)
                                                .toString()));
            case "Task_DismantleAndScan" -> scan(user, task, site, device);
            case "Task_ResolveDeviations" -> form(user, task, Map.of("answer", "accept", "reason", "stolen, reported"));
            case "Task_ConfirmTrip" -> confirmTrip(user, task);
            case "Task_SignLoading" -> signLoading(user, task, site, device);
            case "Task_SignArrival" -> signArrival(user, task, site, device);
            case "Task_CountAndScan" -> count(user, task, site, device);
            case "Task_InvestigateDiscrepancies" ->
                form(user, task, Map.of("answer", "accept", "findings", "looked for and compared"));
            case "Task_ApproveWriteOff" -> form(user, task, Map.of("answer", "approve"));
            case "Task_RecordScrapCertificate" ->
                form(
                        user,
                        task,
                        Map.of(
                                "certificateNumber",
                                "SC-" + site,
                                "certificateIssuer",
                                "Recycler",
                                "certificateDate",
                                LocalDate.now(ZoneOffset.UTC).minusDays(1).toString()));
            default -> throw new AssertionError("nobody expects the task " + task);
        };
    }

    private static int siteOf(JsonNode task) {
        String businessKey = task.path("businessKey").asText();
        return Integer.parseInt(businessKey.substring(businessKey.lastIndexOf('-') + 1));
    }

    private static Answer form(RestUser user, JsonNode task, Map<String, Object> answers) {
        String id = task.path("id").asText();
        return user.post("/api/v1/tasks/" + id + "/complete", "complete-" + id, Map.of("answers", answers));
    }

    /** What is sent from a device at the place, about the record, trip or receipt rather than its task. */
    private static Answer device(RestUser user, JsonNode task, String path, Map<String, Object> body) {
        return user.post(path, "device-" + task.path("id").asText(), body);
    }

    private Answer scan(RestUser user, JsonNode task, int site, boolean device) {
        Load found = new Load(FieldOperation.cable(site));
        found.radio(site, 1, "working");
        switch (Mishap.of(site)) {
            case MISSING -> {}
            case SCRAP -> found.radio(site, 2, "scrap");
            default -> found.radio(site, 2, "working");
        }
        return device
                ? device(
                        user,
                        task,
                        "/api/v1/dismantle-records/" + recordOf(user, site) + "/scan",
                        Map.of("serials", found.serials(), "bulk", found.bulk()))
                : form(user, task, Map.of("scannedSerials", found.serialRows(true), "bulkLines", found.bulkRows()));
    }

    private String recordOf(RestUser user, int site) {
        return only(user.get("/api/v1/dismantle-records?site=" + operation.siteId(site))
                .path("items"));
    }

    private static String only(JsonNode items) {
        if (items.size() != 1) {
            throw new AssertionError("not one but " + items);
        }
        return items.get(0).path("id").asText();
    }

    /** Takes the vehicle that was planned, or another when that has become too full meanwhile. */
    private static Answer confirmTrip(RestUser user, JsonNode task) {
        Answer shown = user.tryToGet("/api/v1/tasks/" + task.path("id").asText());
        if (!shown.done()) {
            return shown;
        }
        JsonNode variables = shown.body().path("variables");
        List<String> vehicles =
                new ArrayList<>(List.of(variables.path("vehicleId").asText()));
        variables
                .path("vehicleChoices")
                .forEach(choice -> vehicles.add(choice.path("value").asText()));
        Answer answer = shown;
        for (String vehicle : vehicles) {
            answer = form(
                    user,
                    task,
                    Map.of(
                            "vehicleId",
                            vehicle,
                            "driver",
                            "driver",
                            "pickupAt",
                            LocalDate.now(ZoneOffset.UTC).plusDays(1).toString()));
            if (answer.status() != 409) {
                return answer;
            }
        }
        return answer;
    }

    private Answer signLoading(RestUser user, JsonNode task, int site, boolean device) {
        List<JsonNode> trips = trips(user, site);
        Load loaded = new Load(FieldOperation.cable(site));
        loaded.radio(site, 1, "working");
        switch (Mishap.of(site)) {
            case MISSING -> {}
            case SCRAP -> loaded.radio(site, 2, "scrap");
            case PARTIAL_LOAD -> {
                if (trips.size() > 1) {
                    loaded = new Load(0);
                    loaded.radio(site, 2, "working");
                }
            }
            default -> loaded.radio(site, 2, "working");
        }
        if (!device) {
            return form(
                    user,
                    task,
                    Map.of(
                            "loadedSerials",
                            loaded.serialRows(false),
                            "loadedBulk",
                            loaded.bulkRows(),
                            "sealNumber",
                            "S-" + site,
                            "signedBy",
                            "R. Kumar"));
        }
        Optional<String> trip = inState(trips, "CONFIRMED");
        if (trip.isEmpty()) {
            return new Answer(409, task);
        }
        return device(
                user,
                task,
                "/api/v1/trips/" + trip.get() + "/loading",
                Map.of(
                        "serials",
                        loaded.serials(),
                        "bulk",
                        loaded.bulk(),
                        "sealNumber",
                        "S-" + site,
                        "signedBy",
                        "R. Kumar",
                        "latitude",
                        18.5,
                        "longitude",
                        73.8));
    }

    private List<JsonNode> trips(RestUser user, int site) {
        List<JsonNode> trips = new ArrayList<>();
        user.get("/api/v1/trips?dismantleRecord=" + recordOf(user, site))
                .path("items")
                .forEach(trips::add);
        return trips;
    }

    private static Optional<String> inState(List<JsonNode> found, String state) {
        return found.stream()
                .filter(one -> one.path("state").asText().equals(state))
                .map(one -> one.path("id").asText())
                .findFirst();
    }

    private Answer signArrival(RestUser user, JsonNode task, int site, boolean device) {
        if (!device) {
            return form(user, task, Map.of("answer", "accepted", "signedBy", "S. Keeper"));
        }
        Optional<String> trip = inState(trips(user, site), "IN_TRANSIT");
        if (trip.isEmpty()) {
            return new Answer(409, task);
        }
        return device(
                user,
                task,
                "/api/v1/trips/" + trip.get() + "/arrival",
                Map.of("accepted", true, "signedBy", "S. Keeper"));
    }

    private Answer count(RestUser user, JsonNode task, int site, boolean device) {
        Mishap mishap = Mishap.of(site);
        Load counted = new Load(mishap.cable(FieldOperation.cable(site)));
        counted.radio(site, 1, "working");
        switch (mishap) {
            case MISSING, SHORT -> {}
            case DAMAGED, SCRAP -> counted.radio(site, 2, "scrap");
            default -> counted.radio(site, 2, "working");
        }
        if (!device) {
            return form(
                    user, task, Map.of("countedSerials", counted.serialRows(true), "countedBulk", counted.bulkRows()));
        }
        String receipt = only(user.get("/api/v1/receipts?dismantleRecord=" + recordOf(user, site))
                .path("items"));
        return device(
                user,
                task,
                "/api/v1/receipts/" + receipt + "/count",
                Map.of("serials", counted.serials(), "bulk", counted.bulk()));
    }

    /** What must not happen: answers that blame the application, lost answers, tasks that come back. */
    Queue<String> failures() {
        return failures;
    }

    /** How often somebody was told to read again and did, by task and reason. */
    Map<String, AtomicInteger> refusals() {
        return refusals;
    }

    int completedTasks() {
        return completed.size();
    }

    @Override
    public void close() {
        lookouts.shutdownNow();
        hands.shutdownNow();
    }

    /** Radios and cable as they are written on devices and in forms. */
    private static final class Load {

        private final List<Map<String, String>> serials = new ArrayList<>();
        private final int cable;

        Load(int cable) {
            this.cable = cable;
        }

        void radio(int site, int radio, String condition) {
            serials.add(Map.of("serialNumber", FieldOperation.serial(site, radio), "condition", condition));
        }

        List<Map<String, String>> serials() {
            return serials;
        }

        List<Map<String, Object>> bulk() {
            return cable == 0
                    ? List.of()
                    : List.of(Map.of("category", "feeder", "condition", "working", "quantity", cable));
        }

        String serialRows(boolean withCondition) {
            StringBuilder rows = new StringBuilder();
            serials.forEach(serial -> rows.append(serial.get("serialNumber"))
                    .append(withCondition ? ", " + serial.get("condition") : "")
                    .append('\n'));
            return rows.toString();
        }

        String bulkRows() {
            return cable == 0 ? "" : "feeder, working, " + cable;
        }
    }
}
