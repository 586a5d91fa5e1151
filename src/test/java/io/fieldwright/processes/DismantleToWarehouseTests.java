package io.fieldwright.processes;

import static io.fieldwright.RoleHolders.username;
import static io.fieldwright.processes.Field.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.TableOwner;
import io.fieldwright.api.Problem;
import io.fieldwright.equipment.Condition;
import io.fieldwright.equipment.CustodyEntry;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.NewItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.logistics.Counted;
import io.fieldwright.logistics.DismantleEvent;
import io.fieldwright.logistics.DismantleLine;
import io.fieldwright.logistics.DismantleOrder;
import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.DismantleState;
import io.fieldwright.logistics.Fleet;
import io.fieldwright.logistics.ManifestLine;
import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.ReceiptLine;
import io.fieldwright.logistics.Stock;
import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Warehouse;
import io.fieldwright.logistics.Warehouses;
import io.fieldwright.people.Team;
import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.AllocationState;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpStatus;

@FieldwrightTest
class DismantleToWarehouseTests {

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    Stock stock;

    @Autowired
    TableOwner tables;

    Field field;

    @BeforeEach
    void furnish() {
        field = fields.getObject().furnish();
    }

    @Test
    void anAllocatedSiteEndsOnTheShelfWithUnbrokenCustody() {
        Allocation allocation = field.allocate();
        String key = allocation.businessKey();
        UUID id = allocation.id();

        field.complete(
                "coordinator",
                key,
                "Task_AssignTeam",
                "teamId",
                field.vendorCrew.id().toString());
        assertThat(field.allocations.get(id).state()).isEqualTo(AllocationState.ASSIGNED);
        field.completeAs(
                RoleHolders.username(field.vendor, "team-lead"), key, "Task_AcceptAssignment", "answer", "accept");
        assertThat(field.allocations.get(id).state()).isEqualTo(AllocationState.WIP);
        field.complete("asset-owner", key, "Task_AuthoriseDismantle", "answer", "authorise");
        field.completeAs(
                RoleHolders.username(field.vendor, "field-engineer"),
                key,
                "Task_DismantleAndScan",
                "scannedSerials",
                field.radios.get(0).serialNumber() + ", working\n"
                        + field.radios.get(1).serialNumber() + ", scrap",
                "bulkLines",
                "feeder, working, 40");
        assertThat(field.record().state()).isEqualTo(DismantleState.COMPLETED);
        assertThat(field.allocations.get(id).state()).isEqualTo(AllocationState.DONE);
        field.complete(
                "transport-coordinator",
                key,
                "Task_ConfirmTrip",
                "vehicleId",
                field.truck.id().toString(),
                "driver",
                RoleHolders.username(field.circle, "driver"),
                "pickupAt",
                LocalDate.now(ZoneOffset.UTC).plusDays(1).toString());
        field.complete(
                "driver",
                key,
                "Task_SignLoading",
                "loadedSerials",
                field.radios.get(0).serialNumber() + "\n" + field.radios.get(1).serialNumber(),
                "loadedBulk",
                "feeder, working, 40",
                "sealNumber",
                "77",
                "signedBy",
                "R. Kumar");
        assertThat(field.equipment
                        .items(List.of(field.radios.get(0).id()))
                        .get(0)
                        .place())
                .isEqualTo(Place.vehicle(field.truck.id()));
        field.complete("driver", key, "Task_SignArrival", "answer", "accepted", "signedBy", "S. Keeper");
        assertThat(field.record().state()).isEqualTo(DismantleState.RECEIVED);
        field.complete(
                "storekeeper",
                key,
                "Task_CountAndScan",
                "countedSerials",
                field.radios.get(0).serialNumber() + "\n" + field.radios.get(1).serialNumber(),
                "countedBulk",
                "feeder, working, 40");
        field.complete(
                "storekeeper",
                key,
                "Task_RecordScrapCertificate",
                "certificateNumber",
                "SC-1",
                "certificateIssuer",
                "Recycler",
                "certificateDate",
                "2026-01-31");

        assertThat(field.record().state()).isEqualTo(DismantleState.CLOSED);
        assertThat(field.endEvents("site-lifecycle")).contains("EndEvent_SiteClosed", "EndEvent_SiteDone");
        assertThat(field.equipment.custodyBreaks(field.circle)).isEmpty();
        assertThat(field.equipment
                        .items(List.of(field.radios.get(0).id()))
                        .get(0)
                        .place())
                .isEqualTo(Place.warehouse(field.warehouse.id()));
        assertThat(stock.balances(field.warehouse.id()))
                .extracting(Stock.Balance::category, Stock.Balance::quantity)
                .containsExactlyInAnyOrder(tuple("feeder", 40L), tuple("radio", 1L));
    }

    private DismantleRecord order(Team team) {
        DismantleRecord record = field.as(
                "coordinator",
                () -> field.dismantleRecords.order(
                        new DismantleOrder(field.project.id(), field.site.id(), team.id(), null)));
        field.runJobs(record.businessKey());
        return record;
    }

    /** Orders a dismantle by the circle's own team and takes it to {@code task}. */
    private String orderUpTo(String task) {
        String key = order(field.crew).businessKey();
        field.goOnTo(key, task);
        return key;
    }

    private List<DismantleState> statesOf(DismantleRecord record) {
        return field.dismantleRecords.history(record.id()).stream()
                .map(DismantleEvent::toState)
                .toList();
    }

    private List<DismantleLine> lines() {
        return field.dismantleRecords.lines(field.record().id());
    }

    private EquipmentItem electronics(String serial, int ageYears) {
        return field.equipment.register(new NewItem(
                field.circle,
                field.radio.id(),
                serial,
                Condition.WORKING,
                LocalDate.now(ZoneOffset.UTC).minusYears(ageYears).minusDays(1),
                Place.site(field.site.id()),
                "test"));
    }

    private void useSite(String code, boolean needsPermit) {
        field.site = field.site(code, needsPermit);
        field.radios = List.of(field.radio("R-11", field.site), field.radio("R-12", field.site));
    }

    private void changeWarehouse(double capacityKilograms, Set<String> kinds) {
        field.warehouses.change(
                field.warehouse.id(),
                "*",
                new Warehouses.Description(
                        "Store pune-store", null, 18.52, 73.85, capacityKilograms, kinds, true, null, true));
    }

    private void changeTruck(double capacityKilograms) {
        field.fleet.changeVehicle(
                field.truck.id(), "*", new Fleet.VehicleDescription("Truck", capacityKilograms, 18.5, 73.8, true));
    }

    private List<Place> journeyOf(EquipmentItem item) {
        return field.equipment.custody(item.id()).stream().map(CustodyEntry::to).toList();
    }

    private Problem refusedWithoutEffect(String key, ThrowingCallable work) {
        List<Object> before = field.picture(key);
        Problem refusal = refusalOf(work);
        assertThat(field.picture(key)).isEqualTo(before);
        return refusal;
    }

    @Test
    void inHouseTeamTakesAnOrderedDismantleToTheShelfWithoutAnAllocation() {
        DismantleRecord record = order(field.crew);
        String key = record.businessKey();
        assertThat(record.allocationId()).isNull();
        assertThat(record.tenantId()).isEqualTo(field.circle);
        assertThat(field.openTasks(key)).containsExactly("Task_AuthoriseDismantle");

        field.goOnToTheEnd(key);

        assertThat(field.dismantleRecords.history(record.id()))
                .extracting(DismantleEvent::fromState, DismantleEvent::toState, DismantleEvent::who)
                .containsExactly(
                        tuple(null, DismantleState.PENDING, username(field.circle, "coordinator")),
                        tuple(
                                DismantleState.PENDING,
                                DismantleState.IN_PROGRESS,
                                username(field.circle, "asset-owner")),
                        tuple(
                                DismantleState.IN_PROGRESS,
                                DismantleState.COMPLETED,
                                username(field.circle, "field-engineer")),
                        tuple(DismantleState.COMPLETED, DismantleState.IN_TRANSIT, username(field.circle, "driver")),
                        tuple(DismantleState.IN_TRANSIT, DismantleState.RECEIVED, username(field.circle, "driver")),
                        tuple(
                                DismantleState.RECEIVED,
                                DismantleState.RECONCILED,
                                username(field.circle, "storekeeper")),
                        tuple(DismantleState.RECONCILED, DismantleState.CLOSED, username(field.circle, "storekeeper")));
        assertThat(field.endEvents("dismantle-to-warehouse"))
                .containsExactlyInAnyOrder("EndEvent_EquipmentSealed", "EndEvent_DismantleClosed");
        assertThat(field.endEvents("site-lifecycle")).isEmpty();
        assertThat(field.ended(key, "dismantle-to-warehouse")).isTrue();
        assertThat(field.allocations
                        .search(field.project.id(), null, Pageable.unpaged())
                        .getContent())
                .isEmpty();
        assertThat(field.radios).allSatisfy(item -> assertThat(journeyOf(item))
                .containsExactly(
                        Place.site(field.site.id()),
                        Place.vehicle(field.truck.id()),
                        Place.warehouse(field.warehouse.id())));
        assertThat(field.equipment.custodyBreaks(field.circle)).isEmpty();
        assertThat(field.receipts()).extracting(Receipt::state).containsExactly(Receipt.State.RECONCILED);
        assertThat(field.trips()).extracting(Trip::state).containsExactly(Trip.State.ARRIVED);
    }

    @Test
    void vendorsTeamWorksAnOrderInTheCollaboration() {
        DismantleRecord record = order(field.vendorCrew);
        field.goOnTo(record.businessKey(), "Task_DismantleAndScan");

        assertThat(record.tenantId()).isEqualTo(field.circle + "~" + field.vendor);
        assertThat(field.asPerson(
                                username(field.vendor, "field-engineer"), () -> field.dismantleRecords.get(record.id()))
                        .state())
                .isEqualTo(DismantleState.IN_PROGRESS);
        assertThat(field.openTaskEntities(record.businessKey()))
                .extracting(Task::getTenantId)
                .containsExactly(field.circle + "~" + field.vendor);
    }

    @Test
    void secondOrderForTheSameSiteIsRefused() {
        DismantleRecord record = order(field.crew);

        Problem refusal = refusedWithoutEffect(record.businessKey(), () -> order(field.vendorCrew));

        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly("site");
        assertThat(field.records()).hasSize(1);
    }

    @Test
    void orderForATeamThatMayNotWorkHereIsRefused() {
        Field others = fields.getObject().furnish();

        Problem refusal = refusalOf(() -> order(others.crew));

        assertThat(refusal.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly("team");
        assertThat(field.records()).isEmpty();
    }

    @Test
    void refusedOrderEndsWithItsRecordCancelled() {
        String key = orderUpTo("Task_AuthoriseDismantle");

        field.complete("asset-owner", key, "Task_AuthoriseDismantle", "answer", "refuse", "reason", "still in use");

        assertThat(field.dismantleRecords.history(field.record().id()))
                .extracting(DismantleEvent::toState, DismantleEvent::why)
                .containsExactly(tuple(DismantleState.PENDING, null), tuple(DismantleState.CANCELLED, "still in use"));
        assertThat(field.endEvents("dismantle-to-warehouse"))
                .containsExactlyInAnyOrder("EndEvent_DismantleRefused", "EndEvent_WorkWithdrawn");
        assertThat(field.ended(key, "dismantle-to-warehouse")).isTrue();
        assertThat(order(field.crew).state()).isEqualTo(DismantleState.PENDING);
    }

    @Test
    void permitIsAskedForOnlyWhereTheSiteNeedsOne() {
        useSite("PUNE-2", true);
        String key = orderUpTo("Task_ObtainPermit");

        field.agree(key, "Task_ObtainPermit");

        assertThat(field.record().permitNumber()).isEqualTo("P-1");
        assertThat(field.record().permitValidFrom()).isEqualTo(LocalDate.now(ZoneOffset.UTC));
        assertThat(field.record().permitValidTo())
                .isEqualTo(LocalDate.now(ZoneOffset.UTC).plusDays(7));
        assertThat(field.openTasks(key)).containsExactly("Task_DismantleAndScan");
        field.agree(key, "Task_DismantleAndScan");
        assertThat(field.record().state()).isEqualTo(DismantleState.COMPLETED);
    }

    @ParameterizedTest
    @CsvSource({"-7, -1, permitValidTo", "5, 4, permitValidTo"})
    void permitThatEndedOrEndsBeforeItBeginsIsRefused(int from, int to, String named) {
        useSite("PUNE-2", true);
        String key = orderUpTo("Task_ObtainPermit");

        Problem refusal = refusedWithoutEffect(key, () -> permit(key, from, to));

        assertThat(refusal.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly(named);
        assertThat(field.record().permitNumber()).isNull();
    }

    private void permit(String key, int fromDays, int toDays) {
        field.complete(
                "coordinator",
                key,
                "Task_ObtainPermit",
                "permitNumber",
                "P-7",
                "permitValidFrom",
                LocalDate.now(ZoneOffset.UTC).plusDays(fromDays).toString(),
                "permitValidTo",
                LocalDate.now(ZoneOffset.UTC).plusDays(toDays).toString());
    }

    @Test
    void scanBeforeThePermitBeginsIsRefused() {
        useSite("PUNE-2", true);
        String key = orderUpTo("Task_ObtainPermit");
        permit(key, 2, 9);

        Problem refusal = refusedWithoutEffect(key, () -> field.agree(key, "Task_DismantleAndScan"));

        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly("permit");
        assertThat(field.record().state()).isEqualTo(DismantleState.IN_PROGRESS);
    }

    @Test
    void scanAfterThePermitEndedIsRefusedUntilThePermitIsRenewed() {
        useSite("PUNE-2", true);
        String key = orderUpTo("Task_DismantleAndScan");
        tables.sql("update dismantle_record set permit_valid_from = ?, permit_valid_to = ? where id = ?")
                .params(
                        LocalDate.now(ZoneOffset.UTC).minusDays(7),
                        LocalDate.now(ZoneOffset.UTC).minusDays(1),
                        field.record().id())
                .update();

        Problem refusal = refusedWithoutEffect(key, () -> field.agree(key, "Task_DismantleAndScan"));

        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly("permit");

        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        field.as(
                "coordinator",
                () -> field.dismantleRecords.renewPermit(field.record().id(), "P-2", today, today.plusDays(7)));
        field.agree(key, "Task_DismantleAndScan");
        assertThat(field.record().state()).isEqualTo(DismantleState.COMPLETED);
    }

    @Test
    void acceptedDeviationsLoseWhatIsMissingAndRegisterWhatWasNotExpected() {
        String key = orderUpTo("Task_DismantleAndScan");
        EquipmentItem present = field.radios.get(0);
        EquipmentItem missing = field.radios.get(1);
        String strange = "X-1";

        field.scan(key, present.serialNumber() + "\n" + strange + ", repairable, radio", "");

        assertThat(field.openTasks(key)).containsExactly("Task_ResolveDeviations");
        assertThat(lines())
                .extracting(DismantleLine::finding, DismantleLine::serialNumber, DismantleLine::present)
                .containsExactlyInAnyOrder(
                        tuple(DismantleLine.Finding.MATCHED, present.serialNumber(), true),
                        tuple(DismantleLine.Finding.UNEXPECTED, strange, true),
                        tuple(DismantleLine.Finding.MISSING, missing.serialNumber(), false));
        assertThat(field.placeOf(missing)).isEqualTo(Place.site(field.site.id()));
        assertThat(field.equipment.findBySerial(field.circle, strange)).isEmpty();

        field.complete("project-manager", key, "Task_ResolveDeviations", "answer", "accept", "reason", "stolen in May");

        assertThat(field.equipment.custody(missing.id())).last().satisfies(entry -> {
            assertThat(entry.from()).isEqualTo(Place.site(field.site.id()));
            assertThat(entry.to()).isEqualTo(Place.lost());
            assertThat(entry.handedOverBy()).isEqualTo(username(field.circle, "project-manager"));
            assertThat(entry.evidence())
                    .contains(field.record().id().toString())
                    .endsWith("stolen in May");
        });
        EquipmentItem found =
                field.equipment.findBySerial(field.circle, strange).get(0);
        assertThat(found.condition()).isEqualTo(Condition.REPAIRABLE);
        assertThat(journeyOf(found)).containsExactly(Place.site(field.site.id()));
        assertThat(field.record().state()).isEqualTo(DismantleState.COMPLETED);

        field.goOnToTheEnd(key);

        assertThat(field.record().state()).isEqualTo(DismantleState.CLOSED);
        assertThat(field.placeOf(missing)).isEqualTo(Place.lost());
        assertThat(field.placeOf(present)).isEqualTo(Place.warehouse(field.warehouse.id()));
        assertThat(field.placeOf(found)).isEqualTo(Place.warehouse(field.warehouse.id()));
        assertThat(field.equipment.custodyBreaks(field.circle)).isEmpty();
    }

    @Test
    void teamSentToScanAgainReplacesItsFirstScan() {
        String key = orderUpTo("Task_DismantleAndScan");
        field.scan(key, field.radios.get(0).serialNumber(), "feeder, working, 3");

        field.complete("project-manager", key, "Task_ResolveDeviations", "answer", "rescan", "reason", "look again");

        assertThat(field.openTasks(key)).containsExactly("Task_DismantleAndScan");
        assertThat(field.record().state()).isEqualTo(DismantleState.IN_PROGRESS);
        assertThat(field.placeOf(field.radios.get(1))).isEqualTo(Place.site(field.site.id()));

        field.scan(key, Field.serials(field.radios), "feeder, working, 40");

        assertThat(lines())
                .extracting(DismantleLine::finding, DismantleLine::quantity)
                .containsExactlyInAnyOrder(
                        tuple(DismantleLine.Finding.MATCHED, 1),
                        tuple(DismantleLine.Finding.MATCHED, 1),
                        tuple(DismantleLine.Finding.BULK, 40));
        assertThat(field.record().state()).isEqualTo(DismantleState.COMPLETED);
        assertThat(field.openTasks(key)).containsExactly("Task_ConfirmTrip");
    }

    @Test
    void serialRecordedElsewhereCannotBeDismantledHere() {
        EquipmentItem elsewhere = field.radio("R-9", field.site("PUNE-9", false));
        String key = orderUpTo("Task_DismantleAndScan");

        Problem refusal =
                refusedWithoutEffect(key, () -> field.scan(key, elsewhere.serialNumber() + ", working, radio", ""));

        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly("scannedSerials line 1");
        assertThat(refusal).hasMessageContaining(elsewhere.serialNumber()).hasMessageContaining("site");
        assertThat(field.placeOf(elsewhere)).isNotEqualTo(Place.site(field.site.id()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "         | feeder, working, 4/cable, working, 4 | bulkLines line 2",
                "         | feeder, working, -4                  | bulkLines line 1",
                "         | feeder, working, 0                   | bulkLines line 1",
                "         | feeder, working, 1.5                 | bulkLines line 1",
                "         | feeder, shiny, 4                     | bulkLines line 1",
                "         | feeder, 4                            | bulkLines line 1",
                "A/B/a    |                                      | scannedSerials line 3",
                "A        |                                      | scannedSerials line 1",
                "A, working, spoon |                             | scannedSerials line 1",
                "A, shiny |                                      | scannedSerials line 1",
                "?        |                                      | scannedSerials line 1",
                "         |                                      | scannedSerials"
            })
    void scanThatCannotBeFiledNamesTheLineAndChangesNothing(String serials, String bulk, String named) {
        String key = orderUpTo("Task_DismantleAndScan");

        Problem refusal = refusedWithoutEffect(
                key,
                () -> field.scan(
                        key,
                        serials == null ? "" : serials.replace('/', '\n'),
                        bulk == null ? "" : bulk.replace('/', '\n')));

        assertThat(refusal.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly(named);
        assertThat(lines()).isEmpty();
    }

    @Test
    void somebodyOfAnotherTeamCannotFileTheScan() {
        String key = orderUpTo("Task_DismantleAndScan");
        field.holders.appoint(field.circle, "supervisor");

        Problem refusal = refusedWithoutEffect(
                key,
                () -> field.complete(
                        "supervisor", key, "Task_DismantleAndScan", "scannedSerials", Field.serials(field.radios)));

        assertThat(refusal.status()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(lines()).isEmpty();
    }

    @Test
    void warehouseManagerChoosesByHandWhenNoWarehouseAcceptsTheGoods() {
        changeWarehouse(100_000, Set.of("structure"));
        String key = orderUpTo("Task_ChooseWarehouseByHand");
        assertThat(field.record().state()).isEqualTo(DismantleState.COMPLETED);
        assertThat(field.record().warehouseId()).isNull();
        assertThat(field.receipts()).isEmpty();
        Field others = fields.getObject().furnish();
        Problem refusal = refusedWithoutEffect(
                key,
                () -> field.complete(
                        "warehouse-manager",
                        key,
                        "Task_ChooseWarehouseByHand",
                        "warehouseId",
                        others.warehouse.id().toString(),
                        "reason",
                        "rented"));
        assertThat(refusal.errors()).extracting(Problem.FieldError::field).containsExactly("warehouseId");

        field.agree(key, "Task_ChooseWarehouseByHand");

        assertThat(field.record().warehouseId()).isEqualTo(field.warehouse.id());
        assertThat(field.receipts())
                .extracting(Receipt::warehouseId, Receipt::state)
                .containsExactly(tuple(field.warehouse.id(), Receipt.State.EXPECTED));
        assertThat(field.openTasks(key)).containsExactly("Task_ConfirmTrip");
    }

    @Test
    void fullWarehouseIsPassedOverForOneFartherAway() {
        changeWarehouse(89, Set.of("electronics", "cable", "power"));
        Warehouse farther = field.warehouse("mumbai-store", 19.07, 72.87, Set.of("electronics", "cable"));
        String key = orderUpTo("Task_ConfirmTrip");

        assertThat(field.record().warehouseId()).isEqualTo(farther.id());
        assertThat(field.trips()).extracting(Trip::destinationWarehouseId).containsExactly(farther.id());
        assertThat(field.receipts()).extracting(Receipt::warehouseId).containsExactly(farther.id());
        assertThat(field.openTasks(key)).containsExactly("Task_ConfirmTrip");
    }

    @Test
    void loadExpectedFromOneSiteTakesItsRoomFromTheNext() {
        changeWarehouse(90, Set.of("electronics", "cable", "power"));
        orderUpTo("Task_ConfirmTrip");
        assertThat(field.record().warehouseId()).isEqualTo(field.warehouse.id());

        useSite("PUNE-2", false);
        orderUpTo("Task_ChooseWarehouseByHand");

        assertThat(field.record().warehouseId()).isNull();
    }

    @Test
    void nearestOfSeveralWarehousesTakesTheLoad() {
        field.warehouse("mumbai-store", 19.07, 72.87, Set.of("electronics", "cable"));
        field.warehouse("delhi-store", 28.61, 77.2, Set.of("electronics", "cable"));

        orderUpTo("Task_ConfirmTrip");

        assertThat(field.record().warehouseId()).isEqualTo(field.warehouse.id());
        assertThat(field.receipts().get(0).state()).isEqualTo(Receipt.State.EXPECTED);
        assertThat(field.receipts.lines(field.receipts().get(0).id()))
                .extracting(ReceiptLine::categoryCode, ReceiptLine::expectedQuantity)
                .containsExactlyInAnyOrder(tuple("radio", 1), tuple("radio", 1), tuple("feeder", 40));
    }

    @Test
    void loadTooHeavyForOneVehicleIsSplitOverTripsAndReceivedTogether() {
        changeTruck(60);
        field.fleet.createVehicle(field.circle, "MH12VAN", new Fleet.VehicleDescription("Van", 25, 18.5, 73.8, true));
        String key = orderUpTo("Task_ConfirmTrip");

        assertThat(field.openTasks(key)).containsExactly("Task_ConfirmTrip", "Task_ConfirmTrip", "Task_ConfirmTrip");
        assertThat(field.trips())
                .extracting(trip -> trip.carrierId() != null)
                .containsExactlyInAnyOrder(false, false, true);
        assertThat(field.trips().stream()
                        .flatMap(trip -> field.trips.manifest(trip.id()).stream())
                        .mapToInt(ManifestLine::plannedQuantity)
                        .sum())
                .isEqualTo(42);

        field.agree(key, "Task_ConfirmTrip");
        field.agree(key, "Task_SignLoading");
        field.agree(key, "Task_SignArrival");

        assertThat(field.record().state()).isEqualTo(DismantleState.IN_TRANSIT);
        assertThat(field.receipts()).extracting(Receipt::state).containsExactly(Receipt.State.EXPECTED);
        assertThat(field.openTasks(key)).doesNotContain("Task_CountAndScan");

        field.goOnTo(key, "Task_CountAndScan");
        assertThat(field.record().state()).isEqualTo(DismantleState.RECEIVED);
        assertThat(field.openTasks(key)).containsExactly("Task_CountAndScan");
        field.goOnToTheEnd(key);

        assertThat(field.record().state()).isEqualTo(DismantleState.CLOSED);
        assertThat(field.endEvents("transport-trip"))
                .containsExactly("EndEvent_TripArrived", "EndEvent_TripArrived", "EndEvent_TripArrived");
        assertThat(stock.balances(field.warehouse.id()))
                .extracting(Stock.Balance::category, Stock.Balance::quantity)
                .containsExactlyInAnyOrder(tuple("feeder", 40L), tuple("radio", 2L));
        assertThat(field.equipment.custodyBreaks(field.circle)).isEmpty();
    }

    @Test
    void goodsLeftAtTheSiteAreFetchedInASecondRound() {
        String key = orderUpTo("Task_SignLoading");
        EquipmentItem first = field.radios.get(0);
        EquipmentItem left = field.radios.get(1);
        field.complete(
                "driver",
                key,
                "Task_SignLoading",
                "loadedSerials",
                first.serialNumber(),
                "loadedBulk",
                "feeder, working, 15",
                "sealNumber",
                "77",
                "signedBy",
                "R. Kumar");
        assertThat(field.placeOf(first)).isEqualTo(Place.vehicle(field.truck.id()));
        assertThat(field.placeOf(left)).isEqualTo(Place.site(field.site.id()));

        field.agree(key, "Task_SignArrival");

        assertThat(field.record().state()).isEqualTo(DismantleState.IN_TRANSIT);
        assertThat(field.openTasks(key)).containsExactly("Task_ConfirmTrip");
        List<Trip> trips = field.trips().stream()
                .sorted(Comparator.comparing(Trip::state).reversed())
                .toList();
        assertThat(trips).extracting(Trip::state).containsExactly(Trip.State.ARRIVED, Trip.State.PLANNED);
        assertThat(field.trips.manifest(trips.get(1).id()))
                .extracting(ManifestLine::categoryCode, ManifestLine::plannedQuantity)
                .containsExactlyInAnyOrder(tuple("radio", 1), tuple("feeder", 25));

        field.goOnToTheEnd(key);

        assertThat(statesOf(field.record()))
                .containsExactly(
                        DismantleState.PENDING,
                        DismantleState.IN_PROGRESS,
                        DismantleState.COMPLETED,
                        DismantleState.IN_TRANSIT,
                        DismantleState.RECEIVED,
                        DismantleState.RECONCILED,
                        DismantleState.CLOSED);
        assertThat(field.placeOf(left)).isEqualTo(Place.warehouse(field.warehouse.id()));
        assertThat(field.receipts()).hasSize(1);
        assertThat(stock.balances(field.warehouse.id()))
                .extracting(Stock.Balance::category, Stock.Balance::quantity)
                .containsExactlyInAnyOrder(tuple("feeder", 40L), tuple("radio", 2L));
        assertThat(field.equipment.custodyBreaks(field.circle)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Task_AuthoriseDismantle, PENDING",
        "Task_ObtainPermit, IN_PROGRESS",
        "Task_DismantleAndScan, IN_PROGRESS",
        "Task_ResolveDeviations, IN_PROGRESS",
        "Task_ChooseWarehouseByHand, COMPLETED",
        "Task_ConfirmTrip, COMPLETED",
        "Task_SignLoading, COMPLETED"
    })
    void orderCancelledBeforeLoadingLeavesEverythingAtTheSite(String task, DismantleState state) {
        useSite("PUNE-2", true);
        if (task.equals("Task_ResolveDeviations")) {
            field.radio("R-13", field.site);
        }
        if (task.equals("Task_ChooseWarehouseByHand")) {
            changeWarehouse(100_000, Set.of("structure"));
        }
        String key = orderUpTo(task);
        DismantleRecord record = field.record();
        assertThat(record.state()).isEqualTo(state);

        field.as("coordinator", () -> field.dismantleRecords.requestCancellation(record.id(), "equipment stays"));

        assertThat(field.dismantleRecords.history(record.id()))
                .last()
                .extracting(
                        DismantleEvent::fromState, DismantleEvent::toState, DismantleEvent::who, DismantleEvent::why)
                .containsExactly(
                        state, DismantleState.CANCELLED, username(field.circle, "coordinator"), "equipment stays");
        assertThat(field.trips()).allSatisfy(trip -> assertThat(trip.state()).isEqualTo(Trip.State.CANCELLED));
        assertThat(field.receipts())
                .allSatisfy(receipt -> assertThat(receipt.state()).isEqualTo(Receipt.State.CANCELLED));
        assertThat(field.endEvents("dismantle-to-warehouse")).contains("EndEvent_DismantleCancelled");
        assertThat(field.ended(key, "dismantle-to-warehouse")).isTrue();
        assertThat(field.ended(key, "transport-trip")).isTrue();
        assertThat(field.openTasks(key)).isEmpty();
        assertThat(field.radios)
                .allSatisfy(item -> assertThat(journeyOf(item)).containsExactly(Place.site(field.site.id())));
        assertThat(order(field.crew).state()).isEqualTo(DismantleState.PENDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Task_SignArrival", "Task_CountAndScan", "the end"})
    void cancellationAfterLoadingIsRefusedAndChangesNothing(String task) {
        String key = orderUpTo("Task_SignLoading");
        if (task.equals("the end")) {
            field.goOnToTheEnd(key);
        } else {
            field.goOnTo(key, task);
        }
        UUID record = field.record().id();

        Problem refusal = refusedWithoutEffect(
                key,
                () -> field.as("coordinator", () -> field.dismantleRecords.requestCancellation(record, "too late")));

        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void equipmentIsValuedByKindConditionAndAgeToTheLastPaisa() {
        useSite("PUNE-2", false);
        EquipmentItem young = electronics("Y", 1);
        EquipmentItem middling = electronics("M", 4);
        EquipmentItem old = electronics("O", 8);
        field.radios = List.of(young, middling, old);
        field.equipment.at(Place.site(field.site.id())).forEach(item -> assertThat(item.condition())
                .isEqualTo(Condition.WORKING));
        field.equipment.createCategory(field.circle, "clamp", Field.category("cable", "12.50", 0.1));
        String key = orderUpTo("Task_DismantleAndScan");

        field.scan(
                key,
                String.join(
                        "\n",
                        "r-11",
                        "R-12, scrap",
                        young.serialNumber() + ", new",
                        middling.serialNumber(),
                        old.serialNumber() + ", repairable"),
                "clamp, working, 3\nfeeder, scrap, 7");

        assertThat(lines().stream()
                        .filter(line ->
                                line.itemId() != null && !line.serialNumber().startsWith("R-11")))
                .extracting(DismantleLine::itemId, DismantleLine::percentOfNewPrice, DismantleLine::value)
                .contains(
                        tuple(young.id(), 90, new BigDecimal("36000.00")),
                        tuple(middling.id(), 35, new BigDecimal("14000.00")),
                        tuple(old.id(), 6, new BigDecimal("2400.00")));
        assertThat(lines().stream().filter(line -> line.finding() == DismantleLine.Finding.BULK))
                .extracting(DismantleLine::categoryCode, DismantleLine::unitValue, DismantleLine::value)
                .containsExactly(
                        tuple("clamp", new BigDecimal("5.6250"), new BigDecimal("16.88")),
                        tuple("feeder", new BigDecimal("27.0000"), new BigDecimal("189.00")));
        BigDecimal sum = lines().stream().map(DismantleLine::value).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(field.record().value()).isEqualTo(sum);
        assertThat(field.record().currency()).isEqualTo("INR");
        assertThat(field.equipment.item(old.id()).condition()).isEqualTo(Condition.REPAIRABLE);
    }

    @Test
    void recoveredValueOfACompleteArrivalIsTheSealedValue() {
        field.equipment.createCategory(field.circle, "clamp", Field.category("cable", "12.50", 0.1));
        String key = orderUpTo("Task_DismantleAndScan");
        field.scan(key, Field.serials(field.radios), "clamp, working, 3");
        BigDecimal sealed = field.record().value();

        field.goOnToTheEnd(key);

        assertThat(field.record().recoveredValue()).isEqualTo(sealed);
    }

    @Test
    void missingEquipmentIsWorthNothing() {
        useSite("PUNE-2", false);
        field.radios = List.of(electronics("M", 4));
        String key = orderUpTo("Task_DismantleAndScan");
        field.scan(key, Field.serials(field.radios), "");
        field.complete("project-manager", key, "Task_ResolveDeviations", "answer", "accept", "reason", "stolen");

        assertThat(field.record().value()).isEqualTo(new BigDecimal("14000.00"));
        assertThat(lines().stream().filter(line -> line.finding() == DismantleLine.Finding.MISSING))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.value()).isNull());

        field.goOnToTheEnd(key);

        assertThat(field.record().recoveredValue()).isEqualTo(new BigDecimal("14000.00"));
    }

    @Test
    void scanForAnAllocationIsRefusedOnceItIsNotInProgress() {
        Allocation allocation = field.walkTo("Task_DismantleAndScan");
        UUID record = field.record().id();
        field.as("coordinator", () -> field.allocations.cancel(allocation.id(), "site sold"));

        Problem refusal =
                refusalOf(() -> field.dismantleRecords.fileScan(record, new Counted(List.of(), List.of()), null));

        assertThat(refusal.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(field.allocations.get(allocation.id()).state()).isEqualTo(AllocationState.WIP);
    }
}
