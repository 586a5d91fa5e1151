package io.fieldwright.processes;

import static io.fieldwright.RoleHolders.username;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.TableOwner;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.HandOver;
import io.fieldwright.equipment.Place;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.tenancy.TenantScope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a device fetches before it goes offline, and who its devices are. */
@FieldwrightTest
class TaskSyncTests {

    @Autowired
    ObjectProvider<Visit> visits;

    @Autowired
    TestRestTemplate http;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TableOwner owner;

    @Autowired
    TransactionTemplate transaction;

    Visit visit;
    Field field;
    Phone phone;

    @BeforeEach
    void furnish() {
        visit = visits.getObject().furnish();
        field = visit.field;
        phone = new Phone(http, visit.engineer()).register();
    }

    /** The phone, once all transactions have ended that are under way, the application's own among them: nothing is told twice. */
    private Phone settled() {
        String underWay = jdbc.sql("select pg_snapshot_xmax(pg_current_snapshot())::text")
                .query(String.class)
                .single();
        Awaitility.await()
                .until(() -> jdbc.sql("select pg_snapshot_xmin(pg_current_snapshot()) >= cast(:underWay as xid8)")
                        .param("underWay", underWay)
                        .query(Boolean.class)
                        .single());
        return phone;
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.forEach(
                one -> ids.add(one.isTextual() ? one.asText() : one.get("id").asText()));
        return ids;
    }

    private void touch(FieldTask task) {
        inTransaction(() -> assertThat(jdbc.sql("update field_task set remark = 'look again' where id = :id")
                        .param("id", task.id())
                        .update())
                .isEqualTo(1));
    }

    private void inTransaction(Runnable work) {
        TenantScope.asSystem(() -> transaction.executeWithoutResult(status -> work.run()));
    }

    @Test
    void taskComesWithAllThatIsNeededWithoutANetwork() {
        FieldTask task = visit.order(false);

        JsonNode page = settled().pull(null);

        JsonNode synced = page.get("tasks").get(0);
        assertThat(page.get("tasks")).hasSize(1);
        assertThat(synced.get("id").asText()).isEqualTo(task.id().toString());
        assertThat(synced.get("tenantId").asText()).isEqualTo(task.tenantId());
        assertThat(synced.get("state").asText()).isEqualTo("OFFERED");
        assertThat(synced.get("mine").asBoolean()).isFalse();
        assertThat(synced.get("site").get("code").asText()).isEqualTo("PUNE-1");
        assertThat(synced.get("site")
                        .get("boundary")
                        .get("properties")
                        .get("radiusMetres")
                        .asInt())
                .isEqualTo(50);
        assertThat(synced.get("site").has("access")).isTrue();
        assertThat(synced.get("project").get("code").asText()).isEqualTo("SURVEY");
        assertThat(synced.get("team").get("code").asText()).isEqualTo("vendor-crew");
        assertThat(synced.get("requirements").get("minimumPhotos").asInt()).isEqualTo(5);
        assertThat(synced.get("expectedSerials"))
                .extracting(expected -> expected.get("serialNumber").asText())
                .containsExactlyElementsOf(
                        field.radios.stream().map(radio -> radio.serialNumber()).toList());
        assertThat(ids(page.get("mine"))).containsExactly(task.id().toString());
        assertThat(page.get("more").asBoolean()).isFalse();
        assertThat(phone.tryToPull(task).getBody()).isEqualTo(synced);
    }

    @Test
    void onlyWhatChangedIsToldAgain() {
        FieldTask first = visit.order(false);
        FieldTask second = visit.orderAt("PUNE-2");
        String cursor = settled().pull(null).get("cursor").asText();
        assertThat(settled().pull(cursor).get("tasks")).isEmpty();

        phone.send(phone.attempt(first).accept().operations);

        JsonNode page = settled().pull(cursor);
        assertThat(ids(page.get("tasks"))).containsExactly(first.id().toString());
        assertThat(page.get("tasks").get(0).get("mine").asBoolean()).isTrue();
        assertThat(ids(page.get("mine")))
                .containsExactlyInAnyOrder(first.id().toString(), second.id().toString());
        assertThat(settled().pull(page.get("cursor").asText()).get("tasks")).isEmpty();
    }

    @Test
    void whatChangesAtASiteIsToldWithItsTask() throws Exception {
        FieldTask task = visit.order(false);
        String cursor = settled().pull(null).get("cursor").asText();

        field.sites.draw(
                field.site.id(),
                "*",
                visit.json.readTree(
                        """
                        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [73.8567, 18.5204]},
                         "properties": {"radiusMetres": 80}}"""));
        JsonNode drawn = settled().pull(cursor);
        EquipmentItem found = field.radio("R-3", field.site);
        JsonNode delivered = settled().pull(drawn.get("cursor").asText());
        field.equipment.handOver(
                List.of(found.id()),
                new HandOver(
                        Place.site(field.site.id()),
                        Place.warehouse(field.warehouse.id()),
                        Instant.now(),
                        "a",
                        "b",
                        null,
                        null,
                        "test"));
        JsonNode taken = settled().pull(delivered.get("cursor").asText());

        assertThat(ids(drawn.get("tasks"))).containsExactly(task.id().toString());
        assertThat(drawn.at("/tasks/0/site/boundary/properties/radiusMetres").asInt())
                .isEqualTo(80);
        assertThat(ids(delivered.get("tasks"))).containsExactly(task.id().toString());
        assertThat(serials(delivered)).contains(found.serialNumber());
        assertThat(ids(taken.get("tasks"))).containsExactly(task.id().toString());
        assertThat(serials(taken)).hasSize(2).doesNotContain(found.serialNumber());
        assertThat(settled().pull(taken.get("cursor").asText()).get("tasks")).isEmpty();
    }

    private static List<String> serials(JsonNode page) {
        List<String> serials = new ArrayList<>();
        page.at("/tasks/0/expectedSerials")
                .forEach(item -> serials.add(item.get("serialNumber").asText()));
        return serials;
    }

    @Test
    void whatConcernsNoOpenTaskOrNoDeviceIsNotTold() {
        FieldTask task = visit.order(false);
        FieldTask cancelled = visit.orderAt("PUNE-2");
        field.as("coordinator", () -> visit.fieldTasks.requestCancellation(cancelled.id(), "not needed"));
        field.runJobs(cancelled.businessKey());
        String cursor = settled().pull(null).get("cursor").asText();

        field.radio("R-9", field.site);
        TenantScope.asSystem(() -> {
            field.equipment.verify(field.radios.stream().map(EquipmentItem::id).toList(), Instant.now(), "somebody");
            jdbc.sql("update site set kind = 'mast' where id = :id")
                    .param("id", task.siteId())
                    .update();
        });

        assertThat(settled().pull(cursor).get("tasks")).isEmpty();
    }

    @Test
    void pagesTellEveryTaskOnce() {
        List<String> ordered = new ArrayList<>(List.of(visit.order(false).id().toString()));
        for (int number = 2; number <= 5; number++) {
            ordered.add(visit.orderAt("PUNE-" + number).id().toString());
        }
        List<String> told = new ArrayList<>();
        String cursor = null;
        JsonNode page;
        do {
            page = settled().tryToPull(cursor, 2).getBody();
            told.addAll(ids(page.get("tasks")));
            cursor = page.get("cursor").asText();
        } while (page.get("more").asBoolean());

        assertThat(told).containsExactlyInAnyOrderElementsOf(ordered);
    }

    @Test
    void changeIsToldAtOnceAndThatOfAnEarlierTransactionWhenItIsCommitted() throws Exception {
        FieldTask slow = visit.order(false);
        FieldTask fast = visit.orderAt("PUNE-2");
        String cursor = settled().pull(null).get("cursor").asText();
        CountDownLatch changed = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        CompletableFuture<Void> earlier = CompletableFuture.runAsync(() -> inTransaction(() -> {
            touch(slow);
            changed.countDown();
            await(commit);
        }));
        changed.await();
        touch(fast);

        JsonNode meanwhile = phone.pull(cursor);
        commit.countDown();
        earlier.join();
        JsonNode after = settled().pull(meanwhile.get("cursor").asText());

        assertThat(ids(meanwhile.get("tasks"))).containsExactly(fast.id().toString());
        assertThat(ids(after.get("tasks")))
                .containsExactly(slow.id().toString(), fast.id().toString());
        assertThat(settled().pull(after.get("cursor").asText()).get("tasks")).isEmpty();
    }

    @Test
    void pageThatCannotHoldWhatIsToldEarlyDoesNotAskForMore() {
        FieldTask first = visit.order(false);
        FieldTask second = visit.orderAt("PUNE-2");
        String cursor = settled().pull(null).get("cursor").asText();
        List<JsonNode> meanwhile = new ArrayList<>();
        inTransaction(() -> {
            jdbc.sql("select pg_current_xact_id()::text").query(String.class).single();
            CompletableFuture.runAsync(() -> {
                        touch(first);
                        touch(second);
                    })
                    .join();
            meanwhile.add(phone.tryToPull(cursor, 1).getBody());
        });

        assertThat(meanwhile).singleElement().satisfies(page -> {
            assertThat(ids(page.get("tasks"))).containsExactly(first.id().toString());
            assertThat(page.get("more").asBoolean()).isFalse();
        });
        JsonNode after = settled().pull(meanwhile.get(0).get("cursor").asText());
        assertThat(ids(after.get("tasks")))
                .containsExactly(first.id().toString(), second.id().toString());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void cursorOfAnotherGenerationOrOfALostFutureStartsAnew() {
        FieldTask task = visit.order(false);
        String[] parts = new String(
                        Base64.getUrlDecoder()
                                .decode(settled().pull(null).get("cursor").asText()),
                        StandardCharsets.US_ASCII)
                .split(":");
        for (String other : List.of(
                "1:1-1-1:" + parts[2] + ":" + parts[3], "1:" + parts[1] + ":18446744073709551615:" + parts[3])) {
            String cursor =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(other.getBytes(StandardCharsets.US_ASCII));

            assertThat(ids(settled().pull(cursor).get("tasks")))
                    .containsExactly(task.id().toString());
        }
    }

    @Test
    void changeOfATransactionThatAnotherClusterHadIsToldOnceAfterTheStart() throws Exception {
        FieldTask task = visit.order(false);
        owner.withoutTriggers("field_task", () -> owner.sql(
                        "update field_task set changed_in = '18446744073709551000' where id = :id")
                .param("id", task.id())
                .update());
        owner.sql(new ClassPathResource("db/migration/afterMigrate__changes_of_another_cluster.sql")
                        .getContentAsString(StandardCharsets.UTF_8))
                .update();

        JsonNode first = settled().pull(null);

        assertThat(ids(first.get("tasks"))).containsExactly(task.id().toString());
        assertThat(settled().pull(first.get("cursor").asText()).get("tasks")).isEmpty();
    }

    @Test
    void malformedCursorIsRefused() {
        for (String cursor : List.of("x", "MTI", "%2B%2B%2B", "MToxOjk5OTk5OTk5OTk5OTk5OTk5OTk5Og")) {
            ResponseEntity<JsonNode> refusal = phone.tryToPull(cursor, 10);
            assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
            assertThat(refusal.getBody().get("errors").get(0).get("field").asText())
                    .isEqualTo("cursor");
        }
        assertThat(phone.tryToPull(null, 0).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(phone.tryToPull(null, 501).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void whoLeavesATeamIsToldNothingOfItsTasksAnyMoreAndWhoJoinsHasThemAmongTheirs() {
        FieldTask task = visit.order(false);
        visit.accept(task);
        String cursor = settled().pull(null).get("cursor").asText();
        field.staffVendorCrew();

        assertThat(settled().pull(cursor).get("mine")).isEmpty();
        assertThat(phone.tryToPull(task).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);

        field.staffVendorCrew(visit.engineer());
        assertThat(ids(settled().pull(cursor).get("mine")))
                .containsExactly(task.id().toString());
        assertThat(phone.tryToPull(task).getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    @Test
    void tasksOfOthersAreNotTold() {
        visit.order(field.crew, false);
        visits.getObject().furnish().order(false);

        JsonNode page = settled().pull(null);

        assertThat(page.get("tasks")).isEmpty();
        assertThat(page.get("mine")).isEmpty();
    }

    @Test
    void deviceIsRegisteredOnceAndIsOnePersons() {
        assertThat(phone.tryToRegister().getStatusCode()).isEqualTo(HttpStatus.OK);
        Phone thief = new Phone(http, username(field.vendor, "team-lead"));

        ResponseEntity<JsonNode> refusal = thief.caller.post(
                "/api/v1/sync/devices",
                """
                {"id": "%s", "name": "Mine now", "platform": "iOS"}""".formatted(phone.id));

        assertThat(refusal.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refusal.getBody().get("errors").get(0).get("field").asText()).isEqualTo("id");
        assertThat(ids(thief.caller.get("/api/v1/sync/devices").getBody().get("items")))
                .isEmpty();
        assertThat(ids(phone.caller.get("/api/v1/sync/devices").getBody().get("items")))
                .containsExactly(phone.id.toString());
    }

    @Test
    void nothingIsTakenFromOrToldToADeviceThatIsNotTheCallers() {
        FieldTask task = visit.order(false);
        Phone unregistered = new Phone(http, visit.engineer());
        Caller other = Caller.signedIn(http, username(field.vendor, "team-lead"), RoleHolders.PASSWORD);
        String batch =
                """
                {"device": "%s", "sentAt": "2026-01-01T00:00:00Z", "operations": [{"id": "%s"}]}"""
                        .formatted(phone.id, UUID.randomUUID());

        ResponseEntity<JsonNode> unknown =
                unregistered.tryToSend(unregistered.attempt(task).accept().operations);
        ResponseEntity<JsonNode> foreign = other.post("/api/v1/sync/operations", batch);

        assertThat(unknown.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(unknown.getBody().get("errors").get(0).get("field").asText()).isEqualTo("device");
        assertThat(foreign.getBody()).isEqualTo(unknown.getBody());
        assertThat(other.get("/api/v1/sync/tasks?device=" + phone.id).getStatusCode())
                .isEqualTo(HttpStatus.CONFLICT);
        assertThat(unregistered.tryToPull(task).getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(phone.caller.get("/api/v1/sync/tasks/" + task.id()).getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void lostDeviceIsBlockedByItsOwnerAndUnblockedByWhoManagesDevices() {
        field.holders.appoint(field.vendor, "supervisor");
        Caller manager = Caller.signedIn(http, username(field.vendor, "supervisor"), RoleHolders.PASSWORD);
        Caller colleague = Caller.signedIn(http, username(field.vendor, "team-lead"), RoleHolders.PASSWORD);
        String path = "/api/v1/sync/devices/" + phone.id;
        String reason = "{\"reason\": \"left in the train\"}";

        assertThat(colleague.post(path + "/block", reason).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        FieldTask task = visit.order(false);
        assertThat(phone.tryToPull(task).getStatusCode()).isEqualTo(HttpStatus.OK);
        JsonNode blocked = phone.caller.post(path + "/block", reason).getBody();
        assertThat(phone.tryToPull(task).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(blocked.get("blockedBy").asText()).isEqualTo(visit.engineer());
        assertThat(phone.caller.post(path + "/unblock", null).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(colleague
                        .get("/api/v1/sync/devices?person=" + visit.engineer())
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(manager.get("/api/v1/sync/devices?person=" + visit.engineer())
                        .getBody()
                        .get("items")
                        .get(0)
                        .get("blockedReason")
                        .asText())
                .isEqualTo("left in the train");
        assertThat(manager.post(path + "/unblock", null)
                        .getBody()
                        .get("blockedAt")
                        .isNull())
                .isTrue();
        Caller ofTheCircle = Caller.signedIn(http, username(field.circle, "supervisor"), RoleHolders.PASSWORD);
        assertThat(ofTheCircle.post(path + "/block", reason).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void whoIsInNoGroupHasNoFieldWork() {
        String nobody = "nobody." + field.vendor;
        field.holders.appointAs(field.vendor, nobody);
        Phone visitor = new Phone(http, nobody);

        assertThat(visitor.tryToRegister().getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(visitor.tryToPull(null, 10).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    }
}
