package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;

import io.fieldwright.OwnApplicationTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.logistics.DismantleOrder;
import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.sites.Site;
import io.fieldwright.workflow.UserTasks;
import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** How much a request asks of the database; what it costs beside the bare engine is for the benchmark. */
@OwnApplicationTest
@Import(CountedStatements.OfTheApplication.class)
class StatementCountTests {

    /** The engine's own part of this is 25. */
    private static final int MOST_FOR_A_SCAN = 90;

    /** Who asks, the page and the total; and for each of the two transactions in whose name it runs. */
    private static final int MOST_FOR_A_LIST = 5;

    /** In whose name it runs, the right to the filter, the filter, the tasks and the process they are of. */
    private static final int MOST_FOR_A_PAGE_IN_TASKLIST = 5;

    /** The same without the process. */
    private static final int MOST_FOR_A_COUNT_IN_TASKLIST = 4;

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    FilterService filters;

    @Autowired
    TaskService tasks;

    @Autowired
    UserTasks userTasks;

    @Autowired
    WebApplicationContext context;

    @Autowired
    @Qualifier("springSecurityFilterChain")
    Filter security;

    private Field field;

    @BeforeEach
    void furnish() {
        field = fields.getObject().furnish();
    }

    @Test
    void theScanStepStaysWithinItsStatements() {
        scan(order(field.site("WARM-UP", false)));
        DismantleRecord record = order(field.site);

        assertThat(scan(record)).hasSizeLessThanOrEqualTo(MOST_FOR_A_SCAN);
    }

    @Test
    void listsTakeTheSameStatementsHoweverMuchTheyShow() throws Exception {
        for (int number = 0; number < 10; number++) {
            order(field.site("SITE-" + number, false));
        }

        me("asset-owner");

        assertThat(list("/api/v1/tasks", "asset-owner")).hasSizeLessThanOrEqualTo(MOST_FOR_A_LIST);
        assertThat(list("/api/v1/dismantle-records", "asset-owner")).hasSizeLessThanOrEqualTo(MOST_FOR_A_LIST);
    }

    @Test
    void tasklistTakesTheSameStatementsHoweverMuchItShows() {
        for (int number = 0; number < 10; number++) {
            order(field.site("SITE-" + number, false));
        }
        String offered = filters.createFilterQuery()
                .filterName("Offered to my groups")
                .singleResult()
                .getId();
        TaskQuery oldestFirst = tasks.createTaskQuery().orderByTaskCreateTime().asc();

        field.as("asset-owner", () -> {
            CountedStatements.take();
            assertThat(filters.listPage(offered, oldestFirst, 0, 20)).hasSize(10);
            assertThat(CountedStatements.take()).hasSizeLessThanOrEqualTo(MOST_FOR_A_PAGE_IN_TASKLIST);
            assertThat(filters.count(offered)).isEqualTo(10);
            assertThat(CountedStatements.take()).hasSizeLessThanOrEqualTo(MOST_FOR_A_COUNT_IN_TASKLIST);
        });
    }

    @Test
    void whoeverWasHereBeforeIsKnownByOneStatement() throws Exception {
        me("driver");

        assertThat(me("driver")).hasSize(2).first().asString().contains("set_config");
    }

    private List<String> me(String role) throws Exception {
        CountedStatements.take();
        MockMvcBuilders.webAppContextSetup(context)
                .addFilters(security)
                .build()
                .perform(get("/api/v1/me").header(HttpHeaders.AUTHORIZATION, credentials(role)))
                .andExpect(jsonPath("$.organisation").value(field.circle));
        return CountedStatements.take();
    }

    private String credentials(String role) {
        return "Basic "
                + HttpHeaders.encodeBasicAuth(
                        RoleHolders.username(field.circle, role), RoleHolders.PASSWORD, StandardCharsets.UTF_8);
    }

    private DismantleRecord order(Site site) {
        DismantleRecord record = field.as(
                "project-manager",
                () -> field.dismantleRecords.order(
                        new DismantleOrder(field.project.id(), site.id(), field.crew.id(), null)));
        field.runJobs(record.businessKey());
        return record;
    }

    private List<String> scan(DismantleRecord record) {
        field.complete("asset-owner", record.businessKey(), "Task_AuthoriseDismantle", "answer", "authorise");
        String task = field.task(record.businessKey(), "Task_DismantleAndScan").getId();
        String serials = record.siteId().equals(field.site.id())
                ? field.radios.get(0).serialNumber() + "\n"
                        + field.radios.get(1).serialNumber()
                : "";
        return field.as("field-engineer", () -> {
            CountedStatements.take();
            userTasks.complete(task, Map.of("scannedSerials", serials, "bulkLines", "feeder, working, 40"));
            return CountedStatements.take();
        });
    }

    private List<String> list(String path, String role) throws Exception {
        var http =
                MockMvcBuilders.webAppContextSetup(context).addFilters(security).build();
        CountedStatements.take();
        http.perform(get(path).header(HttpHeaders.AUTHORIZATION, credentials(role)))
                .andExpect(jsonPath("$.total").value(10));
        return CountedStatements.take();
    }
}
