package io.fieldwright.processes;

import io.fieldwright.OwnApplicationTest;
import io.fieldwright.TableOwner;
import io.fieldwright.workflow.UserTasks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;
import org.springframework.data.domain.PageRequest;
import org.springframework.test.context.TestPropertySource;

/**
 * First page and count of a coordinator's task list with the walls on, over the domain API's service and through
 * Tasklist's filter, beside the query of an engine without anything of ours, tenants and authorisation included, over as
 * many rows of its own, in turns. How to run it is in bench/README.md; it asserts nothing and is not part of the build.
 */
@OwnApplicationTest
@TestPropertySource(
        properties = {"fieldwright.database.directory=target/benchmark", "fieldwright.database.disposable=false"})
class TaskListBenchmark {

    private static final List<Integer> OPEN_TASKS = List.of(1_000, 10_000, 100_000);
    private static final int PAGE = 20;
    private static final int WARM_UP = 30;
    private static final int MEASURED = 150;

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    TableOwner tables;

    @Autowired
    TaskService tasks;

    @Autowired
    FilterService filters;

    @Autowired
    FlywayConnectionDetails owner;

    @Autowired
    UserTasks userTasks;

    @Test
    void printsTheTaskListBesideTheBareQuery() throws Exception {
        Field field = fields.getObject().furnish();
        Task ours = field.task(field.allocate().businessKey(), "Task_AssignTeam");
        Filter offered =
                filters.createFilterQuery().filterName("Offered to my groups").singleResult();
        System.out.printf(
                "%-12s %-28s %10s %10s %18s%n", "open tasks", "page and count", "p50 ms", "p95 ms", "p95 beside bare");
        try (BareEngine other = new BareEngine(owner)) {
            Task bare = waitingTask(other.engine());
            int present = 1;
            for (int open : OPEN_TASKS) {
                multiply("public", ours, open - present);
                multiply("bare_engine", bare, open - present);
                present = open;
                Map<String, List<Double>> milliseconds = new LinkedHashMap<>();
                for (int round = -WARM_UP; round < MEASURED; round++) {
                    boolean counts = round >= 0;
                    field.as("coordinator", () -> {
                        time(milliseconds, "bare engine", counts, () -> bareList(other.engine()));
                        time(milliseconds, "Tasklist, walls on", counts, () -> {
                            filters.listPage(
                                    offered.getId(),
                                    tasks.createTaskQuery()
                                            .orderByTaskCreateTime()
                                            .asc(),
                                    0,
                                    PAGE);
                            filters.count(offered.getId());
                        });
                        time(
                                milliseconds,
                                "/api/v1/tasks, walls on",
                                counts,
                                () -> userTasks.list(new UserTasks.Search(null, null, null), PageRequest.of(0, PAGE)));
                    });
                }
                print(open, milliseconds);
            }
        }
    }

    private static Task waitingTask(ProcessEngine engine) {
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "waiting.bpmn",
                        Bpmn.createExecutableProcess("waiting")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .userTask()
                                .camundaCandidateGroups("coordinator")
                                .endEvent()
                                .done())
                .deploy();
        String instance = engine.getRuntimeService()
                .startProcessInstanceByKey("waiting", "WAITING")
                .getId();
        return engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .singleResult();
    }

    private static void bareList(ProcessEngine engine) {
        engine.getTaskService()
                .createTaskQuery()
                .taskCandidateGroupIn(List.of("coordinator"))
                .taskUnassigned()
                .orderByTaskCreateTime()
                .asc()
                .listPage(0, PAGE);
        engine.getTaskService()
                .createTaskQuery()
                .taskCandidateGroupIn(List.of("coordinator"))
                .taskUnassigned()
                .count();
    }

    private static void time(Map<String, List<Double>> milliseconds, String what, boolean counts, Runnable work) {
        long began = System.nanoTime();
        work.run();
        double taken = (System.nanoTime() - began) / 1e6;
        if (counts) {
            milliseconds.computeIfAbsent(what, unused -> new ArrayList<>()).add(taken);
        }
    }

    private static void print(int open, Map<String, List<Double>> milliseconds) {
        double bare = percentile(milliseconds.get("bare engine"), 95);
        milliseconds.forEach((what, taken) -> System.out.printf(
                "%-12d %-28s %10.2f %10.2f %18.2f%n",
                open, what, percentile(taken, 50), percentile(taken, 95), percentile(taken, 95) / bare));
    }

    private static double percentile(List<Double> values, int percent) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    /** Copies the rows of one process that waits at one task, each copy with ids of its own. */
    private void multiply(String schema, Task pattern, int copies) {
        tables.sql(
                        """
                        with copy as materialized (
                          select gen_random_uuid()::text as id, number from generate_series(1, :copies) number),
                        instance as (
                          insert into %1$s.act_ru_execution
                          select (jsonb_populate_record(e, jsonb_build_object('id_', copy.id, 'proc_inst_id_', copy.id,
                            'root_proc_inst_id_', copy.id, 'business_key_', 'COPY/' || copy.id))).*
                          from %1$s.act_ru_execution e, copy where e.id_ = :instance),
                        task as (
                          insert into %1$s.act_ru_task
                          select (jsonb_populate_record(t, jsonb_build_object('id_', copy.id, 'execution_id_', copy.id,
                            'proc_inst_id_', copy.id,
                            'create_time_', t.create_time_ - make_interval(secs => copy.number)))).*
                          from %1$s.act_ru_task t, copy where t.id_ = :task)
                        insert into %1$s.act_ru_identitylink
                        select (jsonb_populate_record(l, jsonb_build_object('id_', gen_random_uuid()::text,
                          'task_id_', copy.id))).*
                        from %1$s.act_ru_identitylink l, copy where l.task_id_ = :task"""
                                .formatted(schema))
                .param("copies", copies)
                .param("instance", pattern.getProcessInstanceId())
                .param("task", pattern.getId())
                .update();
        for (String table : List.of("act_ru_execution", "act_ru_task", "act_ru_identitylink")) {
            tables.sql("vacuum analyze " + schema + "." + table).update();
        }
    }
}
