package io.fieldwright.logistics;

import io.fieldwright.api.Problem;
import io.fieldwright.equipment.Condition;
import io.fieldwright.equipment.Equipment;
import io.fieldwright.equipment.EquipmentCategory;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.HandOver;
import io.fieldwright.equipment.Place;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.notification.Notifications;
import io.fieldwright.people.CandidateGroup;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.people.Team;
import io.fieldwright.projects.Allocation;
import io.fieldwright.projects.AllocationState;
import io.fieldwright.projects.AllocationWithdrawn;
import io.fieldwright.projects.Allocations;
import io.fieldwright.projects.Project;
import io.fieldwright.projects.Projects;
import io.fieldwright.sites.Permit;
import io.fieldwright.sites.Site;
import io.fieldwright.sites.Sites;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.Decisions;
import io.fieldwright.workflow.Processes;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Dismantle records from the order to the settlement (requirements, section 9). */
@Service
@Transactional
public class DismantleRecords {

    /** The names that the process {@code dismantle-to-warehouse} and this service share. */
    public static final String PROCESS = "dismantle-to-warehouse";

    public static final String DISMANTLE_RECORD_ID = "dismantleRecordId";
    public static final String REASON = "reason";

    private static final Set<DismantleState> BEFORE_LOADING =
            EnumSet.of(DismantleState.PENDING, DismantleState.IN_PROGRESS, DismantleState.COMPLETED);

    private final DismantleRecordRepository records;
    private final TripRepository trips;
    private final ReceiptRepository receipts;
    private final Equipment equipment;
    private final Sites sites;
    private final People people;
    private final Projects projects;
    private final Allocations allocations;
    private final Processes processes;
    private final Decisions decisions;
    private final Notifications notifications;
    private final Clock clock;

    DismantleRecords(
            DismantleRecordRepository records,
            TripRepository trips,
            ReceiptRepository receipts,
            Equipment equipment,
            Sites sites,
            People people,
            Projects projects,
            Allocations allocations,
            Processes processes,
            Decisions decisions,
            Notifications notifications,
            Clock clock) {
        this.records = records;
        this.trips = trips;
        this.receipts = receipts;
        this.equipment = equipment;
        this.sites = sites;
        this.people = people;
        this.projects = projects;
        this.allocations = allocations;
        this.processes = processes;
        this.decisions = decisions;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * Orders a dismantle outside a site lifecycle and starts its process, for external systems that know what is to
     * come down.
     *
     * @throws Problem 400 for a project, site or team that may not be named, 409 when the site is being dismantled
     */
    public DismantleRecord order(DismantleOrder order) {
        Project project = Problem.named("project", () -> projects.get(order.projectId()));
        Site site = Problem.named("site", () -> sites.get(order.siteId()));
        if (!site.tenantId().equals(project.tenantId())) {
            throw Problem.invalid("site", "does not belong to the project's organisation");
        }
        DismantleRecord record = open(order);
        processes.start(
                PROCESS,
                record.tenantId(),
                record.businessKey(),
                Map.of(
                        DISMANTLE_RECORD_ID,
                        record.id().toString(),
                        "projectId",
                        order.projectId().toString(),
                        "siteId",
                        order.siteId().toString(),
                        "teamId",
                        order.teamId().toString()));
        return record;
    }

    /** Step “Open dismantle record”, for the work of an allocation and for an order alike. */
    public DismantleRecord open(DismantleOrder order) {
        return TenantScope.asSystem(() -> {
            Project project = projects.get(order.projectId());
            Site site = sites.get(order.siteId());
            Collaboration collaboration =
                    allocations.collaboration(project.tenantId(), order.teamId(), order.allocationId());
            if (records.existsBySiteIdAndStateIn(order.siteId(), BEFORE_LOADING)) {
                throw Problem.conflict("site", "%s is being dismantled already".formatted(site.code()));
            }
            String businessKey = project.code() + "/" + site.code();
            return records.saveAndFlush(
                    new DismantleRecord(collaboration.tenantId(), businessKey, order, clock.instant()));
        });
    }

    public Site siteOf(DismantleRecord record) {
        return TenantScope.asSystem(() -> sites.get(record.siteId()));
    }

    /** What the site should hold. */
    @Transactional(readOnly = true)
    public List<EquipmentItem> expectedEquipment(DismantleRecord record) {
        return TenantScope.asSystem(() -> equipment.at(Place.site(record.siteId())));
    }

    /**
     * Asks a process that works on the record to end it; possible until the first loading.
     *
     * @throws Problem 404 when out of sight, 403 for the vendor's side, 409 once loaded
     */
    public void requestCancellation(UUID id, String reason) {
        DismantleRecord record = get(id);
        TenantScope.requireOwnersSide(record.tenantId());
        if (!BEFORE_LOADING.contains(record.state())) {
            throw Problem.conflict(
                    "state", "a dismantle record that is %s cannot be cancelled".formatted(record.state()));
        }
        processes.send(
                "dismantle-cancelled",
                record.businessKey(),
                DISMANTLE_RECORD_ID,
                id.toString(),
                Map.of(REASON, reason));
    }

    /** The asset owner agrees. */
    public void authorise(UUID id) {
        DismantleRecord record = get(id);
        requireNotHeld(record);
        record.authorise(SignedInPerson.currentUsername(), clock.instant());
    }

    /** @throws Problem 400 for a permit that ends before it begins or has ended */
    public void recordPermit(UUID id, String number, LocalDate validFrom, LocalDate validTo) {
        Permit permit = Permit.issued(number, validFrom, validTo, LocalDate.now(clock));
        DismantleRecord record = get(id);
        requireNotHeld(record);
        record.permit(permit.number(), permit.validFrom(), permit.validTo());
    }

    /**
     * Replaces a permit that runs out or has run out before the team has scanned.
     *
     * @throws Problem 404 when out of sight, 403 for the vendor's side, 409 once scanned, 400 as {@link #recordPermit}
     */
    public void renewPermit(UUID id, String number, LocalDate validFrom, LocalDate validTo) {
        DismantleRecord record = get(id);
        TenantScope.requireOwnersSide(record.tenantId());
        record.require(DismantleState.IN_PROGRESS);
        recordPermit(id, number, validFrom, validTo);
    }

    /**
     * Files what the team dismantled and scanned.
     *
     * @throws Problem 403 for who is not of the team, 409 in a wrong state, without a valid permit or for a serial number
     *     that is recorded elsewhere, 400 for an empty scan, an unknown category or a serial number that is not
     *     registered and comes without one
     */
    public void fileScan(UUID id, Counted found, @Nullable String note) {
        DismantleRecord record = get(id);
        record.require(DismantleState.IN_PROGRESS);
        requireNotHeld(record);
        requireTeam(record);
        requirePermit(record);
        if (found.isEmpty()) {
            throw Problem.invalid("scannedSerials", "nothing was scanned");
        }
        List<DismantleLine> lines = TenantScope.asSystem(() -> new ScanComparison(equipment, record).lines(found));
        record.scan(lines, SignedInPerson.currentUsername(), clock.instant(), note);
    }

    private void requireTeam(DismantleRecord record) {
        boolean member = SignedInPerson.current()
                .map(person -> person.groups().contains(Team.groupOf(record.teamId())))
                .orElse(true);
        if (!member) {
            throw Problem.forbidden("Only the team that works at the site may file its dismantle record.");
        }
        UUID allocationId = record.allocationId();
        if (allocationId != null) {
            Allocation allocation = TenantScope.asSystem(() -> allocations.get(allocationId));
            if (allocation.state() != AllocationState.WIP) {
                throw Problem.conflict("state", "the allocation is " + allocation.state() + ", not WIP");
            }
        }
    }

    private void requirePermit(DismantleRecord record) {
        LocalDate today = LocalDate.now(clock);
        LocalDate from = record.permitValidFrom();
        LocalDate to = record.permitValidTo();
        if (from != null && to != null && (today.isBefore(from) || today.isAfter(to))) {
            throw Problem.conflict(
                    "permit", "the permit %s is valid from %s to %s".formatted(record.permitNumber(), from, to));
        }
    }

    /** @throws Problem 409 while the site is on hold */
    @Transactional(readOnly = true)
    public void requireNotHeld(UUID id) {
        requireNotHeld(get(id));
    }

    private void requireNotHeld(DismantleRecord record) {
        UUID allocationId = record.allocationId();
        if (allocationId != null) {
            TenantScope.asSystem(() -> allocations.requireNotHeld(allocationId));
        }
    }

    /** Step “Compare with expected equipment”: whether anything is missing or should not be there. */
    public boolean hasDeviations(UUID id) {
        DismantleRecord record = get(id);
        boolean deviations = record.lines().stream()
                .anyMatch(line -> line.finding() == DismantleLine.Finding.MISSING
                        || line.finding() == DismantleLine.Finding.UNEXPECTED);
        if (deviations) {
            Project project = projects.get(record.projectId());
            record.remark(null);
            notifications.tell(
                    List.of(project.manager()),
                    NotificationEvent.DEVIATIONS_FOUND,
                    record.owner(),
                    values(record, null));
        }
        return deviations;
    }

    /**
     * The project manager accepts the deviations: what is missing counts as lost, what should not be there is
     * registered at the site.
     */
    public void acceptDeviations(UUID id, String reason) {
        DismantleRecord record = get(id);
        record.require(DismantleState.IN_PROGRESS);
        requireNotHeld(record);
        String who = SignedInPerson.currentUsername();
        String evidence = "dismantle record %s: deviation accepted, %s".formatted(id, reason);
        Place site = Place.site(record.siteId());
        TenantScope.asSystem(() -> {
            List<UUID> missing = record.lines().stream()
                    .filter(line -> line.finding() == DismantleLine.Finding.MISSING)
                    .map(DismantleLine::itemId)
                    .toList();
            if (!missing.isEmpty()) {
                equipment.handOver(
                        missing, new HandOver(site, Place.lost(), clock.instant(), who, who, null, null, evidence));
            }
            record.lines().stream()
                    .filter(line -> line.finding() == DismantleLine.Finding.UNEXPECTED && line.itemId() == null)
                    .forEach(line -> line.identify(equipment
                            .registerUnidentified(
                                    record.owner(),
                                    line.categoryCode(),
                                    String.valueOf(line.serialNumber()),
                                    line.condition(),
                                    site,
                                    who)
                            .id()));
        });
    }

    /** Step “Value equipment”: prices every line and seals the equipment for pickup. */
    public void seal(UUID id) {
        DismantleRecord record = get(id);
        Map<String, EquipmentCategory> categories = new HashMap<>();
        Map<UUID, EquipmentItem> items = items(record);
        Map<Map<String, Object>, Integer> percents = new HashMap<>();
        String currency = null;
        for (DismantleLine line : record.presentLines()) {
            EquipmentCategory category =
                    categories.computeIfAbsent(line.categoryCode(), code -> equipment.category(record.owner(), code));
            if (currency != null && !currency.equals(category.currency())) {
                throw Problem.conflict(
                        "currency",
                        "equipment priced in %s and %s cannot be valued together"
                                .formatted(currency, category.currency()));
            }
            currency = category.currency();
            EquipmentItem item = line.itemId() == null ? null : items.get(line.itemId());
            int percent = percents.computeIfAbsent(
                    valueInputs(line.kind(), line.condition(), item, line.quantity()), this::percentOfNewPrice);
            line.price(category.newPrice(), percent);
            if (item != null && item.condition() != line.condition()) {
                equipment.recordCondition(item.id(), line.condition());
            }
        }
        record.seal(currency == null ? "INR" : currency, clock.instant());
    }

    /** The project manager wants the team to scan again and says why. */
    public void askForScan(UUID id, String reason) {
        DismantleRecord record = get(id);
        record.require(DismantleState.IN_PROGRESS);
        requireNotHeld(record);
        record.remark(reason);
    }

    /** What is left of the new price by the decision {@code equipment-value}; no item means bulk goods. */
    int percentOfNewPrice(String kind, Condition condition, @Nullable EquipmentItem item, int quantity) {
        return percentOfNewPrice(valueInputs(kind, condition, item, quantity));
    }

    private Map<String, Object> valueInputs(
            String kind, Condition condition, @Nullable EquipmentItem item, int quantity) {
        return Map.of(
                "kind",
                kind,
                "condition",
                condition.id(),
                "ageYears",
                item == null ? 0 : age(item),
                "quantity",
                quantity);
    }

    private int percentOfNewPrice(Map<String, Object> inputs) {
        return ((Number) decisions.evaluate("equipment-value", inputs).get("percentOfNewPrice")).intValue();
    }

    private Map<UUID, EquipmentItem> items(DismantleRecord record) {
        List<UUID> ids = record.presentLines().stream()
                .filter(line -> line.itemId() != null)
                .map(DismantleLine::itemId)
                .toList();
        return equipment.items(ids).stream().collect(Collectors.toMap(EquipmentItem::id, Function.identity()));
    }

    private int age(EquipmentItem item) {
        return Math.max(
                0, Period.between(item.inServiceSince(), LocalDate.now(clock)).getYears());
    }

    /** Step “Cancel dismantle”: also ends trips and receipts that only were planned. */
    public void cancel(UUID id, NotificationEvent event, @Nullable String reason) {
        DismantleRecord record = get(id);
        record.move(DismantleState.CANCELLED, clock.instant(), reason);
        trips.findByDismantleRecordIdOrderById(id).forEach(Trip::cancel);
        receipts.findByDismantleRecordIdOrderById(id).forEach(Receipt::cancel);
        Collection<Person> told = people.inGroup(CandidateGroup.COORDINATOR, List.of(record.owner()));
        notifications.tell(told, event, record.owner(), values(record, reason));
    }

    @EventListener
    void end(AllocationWithdrawn withdrawn) {
        records.findByAllocationIdAndStateIn(withdrawn.allocationId(), BEFORE_LOADING)
                .forEach(record -> cancel(record.id(), NotificationEvent.DISMANTLE_CANCELLED, withdrawn.reason()));
    }

    /** Step “Settle recovered value”: what arrived, at the value it was sealed at less what damage took from it. */
    public void settle(UUID id) {
        DismantleRecord record = get(id);
        BigDecimal recovered = receipts.findByDismantleRecordIdOrderById(id).stream()
                .flatMap(receipt -> receipt.lines().stream())
                .map(ReceiptLine::recoveredValue)
                .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
        record.settle(recovered, clock.instant());
    }

    /** Step “Close dismantle record”. */
    public void close(UUID id) {
        DismantleRecord record = get(id);
        record.move(DismantleState.CLOSED, clock.instant(), null);
        Project project = projects.get(record.projectId());
        Map<String, String> values = values(record, null);
        values.put("amount", record.recoveredValue() + " " + record.currency());
        notifications.tell(List.of(project.manager()), NotificationEvent.DISMANTLE_CLOSED, record.owner(), values);
    }

    /** The words that messages about a record are filled with. */
    Map<String, String> values(DismantleRecord record, @Nullable String reason) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                "project",
                record.businessKey().substring(0, record.businessKey().indexOf('/')));
        values.put("site", record.businessKey().substring(record.businessKey().indexOf('/') + 1));
        values.put("reference", record.businessKey());
        if (reason != null) {
            values.put("reason", reason);
        }
        return values;
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public DismantleRecord get(UUID id) {
        return records.findById(id).orElseThrow(() -> Problem.notFound("dismantle record", id));
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public List<DismantleLine> lines(UUID id) {
        return get(id).lines();
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public List<DismantleEvent> history(UUID id) {
        return get(id).history();
    }

    @Transactional(readOnly = true)
    public Page<DismantleRecord> search(
            @Nullable UUID site, @Nullable UUID allocation, @Nullable DismantleState state, Pageable page) {
        return records.search(site, allocation, state, page);
    }
}
