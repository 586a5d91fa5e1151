package io.fieldwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the application does for many at once is killed in the middle of it, and nothing is lost or doubled. The tests share
 * one application and what it was furnished with, the dismantles first because they count all there is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledApplicationTests {

    private static final Logger log = LoggerFactory.getLogger(KilledApplicationTests.class);

    private static final int DISMANTLES = Integer.getInteger("fieldwright.acceptance.dismantles", 40);
    private static final int KILLS = Integer.getInteger("fieldwright.acceptance.kills", 1);
    private static final long SEED = 7;
    /** A dismantle takes at least this many steps, so that every kill comes before the end. */
    private static final int FEWEST_STEPS = 8;

    private static final int OPERATIONS = 400;
    private static final int MOST_ATTEMPTS = 5;

    private final AtomicInteger steps = new AtomicInteger();
    private final Set<Integer> kills = ConcurrentHashMap.newKeySet();
    private final List<CompletableFuture<Void>> restarts = new ArrayList<>();
    private long mostOpen;
    private RunningApplication application;
    private FieldOperation operation;

    @BeforeAll
    void furnish() {
        application = RunningApplication.startIn(Path.of("target", "killed-application"));
        operation = FieldOperation.furnish(application, DISMANTLES);
    }

    @AfterAll
    void stop() {
        application.close();
    }

    /** {@code fieldwright.acceptance.dismantles} and {@code fieldwright.acceptance.kills} set the size. */
    @Test
    @Order(1)
    void dismantlesOverRestOutliveKills() {
        new Random(SEED)
                .ints(1, DISMANTLES * FEWEST_STEPS)
                .distinct()
                .limit(KILLS)
                .forEach(kills::add);
        long began = System.nanoTime();
        try (FieldWork work = new FieldWork(operation, this::killIfItIsTime)) {
            work.startDismantles(DISMANTLES);
            work.begin();
            await().atMost(Duration.ofMinutes(5).plusSeconds(DISMANTLES * 5L))
                    .pollInterval(Duration.ofMillis(500))
                    .failFast(() -> assertThat(work.failures()).isEmpty())
                    .until(() -> openWork() == 0 && closedRecords() == DISMANTLES);
            log.info(
                    "{} dismantles closed in {} s: {} tasks, {} kills, {} requests repeated, refused and done later: {}",
                    DISMANTLES,
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    work.completedTasks(),
                    restarts.size(),
                    RestUser.REPEATED,
                    work.refusals());
            assertThat(work.failures()).isEmpty();
        }
        restarts.forEach(CompletableFuture::join);
        assertThat(restarts).hasSize(KILLS);
        assertThat(mostOpen).as("process instances that the administrator sees").isPositive();
        assertNothingIsLostOrDoubled();
        assertStockIsWhatWasDismantledMinusDiscrepancies();
        assertNothingFailedInside();
    }

    private void killIfItIsTime() {
        if (kills.remove(steps.incrementAndGet())) {
            synchronized (restarts) {
                restarts.add(CompletableFuture.runAsync(application::killAndRestart));
            }
        }
    }

    private long closedRecords() {
        return total("warehouse-manager", "dismantle-records?state=CLOSED");
    }

    private long total(String role, String list) {
        return operation.as(role).get("/api/v1/" + list).path("total").asLong();
    }

    /** Process instances, incidents and jobs, of which the engine's own house-keeping belongs to no process. */
    private long openWork() {
        RestUser administrator = operation.administrator();
        long open = administrator
                        .get("/engine-rest/process-instance/count")
                        .path("count")
                        .asLong()
                + administrator.get("/engine-rest/incident/count").path("count").asLong();
        for (JsonNode job : administrator.get("/engine-rest/job")) {
            open += job.path("processInstanceId").isNull() ? 0 : 1;
        }
        mostOpen = Math.max(mostOpen, open);
        return open;
    }

    private void assertNothingIsLostOrDoubled() {
        assertThat(total("warehouse-manager", "dismantle-records")).isEqualTo(DISMANTLES);
        assertThat(total("coordinator", "allocations")).isEqualTo(allocations());
        assertThat(total("coordinator", "allocations?state=DONE")).isEqualTo(allocations());
        assertThat(total("driver", "trips")).isEqualTo(DISMANTLES + count(Mishap.PARTIAL_LOAD));
        assertThat(total("driver", "trips?state=ARRIVED")).isEqualTo(DISMANTLES + count(Mishap.PARTIAL_LOAD));
        assertThat(total("storekeeper", "receipts")).isEqualTo(DISMANTLES);
        assertThat(total("storekeeper", "receipts?state=RECONCILED")).isEqualTo(DISMANTLES);
        assertThat(total("storekeeper", "equipment-items?placeKind=warehouse")).isEqualTo(sum(Mishap::radios));
        assertThat(total("storekeeper", "equipment-items?placeKind=lost")).isEqualTo(sum(Mishap::lost));
        assertThat(total("storekeeper", "equipment-items?placeKind=disposed")).isEqualTo(sum(Mishap::disposed));
        operation.roles().forEach(role -> assertThat(total(role, "tasks")).isZero());
        assertThat(total("storekeeper", "equipment-items")).isEqualTo(2L * DISMANTLES);
        JsonNode custody = operation.as("storekeeper").get("/api/v1/custody/verification");
        assertThat(custody.path("unbroken").asBoolean()).as(custody.toString()).isTrue();
        assertThat(toldThatDismantlesAreClosed()).hasSize(DISMANTLES).doesNotHaveDuplicates();
    }

    private static long allocations() {
        return IntStream.range(0, DISMANTLES).filter(site -> site % 4 < 2).count();
    }

    private static long count(Mishap mishap) {
        return sites().filter(site -> Mishap.of(site) == mishap).count();
    }

    private static long sum(java.util.function.ToIntFunction<Mishap> number) {
        return sites().map(site -> number.applyAsInt(Mishap.of(site))).sum();
    }

    private static IntStream sites() {
        return IntStream.range(0, DISMANTLES);
    }

    private List<String> toldThatDismantlesAreClosed() {
        List<String> told = new ArrayList<>();
        for (JsonNode notification : all("project-manager", "notifications?sort=id")) {
            if (notification.path("event").asText().equals("DISMANTLE_CLOSED")) {
                told.add(notification.path("body").asText());
            }
        }
        return told;
    }

    private List<JsonNode> all(String role, String list) {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page;
        int number = 0;
        do {
            page = operation.as(role).get("/api/v1/" + list + "&size=200&page=" + number++);
            page.path("items").forEach(all::add);
        } while (all.size() < page.path("total").asLong());
        return all;
    }

    /** Once by what really happened in the field, once by what the application recorded of it. */
    private void assertStockIsWhatWasDismantledMinusDiscrepancies() {
        Map<String, Long> stock = new HashMap<>();
        operation
                .as("storekeeper")
                .get("/api/v1/stock")
                .forEach(balance -> stock.merge(
                        balance.path("category").asText(),
                        balance.path("quantity").asLong(),
                        Long::sum));
        assertThat(stock)
                .isEqualTo(Map.of(
                        "radio",
                        sum(Mishap::radios),
                        "feeder",
                        sites().mapToLong(site -> Mishap.of(site).cable(FieldOperation.cable(site)))
                                .sum()));
        assertThat(stock).isEqualTo(recorded());
    }

    private Map<String, Long> recorded() {
        RestUser storekeeper = operation.as("storekeeper");
        Map<String, Long> recorded = new HashMap<>();
        for (JsonNode record : all("storekeeper", "dismantle-records?sort=openedAt")) {
            for (JsonNode line : storekeeper.get(
                    "/api/v1/dismantle-records/" + record.path("id").asText() + "/lines")) {
                if (!line.path("finding").asText().equals("MISSING")) {
                    add(recorded, line, line.path("quantity").asLong());
                }
            }
        }
        for (JsonNode receipt : all("storekeeper", "receipts?sort=expectedAt")) {
            String path = "/api/v1/receipts/" + receipt.path("id").asText();
            for (JsonNode discrepancy : storekeeper.get(path + "/discrepancies")) {
                long quantity = discrepancy.path("quantity").asLong();
                switch (discrepancy.path("kind").asText()) {
                    case "SHORT" -> add(recorded, discrepancy, -quantity);
                    case "OVER", "WRONG_SERIAL" -> add(recorded, discrepancy, quantity);
                    default -> {}
                }
            }
            for (JsonNode line : storekeeper.get(path + "/lines")) {
                if (line.path("disposition").asText().equals("scrap")) {
                    add(recorded, line, -line.path("countedQuantity").asLong());
                }
            }
        }
        return recorded;
    }

    private static void add(Map<String, Long> quantities, JsonNode line, long quantity) {
        quantities.merge(line.path("category").asText(), quantity, Long::sum);
    }

    private void assertNothingFailedInside() {
        assertThat(application
                        .output()
                        .lines()
                        .filter(line -> line.contains(" ERROR "))
                        .collect(Collectors.toSet()))
                .isEmpty();
    }

    /** What became of a batch, in the end. */
    private record Batch(List<String> outcomes, boolean repeated, JsonNode evidence) {

        boolean wasDoneBeforeTheKill() {
            return !repeated || outcomes.stream().allMatch("DUPLICATE"::equals);
        }
    }

    /** A device whose batch is cut off sends it again; a kill that comes too late to cut it off says nothing. */
    @Test
    @Order(2)
    void batchCutOffByAKillIsContinuedWhereItWasCommitted() {
        RestUser engineer = operation.as("field-engineer");
        String task = orderFieldTask();
        UUID device = UUID.randomUUID();
        engineer.post(
                        "/api/v1/sync/devices",
                        "device",
                        Map.of("id", device.toString(), "name", "Phone", "platform", "Android 15"))
                .required();
        await().until(() -> engineer.get("/api/v1/sync/tasks?device=" + device)
                .path("mine")
                .toString()
                .contains(task));

        Batch batch = sendAndKill(device, task);
        for (int attempt = 1; attempt < MOST_ATTEMPTS && batch.wasDoneBeforeTheKill(); attempt++) {
            batch = sendAndKill(device, task);
        }

        assertThat(batch.repeated).isTrue();
        int before = (int) batch.outcomes.stream().filter("DUPLICATE"::equals).count();
        assertThat(before).isBetween(10, OPERATIONS - 1);
        assertThat(batch.outcomes.subList(0, before)).containsOnly("DUPLICATE");
        assertThat(batch.outcomes.subList(before, OPERATIONS)).containsOnly("APPLIED");
        assertThat(batch.evidence).hasSize(OPERATIONS);
        assertThat(batch.evidence)
                .extracting(piece -> piece.path("id").asText())
                .doesNotHaveDuplicates();
    }

    /** Kills the application once it has taken some operations of a new execution. */
    private Batch sendAndKill(UUID device, String task) {
        RestUser engineer = operation.as("field-engineer");
        UUID execution = UUID.randomUUID();
        Map<String, ?> operations = Map.of(
                "device",
                device.toString(),
                "sentAt",
                Instant.now().toString(),
                "operations",
                IntStream.range(0, OPERATIONS)
                        .mapToObj(number -> Map.of(
                                "id", UUID.randomUUID().toString(),
                                "task", task,
                                "execution", execution.toString(),
                                "kind", "FIX",
                                "at", Instant.now().toString(),
                                "content",
                                        Map.of(
                                                "latitude", 18.5,
                                                "longitude", 73.8,
                                                "fixedAt", Instant.now().toString())))
                        .toList());
        long repeated = RestUser.REPEATED.get();

        CompletableFuture<RestUser.Answer> answer = CompletableFuture.supplyAsync(
                () -> engineer.post("/api/v1/sync/operations", execution.toString(), operations));
        RestUser coordinator = operation.as("coordinator");
        String path = "/api/v1/field-tasks/" + task + "/executions/" + execution;
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> coordinator.tryToGet(path).body().path("evidence").size() >= 10);
        application.killAndRestart();

        List<String> outcomes = new ArrayList<>();
        answer.join()
                .required()
                .path("results")
                .forEach(result -> outcomes.add(result.path("outcome").asText()));
        return new Batch(
                outcomes,
                RestUser.REPEATED.get() > repeated,
                coordinator.get(path).path("evidence"));
    }

    private String orderFieldTask() {
        RestUser coordinator = operation.as("coordinator");
        String site = IntStream.range(0, 20)
                .mapToObj(operation::siteId)
                .filter(id -> !coordinator
                        .get("/api/v1/sites/" + id)
                        .path("needsPermit")
                        .asBoolean())
                .findFirst()
                .orElseThrow();
        return coordinator
                .post(
                        "/api/v1/field-tasks",
                        "order",
                        Map.of("project", operation.projectId(), "site", site, "team", operation.teamId()))
                .required()
                .path("id")
                .asText();
    }
}
