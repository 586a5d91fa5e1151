package io.fieldwright.logistics;

import io.fieldwright.api.Problem;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.notification.Notifications;
import io.fieldwright.people.CandidateGroup;
import io.fieldwright.people.People;
import io.fieldwright.sites.Geodesy;
import io.fieldwright.sites.Site;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.Decisions;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds the warehouse a load goes to: the decision {@code warehouse-choice} scores each, the best one takes it. */
@Service
@Transactional
public class WarehouseChoice {

    private record Candidate(Warehouse warehouse, double distanceMetres, int score) {}

    private final DismantleRecords records;
    private final ReceiptRepository receipts;
    private final Warehouses warehouses;
    private final Stock stock;
    private final Decisions decisions;
    private final People people;
    private final Notifications notifications;
    private final Clock clock;

    WarehouseChoice(
            DismantleRecords records,
            ReceiptRepository receipts,
            Warehouses warehouses,
            Stock stock,
            Decisions decisions,
            People people,
            Notifications notifications,
            Clock clock) {
        this.records = records;
        this.receipts = receipts;
        this.warehouses = warehouses;
        this.stock = stock;
        this.decisions = decisions;
        this.people = people;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * Step “Choose warehouse”. The best candidate is locked and scored again before it is taken, so that loads chosen at
     * the same moment cannot overfill it together.
     */
    public Optional<UUID> choose(UUID recordId) {
        DismantleRecord record = records.get(recordId);
        List<Candidate> candidates = activeOf(record).stream()
                .map(warehouse -> score(record, warehouse))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Candidate::score).reversed().thenComparing(Candidate::distanceMetres))
                .toList();
        for (Candidate candidate : candidates) {
            Warehouse locked = warehouses.lock(candidate.warehouse().id());
            if (score(record, locked).isPresent()) {
                record.send(locked.id());
                return Optional.of(locked.id());
            }
        }
        return Optional.empty();
    }

    private Optional<Candidate> score(DismantleRecord record, Warehouse warehouse) {
        Site site = records.siteOf(record);
        double metres = Geodesy.metres(site.latitude(), site.longitude(), warehouse.latitude(), warehouse.longitude());
        Map<String, Object> outcome = decisions.evaluate(
                "warehouse-choice",
                Map.of(
                        "distanceKm", metres / 1000,
                        "capacityLeftPercent", capacityLeftPercent(record, warehouse),
                        "acceptsEverything", warehouse.accepts(kinds(record)),
                        "secure", warehouse.secure(),
                        "loadValue",
                                record.value() == null ? 0.0 : record.value().doubleValue()));
        return Boolean.TRUE.equals(outcome.get("eligible"))
                ? Optional.of(new Candidate(warehouse, metres, ((Number) outcome.get("score")).intValue()))
                : Optional.empty();
    }

    private int capacityLeftPercent(DismantleRecord record, Warehouse warehouse) {
        double load = record.presentLines().stream()
                .mapToDouble(line -> line.weightKilograms() * line.quantity())
                .sum();
        double committed = stock.committedKilograms(List.of(warehouse.id())).getOrDefault(warehouse.id(), 0.0);
        double left = warehouse.capacityKilograms() - committed - load;
        return warehouse.capacityKilograms() == 0 ? -1 : (int) Math.floor(100 * left / warehouse.capacityKilograms());
    }

    private static Set<String> kinds(DismantleRecord record) {
        return record.presentLines().stream().map(DismantleLine::kind).collect(Collectors.toSet());
    }

    /** Warehouses that somebody may choose by hand when none fits the rules. */
    @Transactional(readOnly = true)
    public List<Warehouse> activeOf(DismantleRecord record) {
        return TenantScope.asSystem(() -> warehouses.activeOf(record.owner()));
    }

    /** @throws Problem 400 for a warehouse that is not offered, 409 while the site is on hold */
    public void chooseByHand(UUID recordId, UUID warehouseId, String reason) {
        DismantleRecord record = records.get(recordId);
        records.requireNotHeld(recordId);
        boolean offered =
                activeOf(record).stream().anyMatch(warehouse -> warehouse.id().equals(warehouseId));
        if (!offered) {
            throw Problem.invalid("warehouseId", "is no warehouse of " + record.owner());
        }
        record.remark(reason);
        record.send(warehouseId);
    }

    /** Step “Expect receipt”: the warehouse knows from now on what is to come and of what value. */
    public void expect(UUID recordId) {
        DismantleRecord record = records.get(recordId);
        UUID warehouseId = record.warehouseId();
        if (warehouseId == null) {
            throw new IllegalStateException("No warehouse is chosen for the dismantle record " + recordId);
        }
        Receipt receipt = new Receipt(record.tenantId(), recordId, warehouseId, clock.instant());
        receipt.expect(record.presentLines().stream()
                .map(line -> new ReceiptLine(line, line.quantity()))
                .toList());
        receipts.save(receipt);
        Map<String, String> values = records.values(record, null);
        values.put("warehouse", warehouses.get(warehouseId).name());
        values.put("amount", record.value() + " " + record.currency());
        notifications.tell(
                people.inGroup(CandidateGroup.STOREKEEPER, List.of(record.owner())),
                NotificationEvent.GOODS_EXPECTED,
                record.owner(),
                values);
    }
}
