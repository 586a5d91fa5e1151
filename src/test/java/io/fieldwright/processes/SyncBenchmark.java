package io.fieldwright.processes;

import static io.fieldwright.RoleHolders.username;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwright.OwnApplicationTest;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.sync.Answer;
import io.fieldwright.fieldwork.sync.Devices;
import io.fieldwright.fieldwork.sync.Outcome;
import io.fieldwright.fieldwork.sync.SyncOperations;
import io.fieldwright.people.SignedInPerson;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * Many devices that come back from a day without a network: each sends 50 operations on a field task of its own in one
 * batch. How to run it is in bench/README.md; it asserts nothing and is not part of the build.
 */
@OwnApplicationTest
@Import(CountedStatements.OfTheApplication.class)
@TestPropertySource(
        properties = {"fieldwright.database.directory=target/benchmark", "fieldwright.database.disposable=false"})
class SyncBenchmark {

    private static final int DEVICES = Integer.getInteger("fieldwright.benchmark.devices", 1_000);
    private static final int WARM_UP = 20;
    private static final int OPERATIONS = 50;
    private static final int CLIENTS = 4;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A device with the work of a day in its queue. */
    private record Returning(UUID device, List<JsonNode> queue) {}

    @Autowired
    ObjectProvider<Visit> visits;

    @Autowired
    Devices devices;

    @Autowired
    SyncOperations operations;

    private Visit visit;
    private final LongAdder statements = new LongAdder();
    private final LongAdder applied = new LongAdder();

    @Test
    void printsHowFastDevicesAreServed() throws Exception {
        visit = visits.getObject().furnish();
        List<Returning> returning = new ArrayList<>();
        for (int number = 0; number < WARM_UP + DEVICES; number++) {
            returning.add(returning(number));
        }
        run(returning.subList(0, WARM_UP));
        statements.reset();
        applied.reset();
        List<Returning> measured = returning.subList(WARM_UP, returning.size());
        long start = System.nanoTime();
        List<Double> latencies = run(measured);
        double seconds = (System.nanoTime() - start) / 1e9;
        double perOperation = statements.sum() / (double) applied.sum();
        long done = applied.sum();
        Collections.sort(latencies);
        List<Double> again = run(measured.subList(0, Math.min(100, DEVICES)));
        Collections.sort(again);
        System.out.printf(
                """

                %,d devices, %d operations each in one batch, %d clients
                operations per second   %,.0f
                applied                 %,d of %,d
                statements an operation %.1f
                batch, p50              %,.0f ms
                batch, p95              %,.0f ms
                replayed batch, p50     %,.0f ms
                """,
                DEVICES,
                OPERATIONS,
                CLIENTS,
                DEVICES * OPERATIONS / seconds,
                done,
                DEVICES * OPERATIONS,
                perOperation,
                percentile(latencies, 50),
                percentile(latencies, 95),
                percentile(again, 50));
    }

    private static double percentile(List<Double> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    private Returning returning(int number) {
        visit.field.site = visit.field.site("SITE-" + number, false);
        FieldTask task = visit.order(false);
        UUID device = UUID.randomUUID();
        asEngineer(person -> devices.register(person, device, "Phone " + number, "Android"));
        UUID execution = UUID.randomUUID();
        List<JsonNode> queue = new ArrayList<>();
        queue.add(operation(task, null, "ACCEPT", "{}"));
        queue.add(operation(task, execution, "START", "{\"round\": 1}"));
        queue.add(operation(
                task,
                execution,
                "FIX",
                "{\"latitude\": 18.5204, \"longitude\": 73.8567, \"accuracyMetres\": 5, \"fixedAt\": \"%s\"}"
                        .formatted(Instant.now())));
        for (int photo = 0; photo < 8; photo++) {
            queue.add(operation(task, execution, "PHOTO", "{\"file\": \"%s\"}".formatted(UUID.randomUUID())));
        }
        for (int serial = 0; serial < 10; serial++) {
            queue.add(operation(
                    task,
                    execution,
                    "SERIAL",
                    "{\"serialNumber\": \"S-%d-%d\", \"method\": \"SCANNED\"}".formatted(number, serial)));
        }
        while (queue.size() < OPERATIONS - 1) {
            queue.add(operation(
                    task, execution, "ANSWER", "{\"question\": \"q%d\", \"value\": \"yes\"}".formatted(queue.size())));
        }
        List<String> evidence = queue.stream()
                .skip(2)
                .map(operation -> "\"" + operation.get("id").asText() + "\"")
                .toList();
        queue.add(operation(task, execution, "SUBMIT", "{\"evidence\": " + evidence + "}"));
        return new Returning(device, queue);
    }

    private static ObjectNode operation(FieldTask task, UUID execution, String kind, String content) {
        try {
            ObjectNode operation = JSON.createObjectNode()
                    .put("id", UUID.randomUUID().toString())
                    .put("task", task.id().toString())
                    .put("execution", execution == null ? null : execution.toString())
                    .put("kind", kind)
                    .put("at", Instant.now().toString());
            operation.set("content", JSON.readTree(content));
            return operation;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private <T> T asEngineer(Function<SignedInPerson, T> work) {
        return visit.field.asPerson(
                username(visit.field.vendor, "field-engineer"),
                () -> work.apply(SignedInPerson.current().orElseThrow()));
    }

    /** The time that each batch took, in milliseconds. */
    private List<Double> run(List<Returning> returning) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Double>> batches = new ArrayList<>();
        for (Returning one : returning) {
            batches.add(clients.submit(() -> send(one)));
        }
        List<Double> latencies = new ArrayList<>();
        for (Future<Double> batch : batches) {
            latencies.add(batch.get());
        }
        clients.shutdown();
        return latencies;
    }

    private double send(Returning one) {
        return asEngineer(person -> {
            CountedStatements.take();
            long start = System.nanoTime();
            List<Answer> answers = operations
                    .receive(person, one.device(), Instant.now(), one.queue())
                    .results();
            double milliseconds = (System.nanoTime() - start) / 1e6;
            statements.add(CountedStatements.take().size());
            applied.add(answers.stream()
                    .filter(answer -> answer.outcome() == Outcome.APPLIED)
                    .count());
            return milliseconds;
        });
    }
}
