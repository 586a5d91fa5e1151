package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.api.Problem;
import io.fieldwright.equipment.CustodyEntry;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.logistics.DismantleOrder;
import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.ManifestLine;
import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Warehouse;
import io.fieldwright.sites.Site;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/** The dismantle of one site on its way to the warehouse; after each step nothing may be unaccounted for. */
class Haulage {

    final Field field;
    final Site site;
    final List<EquipmentItem> radios;
    final String key;

    Haulage(Field field) {
        this(field, field.site, field.radios);
    }

    Haulage(Field field, Site site, List<EquipmentItem> radios) {
        this.field = field;
        this.site = site;
        this.radios = radios;
        this.key = "RECOVERY/" + site.code();
    }

    /** Takes down all radios and the bulk goods, up to where the transport coordinator confirms the trips. */
    Haulage dismantle(String bulk) {
        return dismantle(radios.stream().map(EquipmentItem::serialNumber).collect(Collectors.joining("\n")), bulk);
    }

    Haulage dismantle(String serials, String bulk) {
        field.as(
                "coordinator",
                () -> field.dismantleRecords.order(
                        new DismantleOrder(field.project.id(), site.id(), field.crew.id(), null)));
        field.runJobs(key);
        field.complete("asset-owner", key, "Task_AuthoriseDismantle", "answer", "authorise");
        field.complete("field-engineer", key, "Task_DismantleAndScan", "scannedSerials", serials, "bulkLines", bulk);
        accounted();
        return this;
    }

    /** Also brings it to the warehouse with the truck, up to where the storekeeper counts. */
    Receipt arrived(String bulk) {
        dismantle(bulk);
        for (Trip trip : trips()) {
            confirm(trip, field.truck.id().toString());
            loadAll(trip);
            arrive(trip);
        }
        return receipt(field.warehouse);
    }

    void confirm(Trip trip, String transport) {
        confirm(
                trip,
                transport,
                "driver." + field.circle,
                LocalDate.now(ZoneOffset.UTC).plusDays(1));
    }

    void confirm(Trip trip, String transport, String driver, LocalDate pickup) {
        complete(
                "transport-coordinator",
                trip,
                "Task_ConfirmTrip",
                "vehicleId",
                transport,
                "driver",
                driver,
                "pickupAt",
                pickup.toString());
    }

    /** Loads what the form proposes. */
    void loadAll(Trip trip) {
        complete("driver", trip, "Task_SignLoading", "sealNumber", "77", "signedBy", "R. Kumar");
    }

    void load(Trip trip, String serials, String bulk) {
        complete(
                "driver",
                trip,
                "Task_SignLoading",
                "loadedSerials",
                serials,
                "loadedBulk",
                bulk,
                "sealNumber",
                "77",
                "signedBy",
                "R. Kumar");
    }

    void arrive(Trip trip) {
        complete("driver", trip, "Task_SignArrival", "answer", "accepted", "signedBy", "S. Keeper");
    }

    void refuse(Trip trip) {
        complete(
                "driver",
                trip,
                "Task_SignArrival",
                "answer",
                "refused",
                "refusalReason",
                "the gate is closed",
                "signedBy",
                "S. Keeper");
    }

    void breakDown(Trip trip) {
        field.as("driver", () -> field.trips.reportBreakdown(trip.id(), "gearbox"));
        accounted();
    }

    void replace(Trip trip, String transport) {
        complete(
                "transport-coordinator",
                trip,
                "Task_ArrangeReplacementVehicle",
                "vehicleId",
                transport,
                "driver",
                "driver." + field.circle,
                "signedBy",
                "T. Coordinator");
    }

    void complete(String role, Trip trip, String task, Object... answers) {
        complete(role, task, "tripId", trip.id(), answers);
        accounted();
    }

    void complete(String role, Receipt receipt, String task, Object... answers) {
        complete(role, task, "receiptId", receipt.id(), answers);
        assertThat(field.equipment.custodyBreaks(field.circle)).isEmpty();
    }

    private void complete(String role, String key, String variable, UUID id, Object... answers) {
        Map<String, Object> given = new HashMap<>();
        for (int i = 0; i < answers.length; i += 2) {
            given.put((String) answers[i], answers[i + 1]);
        }
        Task task = task(key, variable, id);
        field.as(role, () -> field.tasks.complete(task.getId(), given));
        field.runJobs(this.key);
    }

    Task task(String key, String variable, UUID id) {
        Task task = field.tasks
                .createTaskQuery()
                .taskDefinitionKey(key)
                .processVariableValueEquals(variable, id.toString())
                .singleResult();
        assertThat(task).as("%s at %s", key, field.openTasks(this.key)).isNotNull();
        return task;
    }

    /** Every flow node that a trip or receipt came through, in order. */
    List<String> path(String processKey, String variable, UUID id) {
        String instance = field.history
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(processKey)
                .variableValueEquals(variable, id.toString())
                .singleResult()
                .getId();
        return field
                .history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(instance)
                .orderPartiallyByOccurrence()
                .asc()
                .list()
                .stream()
                .map(HistoricActivityInstance::getActivityId)
                .toList();
    }

    List<String> path(Trip trip) {
        return path("transport-trip", "tripId", trip.id());
    }

    List<String> path(Receipt receipt) {
        return path("warehouse-receipt", "receiptId", receipt.id());
    }

    DismantleRecord record() {
        return field.dismantleRecords
                .search(
                        site.id(),
                        null,
                        null,
                        PageRequest.of(0, 1, Sort.by("openedAt").descending()))
                .getContent()
                .get(0);
    }

    List<Trip> trips() {
        return field.trips
                .search(record().id(), null, null, PageRequest.of(0, 100, Sort.by("id")))
                .getContent();
    }

    /** The trip as it is now. */
    Trip now(Trip trip) {
        return field.trips.get(trip.id());
    }

    Trip onlyTrip() {
        assertThat(trips()).hasSize(1);
        return trips().get(0);
    }

    /** The trip that was planned last. */
    Trip lastTrip() {
        return trips().get(trips().size() - 1);
    }

    Receipt receipt(Warehouse warehouse) {
        return field.receipts
                .search(record().id(), warehouse.id(), null, Pageable.unpaged())
                .getContent()
                .get(0);
    }

    /** Where an item was, from its registration to now. */
    List<Place> places(EquipmentItem item) {
        return field.equipment.custody(item.id()).stream().map(CustodyEntry::to).toList();
    }

    Place place(EquipmentItem item) {
        return field.equipment.item(item.id()).place();
    }

    /** Each item is where the one trip says that has it, or at the site; each bulk line is never more than it was. */
    void accounted() {
        assertThat(field.equipment.custodyBreaks(field.circle)).isEmpty();
        Map<UUID, Place> expected = new HashMap<>();
        Map<UUID, Integer> taken = new HashMap<>();
        radios.forEach(radio -> expected.put(radio.id(), Place.site(site.id())));
        for (Trip trip : trips()) {
            Place carried =
                    switch (trip.state()) {
                        case IN_TRANSIT ->
                            trip.vehicleId() == null
                                    ? Place.carrier(trip.carrierId())
                                    : Place.vehicle(trip.vehicleId());
                        case ARRIVED -> Place.warehouse(trip.destinationWarehouseId());
                        case PLANNED, CONFIRMED, RETURNED, CANCELLED -> null;
                    };
            for (ManifestLine line : field.trips.manifest(trip.id())) {
                if (carried != null && line.loadedQuantity() > 0) {
                    taken.merge(line.dismantleLineId(), line.loadedQuantity(), Integer::sum);
                    if (line.itemId() != null) {
                        assertThat(expected.put(line.itemId(), carried)).isEqualTo(Place.site(site.id()));
                    }
                }
            }
        }
        radios.forEach(
                radio -> assertThat(place(radio)).as(radio.serialNumber()).isEqualTo(expected.get(radio.id())));
        field.dismantleRecords.lines(record().id()).forEach(line -> assertThat(taken.getOrDefault(line.id(), 0))
                .isBetween(0, line.quantity()));
    }

    /** The problem that a step is refused with. */
    static Problem refusal(ThrowingCallable step) {
        Problem problem = Assertions.catchThrowableOfType(Problem.class, step);
        assertThat(problem).as("the refusal").isNotNull();
        return problem;
    }

    static String fieldOf(Problem problem) {
        return problem.errors().get(0).field();
    }
}
