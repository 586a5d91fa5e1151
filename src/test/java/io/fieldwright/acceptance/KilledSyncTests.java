package io.fieldwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A device whose batch is cut off because the application is killed sends it again, and nothing is lost or doubled. */
class KilledSyncTests {

    private static final int OPERATIONS = 400;

    @Test
    void batchCutOffByAKillIsContinuedWhereItWasCommitted() {
        try (RunningApplication application = RunningApplication.startIn(Path.of("target/killed-sync"))) {
            FieldOperation operation = FieldOperation.furnish(application, 1);
            RestUser engineer = operation.as("field-engineer");
            String task = order(operation);
            UUID device = UUID.randomUUID();
            engineer.post(
                            "/api/v1/sync/devices",
                            "device",
                            Map.of("id", device.toString(), "name", "Phone", "platform", "Android 15"))
                    .required();
            await().atMost(Duration.ofMinutes(1)).until(() -> engineer.get("/api/v1/sync/tasks?device=" + device)
                    .path("mine")
                    .toString()
                    .contains(task));
            UUID execution = UUID.randomUUID();
            Map<String, ?> batch = Map.of(
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

            CompletableFuture<RestUser.Answer> answer =
                    CompletableFuture.supplyAsync(() -> engineer.post("/api/v1/sync/operations", "batch", batch));
            RestUser coordinator = operation.as("coordinator");
            String path = "/api/v1/field-tasks/" + task + "/executions/" + execution;
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() ->
                            coordinator.tryToGet(path).body().path("evidence").size() >= 10);
            application.killAndRestart();

            List<String> outcomes = new ArrayList<>();
            answer.join()
                    .required()
                    .path("results")
                    .forEach(result -> outcomes.add(result.path("outcome").asText()));
            assertThat(RestUser.REPEATED.get()).isGreaterThan(repeated);
            int before = (int) outcomes.stream().filter("DUPLICATE"::equals).count();
            assertThat(before).isBetween(10, OPERATIONS - 1);
            assertThat(outcomes.subList(0, before)).containsOnly("DUPLICATE");
            assertThat(outcomes.subList(before, OPERATIONS)).containsOnly("APPLIED");
            JsonNode evidence = coordinator.get(path).path("evidence");
            assertThat(evidence).hasSize(OPERATIONS);
            assertThat(evidence).extracting(piece -> piece.path("id").asText()).doesNotHaveDuplicates();
        }
    }

    private static String order(FieldOperation operation) {
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
