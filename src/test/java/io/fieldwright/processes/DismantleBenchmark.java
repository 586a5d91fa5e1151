package io.fieldwright.processes;

import io.fieldwright.OwnApplicationTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.logistics.DismantleOrder;
import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.sites.Site;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.UserTasks;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * The dismantle from the order to the shelf beside the bare engine that runs the same models with empty steps, in turns on
 * one PostgreSQL that writes as durably as in production. How to run it is in bench/README.md; it asserts nothing and is
 * not part of the build.
 */
@OwnApplicationTest
@Import(CountedStatements.OfTheApplication.class)
@TestPropertySource(
        properties = {"fieldwright.database.directory=target/benchmark", "fieldwright.database.disposable=false"})
class DismantleBenchmark {

    private static final int CLIENTS = 2;
    private static final int WARM_UP_ROUNDS = 2;
    private static final int ROUNDS = 5;
    private static final int INSTANCES = 40;

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    FlywayConnectionDetails owner;

    @Autowired
    ProcessEngine engine;

    @Autowired
    UserTasks userTasks;

    private final AtomicInteger numbers = new AtomicInteger();
    private Field field;

    @Test
    void printsTheDismantleBesideTheBareEngine() throws Exception {
        field = fields.getObject().furnish();
        Ledger ours = new Ledger();
        Ledger bare = new Ledger();
        try (BareEngine other = new BareEngine(owner)) {
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                List<Runnable> dismantles = IntStream.range(0, INSTANCES)
                        .mapToObj(unused -> prepare())
                        .map(site -> (Runnable) () -> dismantle(site, ours))
                        .toList();
                List<Runnable> empty = IntStream.range(0, INSTANCES)
                        .mapToObj(unused -> "BARE/" + numbers.incrementAndGet())
                        .map(key -> (Runnable) () -> runEmpty(other.engine(), key, bare))
                        .toList();
                Duration own = together(dismantles);
                Duration others = together(empty);
                if (round < 0) {
                    ours.forget();
                    bare.forget();
                } else {
                    ours.rounds.add(INSTANCES / seconds(own));
                    bare.rounds.add(INSTANCES / seconds(others));
                }
            }
        }
        print(ours, bare);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static Duration together(List<Runnable> work) throws InterruptedException, ExecutionException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        long began = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        work.forEach(one -> running.add(clients.submit(one)));
        for (Future<?> one : running) {
            one.get();
        }
        clients.shutdown();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private Site prepare() {
        int number = numbers.incrementAndGet();
        Site site = field.site("SITE-" + number, false);
        field.radio("R-%d-1".formatted(number), site);
        field.radio("R-%d-2".formatted(number), site);
        return site;
    }

    private void dismantle(Site site, Ledger ledger) {
        String key = "RECOVERY/" + site.code();
        String serials = serial(site, 1) + "\n" + serial(site, 2);
        Course course = new Course(
                engine,
                key,
                ledger,
                (role, task, answers) -> field.as(role, () -> {
                    CountedStatements.take();
                    userTasks.complete(task, answers);
                }));
        DismantleRecord[] ordered = new DismantleRecord[1];
        course.step(
                "Order dismantle",
                () -> field.as("project-manager", () -> {
                    CountedStatements.take();
                    ordered[0] = field.dismantleRecords.order(
                            new DismantleOrder(field.project.id(), site.id(), field.crew.id(), null));
                }));
        course.complete("asset-owner", "Task_AuthoriseDismantle", Map.of("answer", "authorise"));
        course.complete(
                "field-engineer",
                "Task_DismantleAndScan",
                Map.of("scannedSerials", serials, "bulkLines", "feeder, working, 40"));
        course.complete(
                "transport-coordinator",
                "Task_ConfirmTrip",
                Map.of(
                        "vehicleId", field.truck.id().toString(),
                        "driver", RoleHolders.username(field.circle, "driver"),
                        "pickupAt", LocalDate.now(ZoneOffset.UTC).plusDays(1).toString()));
        course.complete(
                "driver",
                "Task_SignLoading",
                Map.of("loadedSerials", serials, "loadedBulk", "feeder, working, 40", "signedBy", "R. Kumar"));
        course.complete("driver", "Task_SignArrival", Map.of("answer", "accepted", "signedBy", "S. Keeper"));
        course.complete(
                "storekeeper",
                "Task_CountAndScan",
                Map.of("countedSerials", serials, "countedBulk", "feeder, working, 40"));
        String state = TenantScope.asSystem(
                () -> field.dismantleRecords.get(ordered[0].id()).state().name());
        if (!state.equals("CLOSED")) {
            throw new IllegalStateException(key + " is " + state + " at " + field.openTasks(key));
        }
    }

    private String serial(Site site, int radio) {
        return "R-%s-%d-%s".formatted(site.code().substring("SITE-".length()), radio, field.unique);
    }

    private static void runEmpty(ProcessEngine engine, String key, Ledger ledger) {
        Course course = new Course(engine, key, ledger, (role, task, answers) -> {
            CountedStatements.take();
            engine.getTaskService().complete(task, answers);
        });
        course.step("Order dismantle", () -> engine.getRuntimeService()
                .startProcessInstanceByKey(
                        "dismantle-to-warehouse",
                        key,
                        Map.of(
                                "siteId",
                                key,
                                "projectId",
                                key,
                                "teamId",
                                key,
                                "teamGroup",
                                "team",
                                "tripIds",
                                new ArrayList<>(List.of(key)),
                                "receiptIds",
                                new ArrayList<>(List.of(key)))));
        course.complete("", "Task_AuthoriseDismantle", Map.of("authorised", true, "permitNeeded", false));
        course.complete("", "Task_DismantleAndScan", Map.of("hasDeviations", false, "goodsLeftAtSite", false));
        course.complete("", "Task_ConfirmTrip", Map.of());
        course.complete("", "Task_SignLoading", Map.of("anythingLoaded", true));
        course.complete("", "Task_SignArrival", Map.of("deliveryAccepted", true));
        course.complete("", "Task_CountAndScan", Map.of("withinTolerance", true, "scrapFound", false));
        long open = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(key)
                .count();
        if (open != 0) {
            throw new IllegalStateException(key + " has not ended");
        }
    }

    /** Without the business key that our tasks carry behind it. */
    private static String nameInTheModel(Task task) {
        return task.getName().replaceFirst(" \\(.*", "");
    }

    private void print(Ledger ours, Ledger bare) {
        System.out.printf("%nDismantle to warehouse, %d clients, %d rounds of %d%n%n", CLIENTS, ROUNDS, INSTANCES);
        System.out.printf("instances/s  Fieldwright %s  median %.1f%n", ours.rounds(), ours.median());
        System.out.printf("instances/s  bare engine %s  median %.1f%n", bare.rounds(), bare.median());
        System.out.printf("ratio        %.2f%n%n", ours.median() / bare.median());
        System.out.printf("%-26s %28s %28s%n", "", "Fieldwright", "bare engine");
        System.out.printf(
                "%-26s %10s %8s %8s %10s %8s %8s%n",
                "business step", "statements", "p50 ms", "p95 ms", "statements", "p50 ms", "p95 ms");
        ours.steps.forEach((step, own) -> {
            Measured other = bare.steps.get(step);
            System.out.printf(
                    "%-26s %10s %8.1f %8.1f %10s %8.1f %8.1f%n",
                    step,
                    own.statements(),
                    own.millis(0.5),
                    own.millis(0.95),
                    other.statements(),
                    other.millis(0.5),
                    other.millis(0.95));
        });
        System.out.printf("%-26s %10.0f %28.0f%n%n", "in all", ours.statements(), bare.statements());
        System.out.println("Statements: in the transaction of the person + in the jobs that follow from it.");
        if (Boolean.getBoolean("fieldwright.benchmark.statements")) {
            ours.steps.forEach((step, own) -> {
                System.out.printf("%n%s%n", step);
                own.last.stream()
                        .map(sql -> sql.strip().replaceAll("\\s+", " "))
                        .forEach(sql -> System.out.println("  " + sql.substring(0, Math.min(150, sql.length()))));
            });
        }
    }

    private interface Completion {
        void complete(String role, String task, Map<String, Object> answers);
    }

    /** One instance on its way; looking for the next task or job is neither timed nor counted. */
    private record Course(ProcessEngine engine, String businessKey, Ledger ledger, Completion completion) {

        void complete(String role, String key, Map<String, Object> answers) {
            TaskService tasks = engine.getTaskService();
            Task task = tasks.createTaskQuery()
                    .processInstanceBusinessKey(businessKey)
                    .taskDefinitionKey(key)
                    .singleResult();
            if (task == null) {
                throw new IllegalStateException("no task " + key + " at " + businessKey);
            }
            step(nameInTheModel(task), () -> completion.complete(role, task.getId(), answers));
        }

        void step(String name, Runnable work) {
            CountedStatements.take();
            long began = System.nanoTime();
            work.run();
            long nanos = System.nanoTime() - began;
            List<String> sent = new ArrayList<>(CountedStatements.take());
            int own = sent.size();
            ManagementService management = engine.getManagementService();
            List<Job> due = due(management);
            while (!due.isEmpty()) {
                for (Job job : due) {
                    CountedStatements.take();
                    began = System.nanoTime();
                    management.executeJob(job.getId());
                    nanos += System.nanoTime() - began;
                    sent.addAll(CountedStatements.take());
                }
                due = due(management);
            }
            ledger.add(name, nanos, own, sent);
        }

        private List<Job> due(ManagementService management) {
            List<Job> found = new ArrayList<>();
            engine.getRuntimeService()
                    .createProcessInstanceQuery()
                    .processInstanceBusinessKey(businessKey)
                    .list()
                    .forEach(instance -> found.addAll(management
                            .createJobQuery()
                            .processInstanceId(instance.getId())
                            .messages()
                            .withRetriesLeft()
                            .list()));
            return found;
        }
    }

    private static final class Measured {

        private final List<Long> nanos = new ArrayList<>();
        private long own;
        private long all;
        private List<String> last = List.of();

        String statements() {
            return "%d + %d"
                    .formatted(
                            Math.round((double) own / nanos.size()), Math.round((double) (all - own) / nanos.size()));
        }

        double millis(double quantile) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(quantile * sorted.size()))) / 1e6;
        }
    }

    private static final class Ledger {

        private final Map<String, Measured> steps = new LinkedHashMap<>();
        private final List<Double> rounds = new ArrayList<>();

        synchronized void add(String step, long nanos, int own, List<String> sent) {
            Measured measured = steps.computeIfAbsent(step, unseen -> new Measured());
            measured.nanos.add(nanos);
            measured.own += own;
            measured.all += sent.size();
            measured.last = sent;
        }

        void forget() {
            steps.clear();
        }

        double statements() {
            return steps.values().stream()
                    .mapToDouble(step -> (double) step.all / step.nanos.size())
                    .sum();
        }

        double median() {
            return rounds.stream().sorted().toList().get(rounds.size() / 2);
        }

        List<String> rounds() {
            return rounds.stream().map("%.1f"::formatted).toList();
        }
    }
}
