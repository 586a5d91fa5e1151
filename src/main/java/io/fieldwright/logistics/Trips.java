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
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.sites.Site;
import io.fieldwright.sites.Sites;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.Processes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Trips with their manifests, from planning to signed arrival (requirements, section 9). */
@Service
@Transactional
public class Trips {

    public static final String TRIP_ID = "tripId";

    /** A hand-over as it was signed: by whom, and where if the device knew (WGS84 degrees). */
    public record Signature(String signedBy, @Nullable Double latitude, @Nullable Double longitude) {

        /** @throws Problem 400 for a position off the globe or half of one */
        public Signature {
            Positions.checkOptional(latitude, longitude);
        }
    }

    private final TripRepository trips;
    private final DismantleRecords records;
    private final ReceiptRepository receipts;
    private final Warehouses warehouses;
    private final Fleet fleet;
    private final TripPlanning planning;
    private final Equipment equipment;
    private final Sites sites;
    private final People people;
    private final Processes processes;
    private final Notifications notifications;
    private final Clock clock;

    Trips(
            TripRepository trips,
            DismantleRecords records,
            ReceiptRepository receipts,
            Warehouses warehouses,
            Fleet fleet,
            TripPlanning planning,
            Equipment equipment,
            Sites sites,
            People people,
            Processes processes,
            Notifications notifications,
            Clock clock) {
        this.trips = trips;
        this.records = records;
        this.receipts = receipts;
        this.warehouses = warehouses;
        this.fleet = fleet;
        this.planning = planning;
        this.equipment = equipment;
        this.sites = sites;
        this.people = people;
        this.processes = processes;
        this.notifications = notifications;
        this.clock = clock;
    }

    /** Step “Plan trips”: for all that still stands at the site. Pickup is proposed for the next day. */
    public List<UUID> plan(UUID recordId) {
        DismantleRecord record = records.get(recordId);
        UUID warehouseId = record.warehouseId();
        if (warehouseId == null) {
            throw new IllegalStateException("No warehouse is chosen for the dismantle record " + recordId);
        }
        Site site = records.siteOf(record);
        List<Trip> planned = planning.plan(
                record,
                remaining(record),
                site.latitude(),
                site.longitude(),
                warehouseId,
                LocalDate.now(clock).plusDays(1));
        trips.saveAll(planned);
        notifications.tell(
                people.inGroup(CandidateGroup.TRANSPORT_COORDINATOR, organisations(record.tenantId())),
                NotificationEvent.TRIP_PLANNED,
                record.tenantId(),
                records.values(record, null));
        return planned.stream().map(Trip::id).toList();
    }

    /** How many pieces of each line no trip has taken away for good. */
    private Map<DismantleLine, Integer> remaining(DismantleRecord record) {
        Map<UUID, Integer> taken = new HashMap<>();
        trips.findByDismantleRecordIdOrderById(record.id()).stream()
                .filter(trip -> trip.state() == Trip.State.IN_TRANSIT || trip.state() == Trip.State.ARRIVED)
                .flatMap(trip -> trip.manifest().stream())
                .forEach(line -> taken.merge(line.dismantleLineId(), line.loadedQuantity(), Integer::sum));
        Map<DismantleLine, Integer> remaining = new LinkedHashMap<>();
        for (DismantleLine line : record.presentLines()) {
            int left = line.quantity() - taken.getOrDefault(line.id(), 0);
            if (left > 0) {
                remaining.put(line, left);
            }
        }
        return remaining;
    }

    /**
     * Step “Check goods left at site”. When none are left the record is received, and each receipt expects what really
     * arrived at its warehouse.
     *
     * @return the receipts to count, or nothing while goods are left
     */
    public List<UUID> receiptsWhenAllArrived(UUID recordId) {
        DismantleRecord record = records.get(recordId);
        if (!remaining(record).isEmpty()) {
            return List.of();
        }
        record.move(DismantleState.RECEIVED, clock.instant(), null);
        Map<UUID, Map<UUID, Integer>> arrived = new HashMap<>();
        for (Trip trip : trips.findByDismantleRecordIdOrderById(recordId)) {
            if (trip.state() == Trip.State.ARRIVED) {
                Map<UUID, Integer> lines =
                        arrived.computeIfAbsent(trip.destinationWarehouseId(), unseen -> new HashMap<>());
                trip.manifest()
                        .forEach(line -> lines.merge(line.dismantleLineId(), line.loadedQuantity(), Integer::sum));
            }
        }
        List<Receipt> planned = receipts.findByDismantleRecordIdOrderById(recordId);
        for (Receipt receipt : planned) {
            Map<UUID, Integer> lines = arrived.getOrDefault(receipt.warehouseId(), Map.of());
            receipt.expect(record.presentLines().stream()
                    .filter(line -> lines.getOrDefault(line.id(), 0) > 0)
                    .map(line -> new ReceiptLine(line, lines.get(line.id())))
                    .toList());
            if (receipt.lines().isEmpty()) {
                receipt.cancel();
            } else {
                notifications.tell(
                        people.inGroup(CandidateGroup.STOREKEEPER, List.of(record.owner())),
                        NotificationEvent.GOODS_ARRIVED,
                        record.owner(),
                        records.values(record, null));
            }
        }
        return planned.stream()
                .filter(receipt -> receipt.state() == Receipt.State.EXPECTED)
                .map(Receipt::id)
                .toList();
    }

    /** What a trip may travel in: vehicles and carriers of both sides of the collaboration. */
    @Transactional(readOnly = true)
    public List<TransportChoice> transportChoices(UUID id) {
        Trip trip = get(id);
        return TenantScope.asSystem(() -> {
            List<TransportChoice> choices = new ArrayList<>();
            fleet.vehiclesOf(organisations(trip.tenantId()))
                    .forEach(vehicle -> choices.add(new TransportChoice(
                            Transport.vehicle(vehicle.id()),
                            "%s, %s: up to %.0f kg"
                                    .formatted(vehicle.registration(), vehicle.name(), vehicle.capacityKilograms()))));
            fleet.carriersOf(organisations(trip.tenantId()))
                    .forEach(carrier -> choices.add(
                            new TransportChoice(Transport.carrier(carrier.id()), "Carrier: " + carrier.name())));
            return choices;
        });
    }

    /** The choice that was planned, or null when the coordinator has to find one. */
    public @Nullable String plannedTransport(Trip trip) {
        return trip.transport().equals(Transport.UNDECIDED) ? null : new TransportChoice(trip.transport(), "").id();
    }

    /** Who may drive or answer for a trip. */
    @Transactional(readOnly = true)
    public List<Person> driverChoices(UUID id) {
        Trip trip = get(id);
        return TenantScope.asSystem(() -> {
            List<Person> drivers =
                    new ArrayList<>(people.inGroup(CandidateGroup.DRIVER, organisations(trip.tenantId())));
            drivers.addAll(people.inGroup(CandidateGroup.TRANSPORT_COORDINATOR, organisations(trip.tenantId())));
            return drivers;
        });
    }

    /** @throws Problem 400 for what may not be chosen, 409 for a manifest above the vehicle's capacity */
    public void confirm(UUID id, String transport, String driver, LocalDate pickupOn) {
        Trip trip = get(id);
        trip.require(Trip.State.PLANNED);
        if (pickupOn.isBefore(LocalDate.now(clock))) {
            throw Problem.invalid("pickupAt", "must not be in the past");
        }
        Transport chosen = choose(trip, transport, driver);
        requireRoom(trip, chosen, "vehicleId", trip.plannedWeight());
        trip.confirm(chosen, driver, pickupOn);
    }

    private Transport choose(Trip trip, String transport, String driver) {
        boolean known = driverChoices(trip.id()).stream()
                .anyMatch(person -> person.username().equals(driver));
        if (!known) {
            throw Problem.invalid("driver", "is nobody who may drive this trip");
        }
        return transportChoices(trip.id()).stream()
                .filter(choice -> choice.id().equals(transport))
                .map(TransportChoice::transport)
                .findFirst()
                .orElseThrow(() -> Problem.invalid("vehicleId", "is no vehicle or carrier for this trip"));
    }

    private void requireRoom(Trip trip, Transport transport, String field, double kilograms) {
        UUID vehicleId = transport.vehicleId();
        if (vehicleId != null) {
            fleet.requireRoom(vehicleId, trip.id(), field, kilograms);
        }
    }

    /**
     * Records what really was loaded. Nothing at all is allowed: the trip then ends.
     *
     * @return whether anything was loaded
     * @throws Problem 400 for what is not on the manifest or more than planned, 409 in a wrong state or above capacity
     */
    public boolean load(UUID id, Counted loaded, @Nullable String sealNumber, Signature signature) {
        Trip trip = get(id);
        trip.require(Trip.State.CONFIRMED);
        new LoadingCheck(trip).apply(loaded);
        requireRoom(trip, trip.transport(), "loadedSerials", trip.loadedWeight());
        trip.load(sealNumber, signature);
        return trip.manifest().stream().anyMatch(line -> line.loadedQuantity() > 0);
    }

    /** Step “Hand over to vehicle”: from here on the load is in transit. */
    public void depart(UUID id) {
        Trip trip = get(id);
        Instant now = clock.instant();
        trip.depart(now);
        DismantleRecord record = records.get(trip.dismantleRecordId());
        if (record.state() == DismantleState.COMPLETED) {
            record.move(DismantleState.IN_TRANSIT, now, null);
        }
        handOver(
                trip,
                trip.loadedItems(),
                Place.site(trip.siteId()),
                trip.onTheRoad(),
                "loaded, seal " + trip.sealNumber());
    }

    /** Keeps who signed for what comes next: an arrival, a return, or the change to another vehicle. */
    public void sign(UUID id, Signature signature) {
        Trip trip = get(id);
        trip.require(Trip.State.IN_TRANSIT);
        trip.sign(signature);
    }

    /** Step “Cancel empty trip”. */
    public void cancel(UUID id) {
        get(id).cancel();
    }

    /** Reports a breakdown of a trip on the road; the process asks for a replacement. */
    public void reportBreakdown(UUID id, String report) {
        Trip trip = get(id);
        trip.require(Trip.State.IN_TRANSIT);
        boolean allowed = SignedInPerson.current()
                .map(person -> person.username().equals(trip.driver())
                        || person.groups().contains(CandidateGroup.TRANSPORT_COORDINATOR.id()))
                .orElse(true);
        if (!allowed) {
            throw Problem.forbidden("Only the driver or a transport coordinator may report a breakdown.");
        }
        trip.breakDown(report);
        notifications.tell(
                people.inGroup(CandidateGroup.TRANSPORT_COORDINATOR, organisations(trip.tenantId())),
                NotificationEvent.BREAKDOWN_REPORTED,
                trip.tenantId(),
                Map.of("reference", trip.businessKey(), "reason", report));
        processes.send("trip-breakdown", trip.businessKey(), TRIP_ID, id.toString(), Map.of());
    }

    /**
     * Step “Transfer manifest”: the whole load changes to another vehicle or carrier on the road.
     *
     * @throws Problem 400 for what may not be chosen, 409 when it cannot take the load
     */
    public void transfer(UUID id, String transport, String driver) {
        Trip trip = get(id);
        trip.require(Trip.State.IN_TRANSIT);
        Transport chosen = choose(trip, transport, driver);
        if (chosen.equals(trip.transport())) {
            throw Problem.invalid("vehicleId", "is the one that broke down");
        }
        requireRoom(trip, chosen, "vehicleId", trip.loadedWeight());
        Place before = trip.onTheRoad();
        handOver(trip, stillAboard(trip), before, chosen.place(), "breakdown: " + trip.breakdownReport());
        trip.entrust(chosen, driver);
    }

    /** What the transport coordinator wants the driver to know. */
    public void remark(UUID id, @Nullable String remark) {
        get(id).remark(remark);
    }

    /** The warehouse refused the delivery; the goods stay on the vehicle until it is decided where they go. */
    public void refuse(UUID id, String reason) {
        Trip trip = get(id);
        trip.refuse(reason);
        notifications.tell(
                people.inGroup(CandidateGroup.TRANSPORT_COORDINATOR, organisations(trip.tenantId())),
                NotificationEvent.DELIVERY_REFUSED,
                trip.tenantId(),
                Map.of("reference", trip.businessKey(), "reason", reason));
    }

    /** Step “Hand over to warehouse”. */
    public void arrive(UUID id) {
        Trip trip = get(id);
        trip.require(Trip.State.IN_TRANSIT);
        handOver(trip, stillAboard(trip), trip.onTheRoad(), Place.warehouse(trip.destinationWarehouseId()), "arrived");
        trip.arrive(clock.instant());
    }

    /** Warehouses of the owner that a refused delivery may go to instead. */
    @Transactional(readOnly = true)
    public List<Warehouse> otherWarehouses(UUID id) {
        Trip trip = get(id);
        return TenantScope.asSystem(() -> warehouses.activeOf(trip.owner()).stream()
                .filter(warehouse -> !warehouse.id().equals(trip.destinationWarehouseId()))
                .toList());
    }

    /**
     * Step “Redirect trip”.
     *
     * @throws Problem 400 for a warehouse that is not offered
     */
    public void redirect(UUID id, UUID warehouseId) {
        boolean offered = otherWarehouses(id).stream()
                .anyMatch(warehouse -> warehouse.id().equals(warehouseId));
        if (!offered) {
            throw Problem.invalid("destination", "is no warehouse this delivery may go to");
        }
        Trip trip = get(id);
        trip.redirect(warehouseId);
        if (receipts.findByDismantleRecordIdAndWarehouseId(trip.dismantleRecordId(), warehouseId)
                .isEmpty()) {
            receipts.save(new Receipt(trip.tenantId(), trip.dismantleRecordId(), warehouseId, clock.instant()));
        }
    }

    /** Step “Hand over to site”: the load is back where it came from. */
    public void returnToSite(UUID id) {
        Trip trip = get(id);
        trip.require(Trip.State.IN_TRANSIT);
        handOver(
                trip,
                stillAboard(trip),
                trip.onTheRoad(),
                Place.site(trip.siteId()),
                "returned: " + trip.refusalReason());
        trip.returnToSite(clock.instant());
    }

    /** Without what turned up in a count elsewhere meanwhile: it was never on this trip, whatever was signed. */
    private List<UUID> stillAboard(Trip trip) {
        Place aboard = trip.onTheRoad();
        return TenantScope.asSystem(() -> equipment.items(trip.loadedItems()).stream()
                .filter(item -> item.place().equals(aboard))
                .map(EquipmentItem::id)
                .toList());
    }

    private void handOver(Trip trip, List<UUID> items, Place from, Place to, String what) {
        Signature signature = trip.signature();
        if (!items.isEmpty()) {
            TenantScope.asSystem(() -> equipment.handOver(
                    items,
                    new HandOver(
                            from,
                            to,
                            clock.instant(),
                            SignedInPerson.currentUsername(),
                            signature.signedBy(),
                            signature.latitude(),
                            signature.longitude(),
                            "trip %s: %s".formatted(trip.id(), what))));
        }
    }

    static List<String> organisations(String tenantId) {
        return Collaboration.parse(tenantId).organisations();
    }

    /** Where a trip starts. */
    public Site siteOf(Trip trip) {
        return TenantScope.asSystem(() -> sites.get(trip.siteId()));
    }

    /** Where a trip goes. */
    public Warehouse destinationOf(Trip trip) {
        return TenantScope.asSystem(() -> warehouses.get(trip.destinationWarehouseId()));
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Trip get(UUID id) {
        return trips.findById(id).orElseThrow(() -> Problem.notFound("trip", id));
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public List<ManifestLine> manifest(UUID id) {
        return get(id).manifest();
    }

    @Transactional(readOnly = true)
    public Page<Trip> search(@Nullable UUID record, @Nullable UUID vehicle, Trip.@Nullable State state, Pageable page) {
        return trips.search(record, vehicle, state, page);
    }
}
