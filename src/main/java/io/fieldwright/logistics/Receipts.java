package io.fieldwright.logistics;

import io.fieldwright.api.Problem;
import io.fieldwright.equipment.Equipment;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.HandOver;
import io.fieldwright.equipment.Place;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.notification.Notifications;
import io.fieldwright.people.CandidateGroup;
import io.fieldwright.people.People;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.Decisions;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Receipts from the count to the shelf, with every difference accounted for (requirements, section 9). */
@Service
@Transactional
public class Receipts {

    public static final String RECEIPT_ID = "receiptId";

    private final ReceiptRepository receipts;
    private final DismantleRecords records;
    private final Warehouses warehouses;
    private final Stock stock;
    private final Equipment equipment;
    private final Decisions decisions;
    private final People people;
    private final Notifications notifications;
    private final Clock clock;

    Receipts(
            ReceiptRepository receipts,
            DismantleRecords records,
            Warehouses warehouses,
            Stock stock,
            Equipment equipment,
            Decisions decisions,
            People people,
            Notifications notifications,
            Clock clock) {
        this.receipts = receipts;
        this.records = records;
        this.warehouses = warehouses;
        this.stock = stock;
        this.equipment = equipment;
        this.decisions = decisions;
        this.people = people;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * Files a count. What was expected and is not in it counts as zero; what is in it unexpected is kept as a line of
     * its own.
     *
     * @throws Problem 400 for an unknown category or a serial number that is not registered and comes without condition
     *     and category, 409 in a wrong state
     */
    public void count(UUID id, Counted counted, @Nullable String note) {
        Receipt receipt = get(id);
        List<ReceiptLine> unannounced =
                TenantScope.asSystem(() -> new CountComparison(equipment, receipt).apply(counted));
        receipt.count(unannounced, SignedInPerson.currentUsername(), clock.instant(), note);
    }

    /**
     * Step “Compare count with manifest”: writes down every difference, asks the decision {@code receipt-tolerance} about
     * each, and values by {@code equipment-value} what is not in the condition it was sent in.
     *
     * @return whether all are tolerated
     */
    public boolean compare(UUID id) {
        Receipt receipt = get(id);
        List<Discrepancy> found = new ArrayList<>();
        for (ReceiptLine line : receipt.lines()) {
            int difference = line.difference();
            if (difference != 0) {
                Discrepancy.State state =
                        tolerated(line, difference) ? Discrepancy.State.TOLERATED : Discrepancy.State.OPEN;
                int pieces = Math.abs(difference);
                found.add(new Discrepancy(line, kind(line, difference), state, pieces, line.value(pieces)));
            }
            if (line.counted() > 0 && (line.damaged() || line.expectedQuantity() == 0)) {
                line.revalue(percentOfNewPrice(line));
            }
            if (line.damaged()) {
                found.add(new Discrepancy(
                        line,
                        Discrepancy.Kind.DAMAGED,
                        Discrepancy.State.OPEN,
                        line.counted(),
                        line.value(line.counted()).subtract(line.recoveredValue())));
            }
        }
        receipt.differ(found);
        boolean within = found.stream().allMatch(discrepancy -> discrepancy.state() == Discrepancy.State.TOLERATED);
        if (!within) {
            notifications.tell(
                    people.inGroup(CandidateGroup.WAREHOUSE_MANAGER, List.of(receipt.owner())),
                    NotificationEvent.DISCREPANCIES_FOUND,
                    receipt.owner(),
                    values(receipt));
        }
        return within;
    }

    private int percentOfNewPrice(ReceiptLine line) {
        UUID id = line.itemId();
        EquipmentItem item = id == null ? null : TenantScope.asSystem(() -> equipment.item(id));
        return records.percentOfNewPrice(line.kind(), line.finalCondition(), item, line.counted());
    }

    private static Discrepancy.Kind kind(ReceiptLine line, int difference) {
        if (difference < 0) {
            return Discrepancy.Kind.SHORT;
        }
        return line.serialNumber() == null ? Discrepancy.Kind.OVER : Discrepancy.Kind.WRONG_SERIAL;
    }

    private boolean tolerated(ReceiptLine line, int difference) {
        double percent = line.expectedQuantity() == 0 ? 100 : 100.0 * Math.abs(difference) / line.expectedQuantity();
        BigDecimal value = line.value(Math.abs(difference));
        return Boolean.TRUE.equals(decisions
                .evaluate(
                        "receipt-tolerance",
                        Map.of(
                                "serialised",
                                line.serialNumber() != null,
                                "deviationPercent",
                                percent,
                                "deviationValue",
                                value.doubleValue()))
                .get("withinTolerance"));
    }

    /** The warehouse manager lets the count stand and says what was found. */
    public void acceptDiscrepancies(UUID id, String findings) {
        get(id).discrepancies().forEach(discrepancy -> discrepancy.accept(findings));
    }

    /** A finance approver rejects the write-off and says why, or approves it: {@code rejection} is null then. */
    public void decideWriteOff(UUID id, @Nullable String rejection) {
        get(id).decideWriteOff(SignedInPerson.currentUsername(), rejection);
    }

    /** What would be written off, in the record's currency. */
    @Transactional(readOnly = true)
    public BigDecimal losses(UUID id) {
        return get(id).losses();
    }

    /**
     * Step “Write off losses”: what is short is lost from now on, by name of the discrepancy; what is damaged stays, worth
     * less.
     */
    public void writeOff(UUID id) {
        Receipt receipt = get(id);
        Map<UUID, ReceiptLine> lines = linesById(receipt);
        for (Discrepancy discrepancy : receipt.discrepancies()) {
            if (discrepancy.isLoss()) {
                discrepancy.writeOff();
                UUID item = lines.get(discrepancy.receiptLineId()).itemId();
                if (discrepancy.kind() == Discrepancy.Kind.SHORT && item != null && isUnfound(receipt, item)) {
                    handOver(
                            receipt,
                            List.of(item),
                            Place.warehouse(receipt.warehouseId()),
                            Place.lost(),
                            "written off, discrepancy " + discrepancy.id());
                }
            }
        }
        Map<String, String> values = values(receipt);
        values.put("amount", receipt.losses().toPlainString());
        notifications.tell(
                people.inGroup(CandidateGroup.WAREHOUSE_MANAGER, List.of(receipt.owner())),
                NotificationEvent.LOSSES_WRITTEN_OFF,
                receipt.owner(),
                values);
    }

    /** Nobody has found it: it is where its trip brought it, and no other count has put it to stock meanwhile. */
    private boolean isUnfound(Receipt receipt, UUID item) {
        Place place = TenantScope.asSystem(() -> equipment.item(item)).place();
        return place.equals(Place.warehouse(receipt.warehouseId())) && !stock.holds(item);
    }

    /** Step “Put to stock”: everything counted, in the condition it was counted in. */
    public void putToStock(UUID id) {
        Receipt receipt = get(id);
        Place here = Place.warehouse(receipt.warehouseId());
        Map<UUID, Place> places = places(receipt);
        List<Stock.Movement> movements = new ArrayList<>();
        for (ReceiptLine line : receipt.lines()) {
            if (line.counted() == 0) {
                continue;
            }
            if (line.serialNumber() != null) {
                takeIn(receipt, line, places, here);
            }
            UUID item = line.itemId();
            if (item != null && line.foundInAnotherCondition()) {
                equipment.recordCondition(item, line.finalCondition());
            }
            movements.add(new Stock.Movement(
                    receipt.warehouseId(), line, line.counted(), Stock.Reason.RECEIVED, receipt.id()));
        }
        stock.release(
                movements.stream()
                        .map(movement -> movement.line().itemId())
                        .filter(Objects::nonNull)
                        .toList(),
                receipt.id());
        stock.move(receipt.tenantId(), movements);
        receipt.stock();
    }

    private Map<UUID, Place> places(Receipt receipt) {
        List<UUID> items = receipt.lines().stream()
                .map(ReceiptLine::itemId)
                .filter(Objects::nonNull)
                .toList();
        return TenantScope.asSystem(() -> equipment.items(items)).stream()
                .collect(Collectors.toMap(EquipmentItem::id, EquipmentItem::place));
    }

    private void takeIn(Receipt receipt, ReceiptLine line, Map<UUID, Place> places, Place here) {
        UUID known = line.itemId();
        if (known == null) {
            EquipmentItem registered = equipment.registerUnidentified(
                    receipt.owner(),
                    line.categoryCode(),
                    String.valueOf(line.serialNumber()),
                    line.finalCondition(),
                    here,
                    SignedInPerson.currentUsername());
            line.identify(registered.id());
            return;
        }
        Place before = places.get(known);
        if (!here.equals(before)) {
            handOver(receipt, List.of(known), before, here, "turned up in the count of receipt " + receipt.id());
        }
    }

    /** Step “Decide disposition”: the decision {@code disposition} for each line; answers whether any is scrap. */
    public boolean decideDisposition(UUID id) {
        Receipt receipt = get(id);
        Map<Map<String, Object>, String> decided = new HashMap<>();
        for (ReceiptLine line : receipt.lines()) {
            if (line.counted() > 0) {
                Map<String, Object> inputs = Map.of(
                        "kind", line.kind(),
                        "condition", line.finalCondition().id(),
                        "percentOfNewPrice", line.finalPercentOfNewPrice());
                line.dispose(decided.computeIfAbsent(inputs, unseen ->
                        (String) decisions.evaluate("disposition", unseen).get("disposition")));
            }
        }
        return !scrap(receipt).isEmpty();
    }

    /** The lines that are to be scrapped. */
    @Transactional(readOnly = true)
    public List<ReceiptLine> scrap(Receipt receipt) {
        return receipt.lines().stream()
                .filter(line -> "scrap".equals(line.disposition()))
                .toList();
    }

    /** @throws Problem 400 for a certificate of a day to come */
    public void certifyScrap(UUID id, String number, String issuer, LocalDate date) {
        if (date.isAfter(LocalDate.now(clock))) {
            throw Problem.invalid("certificateDate", "must not lie in the future");
        }
        get(id).certify(number, issuer, date);
    }

    /** Step “Apply disposition”: scrap leaves the stock, by its certificate; all else stays, marked for its use. */
    public void applyDisposition(UUID id) {
        Receipt receipt = get(id);
        List<ReceiptLine> scrap = scrap(receipt);
        stock.move(
                receipt.tenantId(),
                scrap.stream()
                        .map(line -> new Stock.Movement(
                                receipt.warehouseId(), line, -line.counted(), Stock.Reason.SCRAPPED, receipt.id()))
                        .toList());
        List<UUID> items = scrap.stream()
                .filter(line -> line.itemId() != null)
                .map(ReceiptLine::itemId)
                .toList();
        if (!items.isEmpty()) {
            handOver(
                    receipt,
                    items,
                    Place.warehouse(receipt.warehouseId()),
                    Place.disposed(),
                    "scrap certificate " + receipt.certificateNumber());
        }
    }

    /** Step “Reconcile receipt”. */
    public void reconcile(UUID id) {
        get(id).reconcile();
    }

    private void handOver(Receipt receipt, List<UUID> items, Place from, Place to, String evidence) {
        String who = SignedInPerson.currentUsername();
        TenantScope.asSystem(() -> equipment.handOver(
                items,
                new HandOver(
                        from,
                        to,
                        clock.instant(),
                        who,
                        who,
                        null,
                        null,
                        "receipt %s: %s".formatted(receipt.id(), evidence))));
    }

    private static Map<UUID, ReceiptLine> linesById(Receipt receipt) {
        Map<UUID, ReceiptLine> lines = new HashMap<>();
        receipt.lines().forEach(line -> lines.put(line.id(), line));
        return lines;
    }

    private Map<String, String> values(Receipt receipt) {
        Map<String, String> values = records.values(records.get(receipt.dismantleRecordId()), null);
        values.put("warehouse", warehouseOf(receipt).name());
        return values;
    }

    /** Where a receipt is counted. */
    public Warehouse warehouseOf(Receipt receipt) {
        return TenantScope.asSystem(() -> warehouses.get(receipt.warehouseId()));
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Receipt get(UUID id) {
        return receipts.findById(id).orElseThrow(() -> Problem.notFound("receipt", id));
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public List<ReceiptLine> lines(UUID id) {
        return get(id).lines();
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public List<Discrepancy> discrepancies(UUID id) {
        return get(id).discrepancies();
    }

    @Transactional(readOnly = true)
    public Page<Receipt> search(
            @Nullable UUID record, @Nullable UUID warehouse, Receipt.@Nullable State state, Pageable page) {
        return receipts.search(record, warehouse, state, page);
    }
}
