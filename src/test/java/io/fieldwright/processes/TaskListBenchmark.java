package io.fieldwright.processes;

import io.fieldwright.OwnApplicationTest;
import io.fieldwright.TableOwner;
import io.fieldwright.workflow.UserTasks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;
import org.springframework.data.domain.PageRequest;
import org.springframework.test.context.TestPropertySource;

/**
 * First page and count of a coordinator's task list with the walls on, beside the same of an engine without anything of
 * ours, tenants and authorisation included, over as many rows of its own, in turns: the engine's query beside its query,
 * Tasklist's saved list beside a saved list; the domain API's service beside the query. How to run it is in
 * bench/README.md; it asserts nothing and is not part of the build.
 */
@OwnApplicationTest
@TestPropertySource(
        properties = {"fieldwright.database.directory=target/benchmark", "fieldwright.database.disposable=false"})
class TaskListBenchmark {

    private static final List<Integer> OPEN_TASKS = List.of(1_000, 10_000, 100_000);
    private static final int PAGE = 20;
    private static final int WARM_UP = 300;
    private static final int MEASURED = 300;

    private static final String BARE_QUERY = "bare engine, query";
    private static final String BARE_LIST = "bare engine, saved list";

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    TableOwner tables;

    @Autowired
    ProcessEngine ours;

    @Autowired
    FlywayConnectionDetails owner;

    @Autowired
    UserTasks userTasks;

    @Test
    void printsTheTaskListBesideTheBareQuery() throws Exception {
        Field field = fields.getObject().furnish();
        Task task = field.task(field.allocate().businessKey(), "Task_AssignTeam");
        Filter offered = ours.getFilterService()
                .createFilterQuery()
                .filterName("Offered to my groups")
                .singleResult();
        UserTasks.Search any = new UserTasks.Search(null, null, null);
        PageRequest firstPage = PageRequest.of(0, PAGE);
        System.out.printf(
                "%-12s %-28s %10s %10s %18s %18s%n",
                "open tasks", "page and count", "p50 ms", "p95 ms", "p95 beside query", "p95 beside list");
        try (BareEngine other = new BareEngine(owner)) {
            Task bare = waitingTask(other.engine());
            Filter saved = savedList(other.engine());
            int present = 1;
            for (int open : OPEN_TASKS) {
                multiply("public", task, open - present);
                multiply("bare_engine", bare, open - present);
                present = open;
                Map<String, List<Double>> milliseconds = new LinkedHashMap<>();
                for (int round = -WARM_UP; round < MEASURED; round++) {
                    boolean counts = round >= 0;
                    field.as("coordinator", () -> {
                        time(milliseconds, BARE_QUERY, counts, () -> query(other.engine()));
                        time(milliseconds, "query, walls on", counts, () -> query(ours));
                        time(milliseconds, "/api/v1/tasks, walls on", counts, () -> userTasks.list(any, firstPage));
                        time(milliseconds, BARE_LIST, counts, () -> list(other.engine(), saved));
                        time(milliseconds, "Tasklist, walls on", counts, () -> list(ours, offered));
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

    private static Filter savedList(ProcessEngine engine) {
        Filter list = engine.getFilterService().newTaskFilter("Offered");
        list.setQuery(offered(engine));
        return engine.getFilterService().saveFilter(list);
    }

    private static TaskQuery offered(ProcessEngine engine) {
        return engine.getTaskService()
                .createTaskQuery()
                .taskCandidateGroupIn(List.of("coordinator"))
                .taskUnassigned();
    }

    private static void query(ProcessEngine engine) {
        offered(engine).orderByTaskCreateTime().asc().listPage(0, PAGE);
        offered(engine).count();
    }

    private static void list(ProcessEngine engine, Filter list) {
        engine.getFilterService()
                .listPage(
                        list.getId(),
                        engine.getTaskService()
                                .createTaskQuery()
                                .orderByTaskCreateTime()
                                .asc(),
                        0,
                        PAGE);
        engine.getFilterService().count(list.getId());
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
        double query = percentile(milliseconds.get(BARE_QUERY), 95);
        double list = percentile(milliseconds.get(BARE_LIST), 95);
        milliseconds.forEach((what, taken) -> {
            double p95 = percentile(taken, 95);
            System.out.printf(
                    "%-12d %-28s %10.2f %10.2f %18.2f %18.2f%n",
                    open, what, percentile(taken, 50), p95, p95 / query, p95 / list);
        });
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
