package io.fieldwright.processes;

import static io.fieldwright.processes.Haulage.fieldOf;
import static io.fieldwright.processes.Haulage.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.api.Problem;
import io.fieldwright.equipment.Condition;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.ItemFilter;
import io.fieldwright.equipment.NewItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.logistics.Discrepancy;
import io.fieldwright.logistics.DismantleState;
import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.ReceiptLine;
import io.fieldwright.logistics.Stock;
import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Warehouse;
import io.fieldwright.sites.Site;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpStatus;

/** A radio is worth 14,000.00 here (35 percent of 40,000), a piece of feeder 67.50 (45 percent of 150). */
@FieldwrightTest
class WarehouseReceiptTests {

    private static final String FEEDER = "feeder, working, 40";
    private static final long SEED = 20_261_120;

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    Stock stock;

    Field field;
    Haulage haulage;
    EquipmentItem first;
    EquipmentItem second;
    Place warehouse;

    @BeforeEach
    void furnish() {
        field = fields.getObject().furnish();
        haulage = haulage("SATARA-1", "S-1", "S-2");
        first = haulage.radios.get(0);
        second = haulage.radios.get(1);
        warehouse = Place.warehouse(field.warehouse.id());
    }

    private Haulage haulage(String code, String... serials) {
        Site site = field.site(code, false);
        List<EquipmentItem> radios = new ArrayList<>();
        for (String serial : serials) {
            radios.add(radio(serial, site));
        }
        return new Haulage(field, site, radios);
    }

    private EquipmentItem radio(String serial, Site site) {
        return field.equipment.register(new NewItem(
                field.circle,
                field.radio.id(),
                serial,
                Condition.WORKING,
                LocalDate.now(ZoneOffset.UTC).minusYears(3),
                Place.site(site.id()),
                "test"));
    }

    private String both() {
        return first.serialNumber() + "\n" + second.serialNumber();
    }

    private void count(Receipt receipt, String serials, String bulk) {
        haulage.complete("storekeeper", receipt, "Task_CountAndScan", "countedSerials", serials, "countedBulk", bulk);
    }

    private void accept(Receipt receipt, String findings) {
        haulage.complete(
                "warehouse-manager",
                receipt,
                "Task_InvestigateDiscrepancies",
                "answer",
                "accept",
                "findings",
                findings);
    }

    private void countAgain(Receipt receipt) {
        haulage.complete(
                "warehouse-manager",
                receipt,
                "Task_InvestigateDiscrepancies",
                "answer",
                "recount",
                "findings",
                "look behind the rack");
    }

    private void approve(Receipt receipt) {
        haulage.complete("finance-approver", receipt, "Task_ApproveWriteOff", "answer", "approve");
    }

    private void reject(Receipt receipt) {
        haulage.complete(
                "finance-approver",
                receipt,
                "Task_ApproveWriteOff",
                "answer",
                "reject",
                "reason",
                "ask the driver first");
    }

    private void certify(Receipt receipt) {
        certify(receipt, LocalDate.now(ZoneOffset.UTC).toString());
    }

    private void certify(Receipt receipt, String date) {
        haulage.complete(
                "storekeeper",
                receipt,
                "Task_RecordScrapCertificate",
                "certificateNumber",
                "SC-1",
                "certificateIssuer",
                "Recycler",
                "certificateDate",
                date);
    }

    private Receipt now(Receipt receipt) {
        return field.receipts.get(receipt.id());
    }

    private List<Discrepancy> discrepancies(Receipt receipt) {
        return field.receipts.discrepancies(receipt.id());
    }

    private Map<String, Long> stock() {
        return stock.balances(field.warehouse.id()).stream()
                .collect(Collectors.toMap(
                        balance -> balance.category() + ", " + balance.condition(), Stock.Balance::quantity));
    }

    private Map<String, String> dispositions(Receipt receipt) {
        return field.receipts.lines(receipt.id()).stream()
                .filter(line -> line.serialNumber() != null && line.disposition() != null)
                .collect(Collectors.toMap(ReceiptLine::serialNumber, ReceiptLine::disposition));
    }

    private void assertClosed(Receipt receipt, String recoveredValue) {
        assertThat(now(receipt).state()).isEqualTo(Receipt.State.RECONCILED);
        assertThat(haulage.path(receipt)).endsWith("Task_ReconcileReceipt", "EndEvent_ReceiptReconciled");
        assertThat(haulage.record().state()).isEqualTo(DismantleState.CLOSED);
        assertThat(haulage.record().recoveredValue()).isEqualTo(new BigDecimal(recoveredValue));
        assertThat(field.ended(haulage.key, "dismantle-to-warehouse")).isTrue();
        assertThat(field.equipment.custodyBreaks(field.circle)).isEmpty();
    }

    @Test
    void whatIsCountedAsSentIsPutToStock() {
        Receipt receipt = haulage.arrived(FEEDER);

        count(receipt, both(), FEEDER);

        assertClosed(receipt, "30700.00");
        assertThat(haulage.record().value()).isEqualTo(new BigDecimal("30700.00"));
        assertThat(stock()).isEqualTo(Map.of("radio, working", 2L, "feeder, working", 40L));
        assertThat(haulage.places(first))
                .containsExactly(Place.site(haulage.site.id()), Place.vehicle(field.truck.id()), warehouse);
        assertThat(discrepancies(receipt)).isEmpty();
        assertThat(dispositions(receipt).values()).containsOnly("reuse");
        assertThat(now(receipt).countedBy()).isEqualTo("storekeeper." + field.circle);
        assertThat(haulage.path(receipt))
                .containsExactly(
                        "StartEvent_GoodsArrived",
                        "Gateway_CountJoin",
                        "Task_CountAndScan",
                        "Task_CompareCount",
                        "Gateway_WithinTolerance",
                        "Gateway_ToleranceJoin",
                        "Task_PutToStock",
                        "Task_DecideDisposition",
                        "Gateway_ScrapFound",
                        "Gateway_ScrapJoin",
                        "Task_ApplyDisposition",
                        "Task_ReconcileReceipt",
                        "EndEvent_ReceiptReconciled");
    }

    @Test
    void aSmallDifferenceOfBulkGoodsIsToleratedAndRecorded() {
        Receipt receipt = haulage.arrived("feeder, working, 100");

        count(receipt, both(), "feeder, working, 98");

        assertClosed(receipt, "34615.00");
        assertThat(discrepancies(receipt))
                .extracting(Discrepancy::kind, Discrepancy::state, Discrepancy::quantity, Discrepancy::value)
                .containsExactly(
                        tuple(Discrepancy.Kind.SHORT, Discrepancy.State.TOLERATED, 2, new BigDecimal("135.00")));
        assertThat(stock()).containsEntry("feeder, working", 98L);
        assertThat(haulage.path(receipt)).doesNotContain("Task_InvestigateDiscrepancies", "Task_WriteOff");
    }

    @Test
    void aSmallSurplusIsToleratedAndRecorded() {
        Receipt receipt = haulage.arrived("feeder, working, 100");

        count(receipt, both(), "feeder, working, 60\nfeeder, working, 41");

        assertClosed(receipt, "34817.50");
        assertThat(discrepancies(receipt))
                .extracting(Discrepancy::kind, Discrepancy::state, Discrepancy::quantity)
                .containsExactly(tuple(Discrepancy.Kind.OVER, Discrepancy.State.TOLERATED, 1));
        assertThat(stock()).containsEntry("feeder, working", 101L);
    }

    @Test
    void aSmallLossIsWrittenOffByTheWarehouseManagerAlone() {
        Receipt receipt = haulage.arrived(FEEDER);

        count(receipt, both(), "feeder, working, 30");
        assertThat(now(receipt).state()).isEqualTo(Receipt.State.COUNTED);
        assertThat(discrepancies(receipt)).extracting(Discrepancy::state).containsExactly(Discrepancy.State.OPEN);
        accept(receipt, "stolen at the site");

        assertClosed(receipt, "30025.00");
        assertThat(discrepancies(receipt))
                .extracting(
                        Discrepancy::kind,
                        Discrepancy::state,
                        Discrepancy::quantity,
                        Discrepancy::value,
                        Discrepancy::findings)
                .containsExactly(tuple(
                        Discrepancy.Kind.SHORT,
                        Discrepancy.State.WRITTEN_OFF,
                        10,
                        new BigDecimal("675.00"),
                        "stolen at the site"));
        assertThat(stock()).isEqualTo(Map.of("radio, working", 2L, "feeder, working", 30L));
        assertThat(haulage.path(receipt))
                .containsSubsequence(
                        "Gateway_WithinTolerance",
                        "Gateway_InvestigateJoin",
                        "Task_InvestigateDiscrepancies",
                        "Gateway_CountAgain",
                        "Task_AssessWriteOff",
                        "Gateway_ApprovalNeeded",
                        "Gateway_WriteOffJoin",
                        "Task_WriteOff",
                        "Gateway_ToleranceJoin",
                        "Task_PutToStock")
                .doesNotContain("Task_ApproveWriteOff");
    }

    @Test
    void aLostItemNeedsTheApprovalOfFinanceAndIsLostFromThenOn() {
        Receipt receipt = haulage.arrived(FEEDER);

        count(receipt, first.serialNumber(), FEEDER);
        accept(receipt, "nowhere to be found");
        assertThat(haulage.place(second)).isEqualTo(warehouse);
        Task approval = haulage.task("Task_ApproveWriteOff", "receiptId", receipt.id());
        assertThat((String) field.tasks.getVariable(approval.getId(), "writeOffSummary"))
                .contains("14000.00 INR");
        approve(receipt);

        assertClosed(receipt, "16700.00");
        assertThat(haulage.places(second)).endsWith(warehouse, Place.lost());
        assertThat(haulage.place(first)).isEqualTo(warehouse);
        assertThat(stock()).isEqualTo(Map.of("radio, working", 1L, "feeder, working", 40L));
        assertThat(discrepancies(receipt))
                .extracting(Discrepancy::kind, Discrepancy::state, Discrepancy::serialNumber)
                .containsExactly(tuple(Discrepancy.Kind.SHORT, Discrepancy.State.WRITTEN_OFF, second.serialNumber()));
        assertThat(haulage.path(receipt))
                .containsSubsequence(
                        "Gateway_ApprovalNeeded",
                        "Task_ApproveWriteOff",
                        "Gateway_WriteOffApproved",
                        "Gateway_WriteOffJoin",
                        "Task_WriteOff");
    }

    @Test
    void nothingInTheVehicleIsAllWrittenOff() {
        Receipt receipt = haulage.arrived(FEEDER);

        count(receipt, "", "");
        accept(receipt, "robbed");
        approve(receipt);

        assertClosed(receipt, "0.00");
        assertThat(stock()).isEmpty();
        assertThat(List.of(haulage.place(first), haulage.place(second))).containsOnly(Place.lost());
    }

    @Test
    void aRejectedWriteOffIsInvestigatedAgainWithTheReasonAndTheSecondCountStands() {
        Receipt receipt = haulage.arrived(FEEDER);
        count(receipt, first.serialNumber(), FEEDER);
        accept(receipt, "nowhere to be found");

        Problem unreasoned = refusal(
                () -> haulage.complete("finance-approver", receipt, "Task_ApproveWriteOff", "answer", "reject"));
        reject(receipt);
        Task investigation = haulage.task("Task_InvestigateDiscrepancies", "receiptId", receipt.id());
        assertThat((String) field.tasks.getVariable(investigation.getId(), "receiptSummary"))
                .contains("ask the driver first");
        countAgain(receipt);
        count(receipt, both(), FEEDER);

        assertThat(fieldOf(unreasoned)).isEqualTo("reason");
        assertClosed(receipt, "30700.00");
        assertThat(discrepancies(receipt)).isEmpty();
        assertThat(haulage.places(second)).endsWith(warehouse).doesNotContain(Place.lost());
        assertThat(haulage.path(receipt))
                .containsSubsequence(
                        "Gateway_WriteOffApproved",
                        "Gateway_InvestigateJoin",
                        "Task_InvestigateDiscrepancies",
                        "Gateway_CountAgain",
                        "Gateway_CountJoin",
                        "Task_CountAndScan",
                        "Task_CompareCount",
                        "Gateway_WithinTolerance",
                        "Gateway_ToleranceJoin")
                .doesNotContain("Task_WriteOff");
    }

    @Test
    void theLastFindingsBeforeApprovalAreTheReasonOfTheWriteOff() {
        Receipt receipt = haulage.arrived(FEEDER);
        count(receipt, first.serialNumber(), FEEDER);
        accept(receipt, "nowhere to be found");
        reject(receipt);

        accept(receipt, "the driver sold it");
        approve(receipt);

        assertClosed(receipt, "16700.00");
        assertThat(discrepancies(receipt)).extracting(Discrepancy::findings).containsExactly("the driver sold it");
    }

    @Test
    void aRecountReplacesEverythingTheFirstCountFound() {
        Receipt receipt = haulage.arrived(FEEDER);
        count(receipt, first.serialNumber() + "\nGHOST-1, working, radio", "feeder, working, 41\nfeeder, scrap, 5");
        assertThat(discrepancies(receipt))
                .extracting(Discrepancy::kind)
                .containsExactlyInAnyOrder(
                        Discrepancy.Kind.SHORT,
                        Discrepancy.Kind.WRONG_SERIAL,
                        Discrepancy.Kind.OVER,
                        Discrepancy.Kind.OVER);

        countAgain(receipt);
        count(receipt, first.serialNumber() + ", scrap\nGHOST-2, working, radio", "feeder, working, 40");
        countAgain(receipt);
        count(receipt, both(), FEEDER);

        assertClosed(receipt, "30700.00");
        assertThat(field.receipts.lines(receipt.id())).hasSize(3);
        assertThat(stock()).isEqualTo(Map.of("radio, working", 2L, "feeder, working", 40L));
        assertThat(field.equipment.item(first.id()).condition()).isEqualTo(Condition.WORKING);
    }

    @Test
    void whatIsOverIsTakenInWithoutALoss() {
        Receipt receipt = haulage.arrived(FEEDER);

        count(receipt, both(), "feeder, working, 60\nfeeder, repairable, 7");
        assertThat(discrepancies(receipt))
                .extracting(Discrepancy::kind, Discrepancy::state, Discrepancy::quantity, Discrepancy::value)
                .containsExactly(
                        tuple(Discrepancy.Kind.OVER, Discrepancy.State.OPEN, 20, new BigDecimal("1350.00")),
                        tuple(Discrepancy.Kind.OVER, Discrepancy.State.OPEN, 7, new BigDecimal("0.00")));
        accept(receipt, "left over from another tower");

        assertClosed(receipt, "32050.00");
        assertThat(stock()).isEqualTo(Map.of("radio, working", 2L, "feeder, working", 60L, "feeder, repairable", 7L));
        assertThat(discrepancies(receipt)).extracting(Discrepancy::state).containsOnly(Discrepancy.State.ACCEPTED);
    }

    @Test
    void aDamagedItemLosesTheDifferenceInValueAndGoesToRepair() {
        Receipt receipt = haulage.arrived(FEEDER);

        count(receipt, first.serialNumber() + ", repairable\n" + second.serialNumber(), FEEDER);
        accept(receipt, "fell off the rack");

        assertClosed(receipt, "22300.00");
        assertThat(discrepancies(receipt))
                .extracting(Discrepancy::kind, Discrepancy::state, Discrepancy::value)
                .containsExactly(
                        tuple(Discrepancy.Kind.DAMAGED, Discrepancy.State.WRITTEN_OFF, new BigDecimal("8400.00")));
        assertThat(haulage.place(first)).isEqualTo(warehouse);
        assertThat(field.equipment.item(first.id()).condition()).isEqualTo(Condition.REPAIRABLE);
        assertThat(dispositions(receipt))
                .isEqualTo(Map.of(first.serialNumber(), "repair", second.serialNumber(), "reuse"));
        assertThat(stock()).isEqualTo(Map.of("radio, repairable", 1L, "radio, working", 1L, "feeder, working", 40L));
    }

    @Test
    void anItemDamagedBeyondRepairNeedsApprovalAndIsDisposedOf() {
        Receipt receipt = haulage.arrived(FEEDER);

        count(receipt, first.serialNumber() + ", scrap\n" + second.serialNumber(), FEEDER);
        accept(receipt, "run over by the truck");
        approve(receipt);
        certify(receipt);

        assertClosed(receipt, "18300.00");
        assertThat(haulage.places(first)).endsWith(warehouse, Place.disposed());
        assertThat(field.equipment.item(first.id()).condition()).isEqualTo(Condition.SCRAP);
        assertThat(stock()).isEqualTo(Map.of("radio, working", 1L, "feeder, working", 40L));
    }

    @Test
    void aWrongSerialNumberThatIsKnownElsewhereMovesHereWithItsCondition() {
        EquipmentItem stranger = radio("S-9", field.site);
        Receipt receipt = haulage.arrived(FEEDER);

        count(receipt, both() + "\n" + stranger.serialNumber() + ", scrap", FEEDER);
        assertThat(discrepancies(receipt))
                .extracting(Discrepancy::kind, Discrepancy::state, Discrepancy::serialNumber)
                .containsExactly(tuple(Discrepancy.Kind.WRONG_SERIAL, Discrepancy.State.OPEN, stranger.serialNumber()));
        accept(receipt, "came along from Pune");
        assertThat(haulage.places(stranger)).containsExactly(Place.site(field.site.id()), warehouse);
        assertThat(field.equipment.item(stranger.id()).condition()).isEqualTo(Condition.SCRAP);
        assertThat(stock()).containsEntry("radio, scrap", 1L);
        certify(receipt);

        assertClosed(receipt, "30700.00");
        assertThat(haulage.place(stranger)).isEqualTo(Place.disposed());
        assertThat(stock()).isEqualTo(Map.of("radio, working", 2L, "feeder, working", 40L));
    }

    @Test
    void aDamagedItemThatCameUnannouncedIsWorthItsRepair() {
        EquipmentItem stranger = radio("S-9", field.site);
        Receipt receipt = haulage.arrived(FEEDER);

        count(receipt, both() + "\n" + stranger.serialNumber() + ", repairable", FEEDER);
        accept(receipt, "came along from Pune");

        assertClosed(receipt, "30700.00");
        assertThat(dispositions(receipt)).containsEntry(stranger.serialNumber(), "repair");
    }

    @Test
    void aWrongSerialNumberNobodyKnowsIsRegisteredAsUnidentified() {
        Receipt receipt = haulage.arrived(FEEDER);

        Problem problem = refusal(() -> count(receipt, both() + "\nGHOST-1", FEEDER));
        assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fieldOf(problem)).isEqualTo("countedSerials line 3");
        assertThat(now(receipt).state()).isEqualTo(Receipt.State.EXPECTED);
        count(receipt, both() + "\nGHOST-1, working, radio", FEEDER);
        accept(receipt, "nobody knows where it is from");

        assertClosed(receipt, "30700.00");
        EquipmentItem ghost = field
                .equipment
                .items(
                        new ItemFilter(null, null, null, null, Place.Kind.WAREHOUSE, field.warehouse.id(), null),
                        Pageable.unpaged())
                .stream()
                .filter(item -> item.serialNumber().equals("GHOST-1"))
                .findFirst()
                .orElseThrow();
        assertThat(ghost.model().manufacturer()).isEqualTo("unidentified");
        assertThat(haulage.places(ghost)).containsExactly(warehouse);
        assertThat(stock()).containsEntry("radio, working", 3L);
    }

    @Test
    void aCountThatNamesUnknownThingsChangesNothing() {
        Receipt receipt = haulage.arrived(FEEDER);

        Problem problem = refusal(() -> count(receipt, both(), "feeder, working, 40\nfurniture, working, 1"));

        assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fieldOf(problem)).isEqualTo("countedBulk line 2");
        assertThat(now(receipt).state()).isEqualTo(Receipt.State.EXPECTED);
        assertThat(field.receipts.lines(receipt.id()))
                .extracting(ReceiptLine::countedQuantity)
                .containsOnlyNulls();
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_CountAndScan");
    }

    @Test
    void scrapLeavesTheStockWithItsCertificateOnly() {
        haulage.dismantle(first.serialNumber() + ", scrap\n" + second.serialNumber() + ", working", "feeder, scrap, 8");
        Trip trip = haulage.onlyTrip();
        haulage.confirm(trip, field.truck.id().toString());
        haulage.loadAll(trip);
        haulage.arrive(trip);
        Receipt receipt = haulage.receipt(field.warehouse);
        count(receipt, both(), "feeder, scrap, 8");
        assertThat(stock()).isEqualTo(Map.of("radio, scrap", 1L, "radio, working", 1L, "feeder, scrap", 8L));
        assertThat(haulage.place(first)).isEqualTo(warehouse);

        Problem future = refusal(
                () -> certify(receipt, LocalDate.now(ZoneOffset.UTC).plusDays(2).toString()));
        Problem unreadable = refusal(() -> certify(receipt, "tomorrow"));
        Problem missing = refusal(() -> haulage.complete("storekeeper", receipt, "Task_RecordScrapCertificate"));
        assertThat(List.of(future.status(), unreadable.status(), missing.status()))
                .containsOnly(HttpStatus.BAD_REQUEST);
        assertThat(List.of(fieldOf(future), fieldOf(unreadable), fieldOf(missing)))
                .containsExactly("certificateDate", "certificateDate", "certificateNumber");
        assertThat(now(receipt).certificateNumber()).isNull();
        certify(receipt);

        assertClosed(receipt, "15816.00");
        assertThat(haulage.places(first)).endsWith(warehouse, Place.disposed());
        assertThat(field.equipment.custody(first.id()).get(3).evidence()).contains("SC-1");
        assertThat(stock()).isEqualTo(Map.of("radio, working", 1L));
        assertThat(haulage.path(receipt))
                .containsSubsequence(
                        "Gateway_ScrapFound",
                        "Task_RecordScrapCertificate",
                        "Gateway_ScrapJoin",
                        "Task_ApplyDisposition");
    }

    @Test
    void anItemThatTurnedUpInAnotherWarehouseIsNotLost() {
        Warehouse other = splitOverTwoWarehouses();
        Receipt here = haulage.receipt(field.warehouse);
        Receipt there = haulage.receipt(other);

        count(there, both(), FEEDER);
        accept(there, "loaded on the wrong vehicle");
        assertThat(haulage.place(first)).isEqualTo(Place.warehouse(other.id()));
        count(here, "", "");
        accept(here, "it is in the other warehouse");
        approve(here);

        assertThat(haulage.place(first)).isEqualTo(Place.warehouse(other.id()));
        assertThat(haulage.record().state()).isEqualTo(DismantleState.CLOSED);
        assertThat(stock()).isEmpty();
        assertThat(stock.balances(other.id()))
                .extracting(Stock.Balance::category, Stock.Balance::quantity)
                .containsExactlyInAnyOrder(tuple("radio", 2L), tuple("feeder", 40L));
    }

    @Test
    void anItemThatIsCountedInTwoWarehousesIsInStockWhereItWasCountedLast() {
        Warehouse other = splitOverTwoWarehouses();

        count(haulage.receipt(other), both() + ", repairable", FEEDER);
        accept(haulage.receipt(other), "loaded on the wrong vehicle");
        assertThat(stock.balances(other.id()))
                .extracting(Stock.Balance::condition, Stock.Balance::category, Stock.Balance::quantity)
                .contains(tuple("working", "radio", 1L));
        count(haulage.receipt(field.warehouse), first.serialNumber(), "");

        assertThat(haulage.record().state()).isEqualTo(DismantleState.CLOSED);
        assertThat(haulage.place(first)).isEqualTo(warehouse);
        assertThat(stock()).isEqualTo(Map.of("radio, working", 1L));
        assertThat(stock.balances(other.id()))
                .extracting(Stock.Balance::category, Stock.Balance::condition, Stock.Balance::quantity)
                .containsExactlyInAnyOrder(tuple("radio", "repairable", 1L), tuple("feeder", "working", 40L));
    }

    /** The first radio arrives at the warehouse, the rest is refused there and arrives at the other one. */
    private Warehouse splitOverTwoWarehouses() {
        Warehouse other = field.warehouse("other-store", 17.7, 74.0, Set.of("electronics", "cable"));
        haulage.dismantle(FEEDER);
        Trip trip = haulage.onlyTrip();
        haulage.confirm(trip, field.truck.id().toString());
        haulage.load(trip, first.serialNumber(), "");
        haulage.arrive(trip);
        Trip rest = haulage.lastTrip();
        haulage.confirm(rest, field.truck.id().toString());
        haulage.loadAll(rest);
        haulage.refuse(rest);
        haulage.complete(
                "transport-coordinator",
                rest,
                "Task_DecideRefusedDelivery",
                "destination",
                other.id().toString());
        haulage.arrive(rest);
        return other;
    }

    @Test
    void anItemThatTurnedUpElsewhereDoesNotHoldUpTheTripItWasOn() {
        Haulage late = haulage("KARAD-1", "K-1", "K-2");
        late.dismantle("");
        Trip trip = late.onlyTrip();
        late.confirm(trip, field.truck.id().toString());
        late.loadAll(trip);
        EquipmentItem strayed = late.radios.get(0);
        Receipt receipt = haulage.arrived(FEEDER);
        count(receipt, both() + "\n" + strayed.serialNumber(), FEEDER);
        accept(receipt, "came along from Karad");

        late.complete("driver", trip, "Task_SignArrival", "answer", "accepted", "signedBy", "S. Keeper");
        Receipt other = late.receipt(field.warehouse);
        late.complete(
                "storekeeper",
                other,
                "Task_CountAndScan",
                "countedSerials",
                late.radios.get(1).serialNumber());
        late.complete(
                "warehouse-manager",
                other,
                "Task_InvestigateDiscrepancies",
                "answer",
                "accept",
                "findings",
                "is here already");
        late.complete("finance-approver", other, "Task_ApproveWriteOff", "answer", "approve");

        assertThat(late.record().state()).isEqualTo(DismantleState.CLOSED);
        assertThat(late.places(strayed)).endsWith(Place.vehicle(field.truck.id()), warehouse);
        assertThat(stock()).containsEntry("radio, working", 4L);
    }

    @Test
    void goodsWithoutValueAreAccountedForAllTheSame() {
        field.equipment.createCategory(field.circle, "sign", Field.category("power", "0.00", 1));
        Receipt receipt = haulage.arrived("sign, working, 10");

        count(receipt, both(), "sign, working, 5");
        accept(receipt, "faded away");

        assertClosed(receipt, "28000.00");
        assertThat(discrepancies(receipt)).extracting(Discrepancy::value).containsExactly(new BigDecimal("0.00"));
        assertThat(stock()).isEqualTo(Map.of("radio, working", 2L, "sign, working", 5L));
    }

    @Test
    void valuesAreRoundedAtTheLineAndNotAtThePiece() {
        field.equipment.createCategory(field.circle, "tie", Field.category("cable", "0.33", 0.01));
        Receipt receipt = haulage.arrived("tie, working, 1000");

        count(receipt, both(), "tie, working, 980");

        assertThat(haulage.record().value()).isEqualTo(new BigDecimal("28148.50"));
        assertThat(discrepancies(receipt)).extracting(Discrepancy::value).containsExactly(new BigDecimal("2.97"));
        assertClosed(receipt, "28145.53");
    }

    @Test
    void nobodyElseCountsInvestigatesApprovesOrCertifies() {
        Receipt receipt = haulage.arrived(FEEDER);
        Problem counting = refusal(() -> haulage.complete("driver", receipt, "Task_CountAndScan"));
        count(receipt, first.serialNumber() + ", scrap", FEEDER);
        Problem investigating = refusal(() -> haulage.complete(
                "storekeeper", receipt, "Task_InvestigateDiscrepancies", "answer", "accept", "findings", "fine"));
        accept(receipt, "broken and lost");
        Problem approving = refusal(
                () -> haulage.complete("warehouse-manager", receipt, "Task_ApproveWriteOff", "answer", "approve"));
        approve(receipt);
        Problem certifying =
                refusal(() -> haulage.complete("finance-approver", receipt, "Task_RecordScrapCertificate"));

        assertThat(List.of(counting.status(), investigating.status(), approving.status(), certifying.status()))
                .containsOnly(HttpStatus.FORBIDDEN);
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_RecordScrapCertificate");
    }

    @Test
    void completingATaskTwiceSaysThatItIsGone() {
        Receipt receipt = haulage.arrived(FEEDER);
        Task counting = haulage.task("Task_CountAndScan", "receiptId", receipt.id());
        count(receipt, first.serialNumber(), FEEDER);

        Problem problem =
                refusal(() -> field.as("storekeeper", () -> field.tasks.complete(counting.getId(), Map.of())));

        assertThat(problem.status()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_InvestigateDiscrepancies");
    }

    @Test
    void stockIsWhatWasDismantledLessWhatTheDiscrepanciesSay() {
        Random random = new Random(SEED);
        for (int round = 0; round < 8; round++) {
            haulage = haulage("RANDOM-" + round, "A-" + round, "B-" + round, "C-" + round);
            int sent = 20 + random.nextInt(200);
            Receipt receipt = haulage.arrived("feeder, working, " + sent);
            Map<String, Long> before = stock();
            List<String> serials = new ArrayList<>();
            for (EquipmentItem radio : haulage.radios) {
                int found = random.nextInt(4);
                if (found > 0) {
                    String condition = List.of("working", "repairable", "scrap").get(found - 1);
                    serials.add(radio.serialNumber() + ", " + condition);
                }
            }
            if (random.nextBoolean()) {
                serials.add("GHOST-" + round + ", working, radio");
            }
            int counted = Math.max(1, sent - 5 + random.nextInt(10));

            count(receipt, String.join("\n", serials), "feeder, working, " + counted);
            completeWhateverIsAsked(receipt);

            assertReconciled(receipt, sent, before);
        }
    }

    private void completeWhateverIsAsked(Receipt receipt) {
        List<String> open = field.openTasks(haulage.key);
        while (!open.isEmpty()) {
            switch (open.get(0)) {
                case "Task_InvestigateDiscrepancies" -> accept(receipt, "counted twice");
                case "Task_ApproveWriteOff" -> approve(receipt);
                default -> certify(receipt);
            }
            open = field.openTasks(haulage.key);
        }
    }

    private void assertReconciled(Receipt receipt, int sent, Map<String, Long> before) {
        int radios = haulage.radios.size();
        int pieces = sent;
        BigDecimal value = haulage.record().value();
        for (Discrepancy discrepancy : discrepancies(receipt)) {
            boolean item = discrepancy.serialNumber() != null;
            switch (discrepancy.kind()) {
                case SHORT -> {
                    radios -= item ? 1 : 0;
                    pieces -= item ? 0 : discrepancy.quantity();
                    value = value.subtract(discrepancy.value());
                }
                case OVER -> {
                    pieces += discrepancy.quantity();
                    value = value.add(discrepancy.value());
                }
                case DAMAGED -> value = value.subtract(discrepancy.value());
                case WRONG_SERIAL -> radios++;
            }
        }
        List<Place> places = haulage.radios.stream().map(haulage::place).toList();
        long disposed = places.stream().filter(Place.disposed()::equals).count();
        assertClosed(receipt, value.toPlainString());
        assertThat(places).allMatch(place -> place.kind() != Place.Kind.SITE && place.kind() != Place.Kind.VEHICLE);
        assertThat(gained(before, "radio")).isEqualTo(radios - disposed);
        assertThat(gained(before, "feeder")).isEqualTo(pieces);
    }

    private long gained(Map<String, Long> before, String category) {
        return total(stock(), category) - total(before, category);
    }

    private static long total(Map<String, Long> balances, String category) {
        return balances.entrySet().stream()
                .filter(balance -> balance.getKey().startsWith(category + ","))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
