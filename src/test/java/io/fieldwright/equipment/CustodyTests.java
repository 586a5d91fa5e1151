package io.fieldwright.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.fieldwright.TableOwner;
import io.fieldwright.api.Problem;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.processes.CountedStatements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;

class CustodyTests extends EquipmentTest {

    /** Rows that are written at once. */
    private static final int BATCH = 50;

    @Autowired
    private TableOwner tables;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private PersonDirectory directory;

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void registrationBeginsTheChainWhereTheItemIs() {
        EquipmentItem item = register("SN-1");

        assertThat(equipment.custody(item.id())).singleElement().satisfies(entry -> {
            assertThat(entry.sequence()).isEqualTo(1);
            assertThat(entry.from()).isNull();
            assertThat(entry.to()).isEqualTo(site);
            assertThat(entry.recordedBy()).isEqualTo("a.rao");
            assertThat(entry.evidence()).isEqualTo("registered");
        });
    }

    @Test
    void eachHandOverContinuesWhereTheOneBeforeEnded() {
        EquipmentItem item = register("SN-1");
        Place vehicle = place(circle, Place::vehicle);
        List<UUID> ids = List.of(item.id());

        equipment.handOver(ids, handOver(site, vehicle));
        equipment.handOver(ids, handOver(vehicle, Place.lost()));
        equipment.handOver(ids, handOver(Place.lost(), warehouse));

        assertThat(equipment.custody(item.id()))
                .extracting(CustodyEntry::sequence, CustodyEntry::from, CustodyEntry::to)
                .containsExactly(
                        tuple(1, null, site),
                        tuple(2, site, vehicle),
                        tuple(3, vehicle, Place.lost()),
                        tuple(4, Place.lost(), warehouse));
        assertThat(equipment.item(item.id()).place()).isEqualTo(warehouse);
        assertThat(equipment.at(warehouse))
                .extracting(EquipmentItem::serialNumber)
                .containsExactly("SN-1");
        assertThat(equipment.at(site)).isEmpty();
        assertThat(equipment.custodyBreaks(circle)).isEmpty();
    }

    @Test
    void anItemThatIsElsewhereStopsTheWholeHandOver() {
        EquipmentItem here = register("SN-1");
        EquipmentItem gone = register("SN-2");
        equipment.handOver(List.of(gone.id()), handOver(site, warehouse));
        Place vehicle = place(circle, Place::vehicle);

        assertThatThrownBy(() -> equipment.handOver(List.of(here.id(), gone.id()), handOver(site, vehicle)))
                .asInstanceOf(type(Problem.class))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(HttpStatus.CONFLICT))
                .satisfies(problem -> assertThat(problem).hasMessageContaining("SN-2 is not at " + site));

        assertThat(equipment.item(here.id()).place()).isEqualTo(site);
        assertThat(equipment.custody(here.id())).hasSize(1);
    }

    @Test
    void anUnknownItemStopsTheWholeHandOver() {
        EquipmentItem item = register("SN-1");
        UUID unknown = UUID.randomUUID();

        assertThatThrownBy(() -> equipment.handOver(List.of(item.id(), unknown), handOver(site, warehouse)))
                .isInstanceOf(Problem.class)
                .hasMessage("There is no equipment item " + unknown + ".");
        assertThat(equipment.custody(item.id())).hasSize(1);
    }

    @Test
    void aHandOverNobodySignedOrToTheSamePlaceIsRefusedNamingEachField() {
        EquipmentItem item = register("SN-1");
        HandOver unsigned = new HandOver(site, site, handOver(site, site).at(), "", " ", 91.0, null, "");

        assertThatThrownBy(() -> equipment.handOver(List.of(item.id()), unsigned))
                .asInstanceOf(type(Problem.class))
                .extracting(Problem::errors)
                .asInstanceOf(list(Problem.FieldError.class))
                .extracting(Problem.FieldError::field)
                .containsExactlyInAnyOrder("to", "handedOverBy", "receivedBy", "evidence", "longitude", "latitude");
    }

    @Test
    void ofTwoHandOversAtTheSameMomentOneSucceedsAndOneIsRefused() throws Exception {
        for (int round = 0; round < 10; round++) {
            EquipmentItem item = register("SN-" + round);
            Place first = place(circle, Place::vehicle);
            Place second = place(circle, Place::vehicle);

            List<Throwable> failures = atOnce(
                    () -> equipment.handOver(List.of(item.id()), handOver(site, first)),
                    () -> equipment.handOver(List.of(item.id()), handOver(site, second)));

            assertThat(failures)
                    .singleElement()
                    .asInstanceOf(type(Problem.class))
                    .extracting(Problem::status)
                    .isEqualTo(HttpStatus.CONFLICT);
            assertThat(equipment.custody(item.id())).hasSize(2);
        }
        assertThat(equipment.custodyBreaks(circle)).isEmpty();
    }

    @Test
    void ofTwoRegistrationsOfOneSerialNumberAtTheSameMomentOneIsRefused() throws Exception {
        for (int round = 0; round < 10; round++) {
            String serialNumber = "SN-" + round;

            List<Throwable> failures = atOnce(() -> register(serialNumber), () -> register(serialNumber));

            assertThat(failures)
                    .singleElement()
                    .asInstanceOf(type(Problem.class))
                    .satisfies(problem -> {
                        assertThat(problem.status()).isEqualTo(HttpStatus.CONFLICT);
                        assertThat(problem.errors())
                                .extracting(Problem.FieldError::field)
                                .containsExactly("serialNumber");
                    });
        }
    }

    @Test
    void handOversOfTheSameItemsInOppositeOrderDoNotBlockEachOther() throws Exception {
        List<UUID> ids = registerMany(50).stream().map(EquipmentItem::id).toList();
        List<UUID> reversed = new ArrayList<>(ids);
        Collections.reverse(reversed);

        List<Throwable> failures = atOnce(
                () -> equipment.handOver(ids, handOver(site, warehouse)),
                () -> equipment.handOver(reversed, handOver(site, warehouse)));

        assertThat(failures).singleElement().isInstanceOf(Problem.class);
        assertThat(equipment.at(warehouse)).hasSize(50);
        assertThat(equipment.custodyBreaks(circle)).isEmpty();
    }

    @Test
    void whoReadAnItemBeforeItMovedCannotMoveItFromWhereItWas() {
        EquipmentItem item = register("SN-1");
        Place vehicle = place(circle, Place::vehicle);

        Throwable refusal = catchThrowable(() -> transaction.executeWithoutResult(status -> {
            equipment.item(item.id());
            runElsewhere(() -> equipment.handOver(List.of(item.id()), handOver(site, warehouse)));
            equipment.handOver(List.of(item.id()), handOver(site, vehicle));
        }));

        assertThat(refusal).isInstanceOf(ConcurrencyFailureException.class);
        assertThat(equipment.item(item.id()).place()).isEqualTo(warehouse);
        assertThat(equipment.custody(item.id())).hasSize(2);
    }

    @Test
    void theNumberOfStatementsGrowsByFullBatchesOnly() {
        List<UUID> ids = registerMany(1000).stream().map(EquipmentItem::id).toList();

        CountedStatements.take();
        equipment.handOver(ids.subList(0, 10), handOver(site, warehouse));
        List<String> forTen = CountedStatements.take();
        equipment.handOver(ids.subList(0, 10), handOver(warehouse, site));
        CountedStatements.take();
        equipment.handOver(ids, handOver(site, warehouse));
        List<String> forThousand = CountedStatements.take();

        assertThat(forTen).as("in whose name, lock, append, move").hasSize(4);
        assertThat(forThousand).hasSize(2 + 2 * 1000 / BATCH);
        assertThat(equipment.at(warehouse)).hasSize(1000);
        assertThat(equipment.custodyBreaks(circle)).isEmpty();
    }

    @Test
    void whatIsAtAPlaceComesWithModelAndCategoryInOneStatement() {
        registerMany(20);

        CountedStatements.take();
        List<EquipmentItem> found = equipment.at(site);

        assertThat(found)
                .hasSize(20)
                .isSortedAccordingTo(Comparator.comparing(EquipmentItem::serialNumber))
                .allSatisfy(item -> assertThat(item.model().category().code()).isEqualTo("radio"));
        assertThat(CountedStatements.take()).as("in whose name, items").hasSize(2);
    }

    @Test
    void aRegistrationOfManyTakesMoreBatchesThanOneOfFewAndNothingElse() {
        equipment.registerAll(List.of(newItem("A"), newItem("B")));
        CountedStatements.take();
        equipment.registerAll(List.of(newItem("C"), newItem("D")));
        List<String> forTwo = CountedStatements.take();
        registerMany(500);

        assertThat(forTwo).hasSizeGreaterThan(2);
        assertThat(CountedStatements.take()).hasSize(forTwo.size() - 2 + 2 * 500 / BATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update custody_entry set evidence = 'forged' where tenant_id = :tenant",
                "delete from custody_entry where tenant_id = :tenant"
            })
    void theDatabaseRefusesToChangeTheChain(String forgery) {
        EquipmentItem item = register("SN-1");

        for (JdbcClient.StatementSpec statement : List.of(tables.sql(forgery), jdbc.sql(forgery))) {
            assertThatThrownBy(() -> statement.param("tenant", circle).update())
                    .rootCause()
                    .hasMessageContaining("custody is append-only");
        }
        assertThat(equipment.custody(item.id())).hasSize(1);
    }

    /** The application lacks the right; the owner meets the guard of the audit, and behind it that of the chain. */
    @ParameterizedTest
    @ValueSource(strings = {"truncate custody_entry", "truncate custody_entry, equipment_item cascade"})
    void theDatabaseRefusesToTruncateTheChain(String forgery) {
        EquipmentItem item = register("SN-1");

        assertThatThrownBy(() -> jdbc.sql(forgery).update())
                .rootCause()
                .hasMessageContaining("permission denied for table custody_entry");
        assertThatThrownBy(() -> tables.sql(forgery).update())
                .rootCause()
                .hasMessageContaining("rows of custody_entry are deleted, not truncated");
        assertThatThrownBy(() -> tables.withoutTrigger("custody_entry", "audit_truncate", () -> tables.sql(forgery)
                        .update()))
                .rootCause()
                .hasMessageContaining("custody is append-only");
        assertThat(equipment.custody(item.id())).hasSize(1);
    }

    @Test
    void theDatabaseRefusesEntriesThatDoNotContinueTheChain() {
        EquipmentItem item = register("SN-1");

        assertThatThrownBy(() -> insertEntry(item, 2, warehouse, site)).hasMessageContaining("does not continue");
        assertThatThrownBy(() -> insertEntry(item, 3, site, warehouse)).hasMessageContaining("does not continue");
        assertThatThrownBy(() -> insertEntry(item, 1, site, warehouse)).hasMessageContaining("check");
    }

    @Test
    void theVerificationFindsAnItemThatWasMovedBehindTheServicesBack() {
        EquipmentItem item = register("SN-1");
        tables.sql("update equipment_item set place_id = :elsewhere where id = :id")
                .param("elsewhere", UUID.randomUUID())
                .param("id", item.id())
                .update();

        assertThat(equipment.custodyBreaks(circle))
                .containsExactly(new CustodyBreak(item.id(), "SN-1", 1, "the item is not where its last entry ended"));
        assertThat(equipment.custodyBreaks(otherCircle)).isEmpty();
    }

    @Test
    void theVerificationFindsEntriesThatAreMissing() {
        EquipmentItem item = register("SN-1");
        Place vehicle = place(circle, Place::vehicle);
        equipment.handOver(List.of(item.id()), handOver(site, vehicle));
        equipment.handOver(List.of(item.id()), handOver(vehicle, warehouse));
        EquipmentItem bare = register("SN-2");
        EquipmentItem shortened = register("SN-3");
        equipment.handOver(List.of(shortened.id()), handOver(site, warehouse));

        tables.withoutTriggers("custody_entry", () -> {
            tables.sql("delete from custody_entry where item_id = :id and sequence = 2")
                    .param("id", item.id())
                    .update();
            tables.sql("delete from custody_entry where item_id = :id")
                    .param("id", bare.id())
                    .update();
            tables.sql("update custody_entry set from_id = :id where item_id = :item and sequence = 2")
                    .param("id", UUID.randomUUID())
                    .param("item", shortened.id())
                    .update();
        });

        assertThat(equipment.custodyBreaks(circle))
                .containsExactly(
                        new CustodyBreak(item.id(), "SN-1", 3, "an entry before this one is missing"),
                        new CustodyBreak(bare.id(), "SN-2", 0, "nothing says how the item came here"),
                        new CustodyBreak(shortened.id(), "SN-3", 2, "it starts where the entry before did not end"));
    }

    @Test
    void aComponentTravelsWithItsItemAndIsPartedWhenOnlyOneOfThemMoves() {
        EquipmentItem cabinet = register("CABINET");
        EquipmentItem rectifier = register("RECTIFIER");
        EquipmentItem fan = register("FAN");
        equipment.attach(rectifier.id(), cabinet.id());
        equipment.attach(fan.id(), cabinet.id());

        equipment.handOver(List.of(cabinet.id(), rectifier.id()), handOver(site, warehouse));
        assertThat(equipment.item(rectifier.id()).parentId()).isEqualTo(cabinet.id());
        assertThat(equipment.item(fan.id()).parentId()).isNull();
        assertThat(equipment.item(fan.id()).place()).isEqualTo(site);

        equipment.handOver(List.of(rectifier.id()), handOver(warehouse, site));
        assertThat(equipment.item(rectifier.id()).parentId()).isNull();
    }

    @Test
    void componentsCannotFormACircleOrSpanPlacesOrTenants() {
        EquipmentItem cabinet = register("CABINET");
        EquipmentItem shelf = register("SHELF");
        EquipmentItem card = register("CARD");
        equipment.attach(shelf.id(), cabinet.id());
        equipment.attach(card.id(), shelf.id());
        assertThatThrownBy(() -> equipment.attach(cabinet.id(), card.id())).hasMessageContaining("cannot be part");
        assertThatThrownBy(() -> equipment.attach(cabinet.id(), cabinet.id())).hasMessageContaining("cannot be part");

        EquipmentItem away = register("AWAY");
        equipment.handOver(List.of(away.id()), handOver(site, warehouse));
        assertThatThrownBy(() -> equipment.attach(card.id(), away.id())).hasMessageContaining("the item is at");

        EquipmentItem foreign = equipment.register(new NewItem(
                otherCircle,
                otherModel.id(),
                "FOREIGN",
                Condition.NEW,
                IN_SERVICE,
                place(otherCircle, Place::site),
                "b.iyer"));
        assertThatThrownBy(() -> equipment.attach(card.id(), foreign.id()))
                .hasMessageContaining("parentId: there is no");
    }

    @Test
    void aPersonOfAnotherCircleCannotHandOverOrReadTheChain() {
        EquipmentItem item = register("SN-1");
        signIn(coordinatorOf(otherCircle));

        String unknown = "There is no equipment item " + item.id() + ".";
        assertThatThrownBy(() -> equipment.handOver(List.of(item.id()), handOver(site, warehouse)))
                .hasMessage(unknown);
        assertThatThrownBy(() -> equipment.custody(item.id())).hasMessage(unknown);
        assertThatThrownBy(() -> equipment.recordCondition(item.id(), Condition.SCRAP))
                .hasMessage(unknown);
        assertThat(equipment.items(List.of(item.id()))).isEmpty();
        assertThat(equipment.at(site)).isEmpty();
        assertThat(equipment.findBySerial(circle, "SN-1")).isEmpty();
        assertThatThrownBy(() -> equipment.custodyBreaks(circle))
                .hasMessage("There is no organisation " + circle + ".");
    }

    @Test
    void theChainNamesThePersonWhoRecordedIt() {
        EquipmentItem item = register("SN-1");
        signIn(coordinatorOf(circle));

        equipment.handOver(List.of(item.id()), handOver(site, warehouse));

        assertThat(equipment.custody(item.id()).get(1).recordedBy()).isEqualTo(coordinatorOf(circle));
    }

    private void signIn(String username) {
        SignedInPerson person = directory.loadUserByUsername(username);
        SecurityContextHolder.getContext()
                .setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(person, null, person.getAuthorities()));
    }

    private void insertEntry(EquipmentItem item, int sequence, Place from, Place to) {
        tables.sql(
                        """
                        insert into custody_entry (id, version, tenant_id, item_id, sequence, from_kind, from_id, to_kind,
                          to_id, handed_over_at, handed_over_by, received_by, evidence, recorded_by)
                        values (:id, 0, :tenant, :item, :sequence, :fromKind, :fromId, :toKind, :toId, now(), 'a', 'b', 'c', 'd')
                        """)
                .param("id", UUID.randomUUID())
                .param("tenant", item.tenantId())
                .param("item", item.id())
                .param("sequence", sequence)
                .param("fromKind", from.kind().name())
                .param("fromId", from.id())
                .param("toKind", to.kind().name())
                .param("toId", to.id())
                .update();
    }

    private static void runElsewhere(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<Throwable> atOnce(Runnable... works) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(works.length);
        CyclicBarrier start = new CyclicBarrier(works.length);
        try {
            List<Future<Throwable>> futures = Stream.of(works)
                    .map(work -> executor.submit(() -> {
                        start.await();
                        return catchThrowable(work::run);
                    }))
                    .toList();
            List<Throwable> failures = new ArrayList<>();
            for (Future<Throwable> future : futures) {
                failures.add(future.get());
            }
            return failures.stream().filter(Objects::nonNull).toList();
        } finally {
            executor.shutdownNow();
        }
    }
}
