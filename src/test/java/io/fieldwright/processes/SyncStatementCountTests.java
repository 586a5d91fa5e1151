package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwright.OwnApplicationTest;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.sync.Devices;
import io.fieldwright.fieldwork.sync.SyncOperations;
import io.fieldwright.fieldwork.sync.SyncTasks;
import io.fieldwright.people.SignedInPerson;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.annotation.Import;

/** How much a device asks of the database. */
@OwnApplicationTest
@Import(CountedStatements.OfTheApplication.class)
class SyncStatementCountTests {

    private static final int TASKS = 50;

    /** The device, how far changes are told, the tasks, their equipment, what is the caller's, resolutions; twice in whose name. */
    private static final int MOST_FOR_A_PAGE = 8;

    private static final int MOST_FOR_AN_ANSWER = 25;

    @Autowired
    ObjectProvider<Visit> visits;

    @Autowired
    Devices devices;

    @Autowired
    SyncTasks tasks;

    @Autowired
    SyncOperations operations;

    @Autowired
    TestRestTemplate http;

    private Visit visit;
    private Phone phone;

    @BeforeEach
    void furnish() {
        visit = visits.getObject().furnish();
        phone = new Phone(http, visit.engineer());
        asEngineer(person -> devices.register(person, phone.id, "Phone", "Android"));
    }

    private <T> T asEngineer(Function<SignedInPerson, T> work) {
        return visit.field.asPerson(
                visit.engineer(), () -> work.apply(SignedInPerson.current().orElseThrow()));
    }

    @Test
    void pageOfTasksTakesTheSameStatementsHoweverManyThereAre() {
        visit.order(false);
        for (int number = 2; number <= TASKS; number++) {
            visit.field.site = visit.field.site("PUNE-" + number, false);
            visit.order(false);
        }

        List<String> sent = asEngineer(person -> {
            CountedStatements.take();
            assertThat(tasks.changes(person, phone.id, null, 100).tasks()).hasSize(TASKS);
            return CountedStatements.take();
        });

        assertThat(sent).hasSizeLessThanOrEqualTo(MOST_FOR_A_PAGE);
    }

    @Test
    void operationTakesFewStatementsHoweverMuchWasSentBefore() {
        FieldTask task = visit.order(false);
        Phone.Attempt attempt = phone.attempt(task).start();
        for (int number = 0; number < 100; number++) {
            attempt.say(
                    "FIX",
                    "latitude",
                    18,
                    "longitude",
                    73,
                    "fixedAt",
                    Instant.now().toString());
        }
        send(attempt.operations.subList(0, 100));

        assertThat(send(attempt.operations.subList(100, 101))).hasSizeLessThanOrEqualTo(MOST_FOR_AN_ANSWER);
    }

    private List<String> send(List<ObjectNode> sent) {
        return asEngineer(person -> {
            CountedStatements.take();
            operations.receive(person, phone.id, Instant.now(), List.copyOf(sent));
            return CountedStatements.take();
        });
    }
}
