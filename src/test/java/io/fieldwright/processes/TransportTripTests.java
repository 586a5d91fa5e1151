package io.fieldwright.processes;

import static io.fieldwright.processes.Haulage.fieldOf;
import static io.fieldwright.processes.Haulage.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.RoleHolders;
import io.fieldwright.api.Problem;
import io.fieldwright.equipment.CustodyEntry;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.logistics.DismantleState;
import io.fieldwright.logistics.Fleet;
import io.fieldwright.logistics.ManifestLine;
import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.ReceiptLine;
import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Vehicle;
import io.fieldwright.logistics.Warehouse;
import io.fieldwright.people.People;
import io.fieldwright.sites.Site;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

@FieldwrightTest
class TransportTripTests {

    private static final String FEEDER = "feeder, working, 40";

    @Autowired
    ObjectProvider<Field> fields;

    @Autowired
    People people;

    Field field;
    Haulage haulage;
    EquipmentItem first;
    EquipmentItem second;
    Place site;
    Place truck;

    @BeforeEach
    void furnish() {
        field = fields.getObject().furnish();
        haulage = new Haulage(field);
        first = field.radios.get(0);
        second = field.radios.get(1);
        site = Place.site(field.site.id());
        truck = Place.vehicle(field.truck.id());
    }

    private Vehicle vehicle(String registration, double kilograms) {
        return field.fleet.createVehicle(
                field.circle, registration, new Fleet.VehicleDescription(registration, kilograms, null, null, true));
    }

    private Trip planned() {
        return haulage.dismantle(FEEDER).onlyTrip();
    }

    private Trip confirmed() {
        Trip trip = planned();
        haulage.confirm(trip, field.truck.id().toString());
        return trip;
    }

    private Trip onTheRoad() {
        Trip trip = confirmed();
        haulage.loadAll(trip);
        return trip;
    }

    @Test
    void aTripBringsTheWholeLoadFromSiteToWarehouse() {
        Trip trip = planned();
        assertThat(trip.state()).isEqualTo(Trip.State.PLANNED);
        assertThat(trip.vehicleId()).isEqualTo(field.truck.id());
        assertThat(trip.pickupOn()).isEqualTo(LocalDate.now(ZoneOffset.UTC).plusDays(1));

        haulage.confirm(trip, field.truck.id().toString());
        assertThat(haulage.now(trip).state()).isEqualTo(Trip.State.CONFIRMED);
        assertThat(haulage.record().state()).isEqualTo(DismantleState.COMPLETED);
        haulage.loadAll(trip);
        assertThat(haulage.now(trip).state()).isEqualTo(Trip.State.IN_TRANSIT);
        assertThat(haulage.record().state()).isEqualTo(DismantleState.IN_TRANSIT);
        haulage.arrive(trip);

        assertThat(haulage.now(trip).state()).isEqualTo(Trip.State.ARRIVED);
        assertThat(haulage.record().state()).isEqualTo(DismantleState.RECEIVED);
        assertThat(haulage.places(first)).containsExactly(site, truck, Place.warehouse(field.warehouse.id()));
        assertThat(field.equipment.custody(first.id()))
                .extracting(CustodyEntry::receivedBy, CustodyEntry::handedOverBy)
                .endsWith(tuple("R. Kumar", "driver." + field.circle), tuple("S. Keeper", "driver." + field.circle));
        assertThat(field.equipment.custody(first.id()).get(1).evidence()).contains("seal 77");
        assertThat(haulage.path(trip))
                .containsExactly(
                        "StartEvent_TripPlanned",
                        "Task_ConfirmTrip",
                        "Task_SignLoading",
                        "Gateway_AnythingLoaded",
                        "Task_HandOverToVehicle",
                        "Gateway_OnTheRoad",
                        "Task_SignArrival",
                        "Gateway_DeliveryAccepted",
                        "Task_HandOverToWarehouse",
                        "EndEvent_TripArrived");
    }

    @Test
    void theCoordinatorMayChangeVehicleDriverAndDayOfPickup() {
        Vehicle van = vehicle("MH12VAN", 200);
        Trip trip = planned();
        LocalDate later = LocalDate.now(ZoneOffset.UTC).plusDays(5);

        haulage.confirm(trip, van.id().toString(), "transport-coordinator." + field.circle, later);
        haulage.complete("transport-coordinator", trip, "Task_SignLoading", "signedBy", "T. Coordinator");

        assertThat(haulage.now(trip))
                .extracting(Trip::vehicleId, Trip::driver, Trip::pickupOn)
                .containsExactly(van.id(), "transport-coordinator." + field.circle, later);
        assertThat(haulage.place(first)).isEqualTo(Place.vehicle(van.id()));
    }

    @Test
    void aCarrierHasCustodyWhileItDrives() {
        Trip trip = planned();

        haulage.confirm(trip, "carrier:" + field.carrier.id());
        haulage.loadAll(trip);
        assertThat(haulage.now(trip))
                .extracting(Trip::vehicleId, Trip::carrierId)
                .containsExactly(null, field.carrier.id());
        haulage.arrive(trip);

        assertThat(haulage.places(second))
                .containsExactly(site, Place.carrier(field.carrier.id()), Place.warehouse(field.warehouse.id()));
    }

    @Test
    void whatNoVehicleTakesIsSplitOverVehicleAndCarrier() {
        haulage.dismantle("feeder, working, 2000");

        assertThat(haulage.trips())
                .extracting(Trip::vehicleId, Trip::carrierId)
                .containsExactly(tuple(field.truck.id(), null), tuple(null, field.carrier.id()));
        haulage.confirm(haulage.trips().get(0), field.truck.id().toString());
        haulage.confirm(haulage.trips().get(1), "carrier:" + field.carrier.id());
        haulage.trips().forEach(haulage::loadAll);
        haulage.arrive(haulage.trips().get(0));
        assertThat(haulage.record().state()).isEqualTo(DismantleState.IN_TRANSIT);
        haulage.arrive(haulage.trips().get(1));

        assertThat(haulage.record().state()).isEqualTo(DismantleState.RECEIVED);
        assertThat(field.receipts.lines(haulage.receipt(field.warehouse).id()))
                .extracting(ReceiptLine::expectedQuantity)
                .containsExactlyInAnyOrder(1, 1, 2000);
    }

    @Test
    void aTripWithBulkGoodsAloneArrivesToo() {
        Haulage cables = new Haulage(field, field.site("PUNE-2", false), List.of());
        Trip trip = cables.dismantle("feeder, working, 40\nfeeder, scrap, 3").onlyTrip();

        cables.confirm(trip, field.truck.id().toString());
        cables.loadAll(trip);
        cables.breakDown(trip);
        cables.replace(trip, "carrier:" + field.carrier.id());
        cables.arrive(trip);

        assertThat(cables.record().state()).isEqualTo(DismantleState.RECEIVED);
        assertThat(field.receipts.lines(cables.receipt(field.warehouse).id()))
                .extracting(ReceiptLine::expectedQuantity)
                .containsExactly(40, 3);
    }

    @Test
    void aManifestAboveTheVehiclesCapacityIsRefused() {
        Vehicle scooter = vehicle("MH12SCOOTER", 89);
        Trip trip = planned();

        Problem problem = refusal(() -> haulage.confirm(trip, scooter.id().toString()));

        assertThat(problem.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(fieldOf(problem)).isEqualTo("vehicleId");
        assertThat(haulage.now(trip).state()).isEqualTo(Trip.State.PLANNED);
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_ConfirmTrip");
    }

    @Test
    void aVehicleTakesNoMoreThanItHasRoomBesideOtherManifests() {
        Vehicle van = vehicle("MH12VAN", 120);
        Site other = field.site("PUNE-2", false);
        Haulage next = new Haulage(field, other, List.of(field.radio("R-3", other), field.radio("R-4", other)));
        Trip trip = planned();
        Trip late = next.dismantle("").onlyTrip();
        Haulage third = new Haulage(field, field.site("PUNE-3", false), List.of());
        Trip later = third.dismantle("feeder, working, 31").onlyTrip();
        haulage.confirm(trip, van.id().toString());
        next.confirm(late, van.id().toString());
        haulage.loadAll(trip);

        Problem loading = refusal(() -> next.loadAll(late));
        Problem confirming = refusal(() -> third.confirm(later, van.id().toString()));

        assertThat(loading.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(fieldOf(loading)).isEqualTo("loadedSerials");
        assertThat(confirming.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(fieldOf(confirming)).isEqualTo("vehicleId");
        next.accounted();
        next.load(late, next.radios.get(0).serialNumber(), "");
        assertThat(next.place(next.radios.get(0))).isEqualTo(Place.vehicle(van.id()));
        assertThat(next.place(next.radios.get(1))).isEqualTo(Place.site(other.id()));
    }

    @Test
    void unknownVehiclesDriversAndPastDaysAreRefused() {
        Trip trip = planned();
        String vehicle = field.truck.id().toString();
        String driver = "driver." + field.circle;
        LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        Field foreign = fields.getObject().furnish();

        for (String stranger : List.of(
                UUID.randomUUID().toString(), "nonsense", foreign.truck.id().toString())) {
            Problem problem = refusal(() -> haulage.confirm(trip, stranger, driver, tomorrow));
            assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST);
            assertThat(fieldOf(problem)).isEqualTo("vehicleId");
        }
        for (String stranger : List.of("nobody", "storekeeper." + field.circle, "driver." + foreign.circle)) {
            Problem problem = refusal(() -> haulage.confirm(trip, vehicle, stranger, tomorrow));
            assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST);
            assertThat(fieldOf(problem)).isEqualTo("driver");
        }
        Problem late = refusal(() -> haulage.confirm(
                trip, vehicle, driver, LocalDate.now(ZoneOffset.UTC).minusDays(2)));
        assertThat(late.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fieldOf(late)).isEqualTo("pickupAt");
        assertThat(haulage.now(trip).state()).isEqualTo(Trip.State.PLANNED);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "X-99 | '' | loadedSerials line 1",
                "'' | feeder, working, 41 | loadedBulk line 1",
                "'' | feeder, scrap, 1 | loadedBulk line 1",
                "'' | feeder, working, -3 | loadedBulk line 1",
                "'' | feeder, working, many | loadedBulk line 1",
                "'' | feeder, broken, 1 | loadedBulk line 1",
                "'' | feeder | loadedBulk line 1"
            })
    void loadingWhatIsNotOnTheManifestChangesNothing(String serials, String bulk, String where) {
        Trip trip = confirmed();

        Problem problem = refusal(() -> haulage.load(trip, serials, bulk));

        assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fieldOf(problem)).isEqualTo(where);
        assertNothingLoaded(trip);
    }

    @Test
    void loadingASerialNumberTwiceChangesNothing() {
        Trip trip = confirmed();

        Problem problem = refusal(() -> haulage.load(trip, first.serialNumber() + "\n" + first.serialNumber(), FEEDER));

        assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fieldOf(problem)).isEqualTo("loadedSerials line 2");
        assertNothingLoaded(trip);
    }

    private void assertNothingLoaded(Trip trip) {
        assertThat(haulage.now(trip).state()).isEqualTo(Trip.State.CONFIRMED);
        assertThat(field.trips.manifest(trip.id()))
                .extracting(ManifestLine::loadedQuantity)
                .containsOnly(0);
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_SignLoading");
        haulage.accounted();
    }

    @Test
    void whatIsLeftBehindGetsAnotherTripAndTheReceiptStaysOpenUntilAllArrived() {
        Trip trip = confirmed();
        haulage.load(trip, first.serialNumber(), "feeder, working, 15");
        haulage.arrive(trip);

        assertThat(haulage.record().state()).isEqualTo(DismantleState.IN_TRANSIT);
        assertThat(haulage.receipt(field.warehouse).state()).isEqualTo(Receipt.State.EXPECTED);
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_ConfirmTrip");
        Trip rest = haulage.lastTrip();
        assertThat(field.trips.manifest(rest.id()))
                .extracting(ManifestLine::serialNumber, ManifestLine::plannedQuantity)
                .containsExactly(tuple(second.serialNumber(), 1), tuple(null, 25));
        haulage.confirm(rest, field.truck.id().toString());
        haulage.loadAll(rest);
        haulage.arrive(rest);

        assertThat(haulage.record().state()).isEqualTo(DismantleState.RECEIVED);
        assertThat(haulage.trips()).hasSize(2);
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_CountAndScan");
        assertThat(field.receipts.lines(haulage.receipt(field.warehouse).id()))
                .extracting(ReceiptLine::serialNumber, ReceiptLine::expectedQuantity)
                .containsExactlyInAnyOrder(
                        tuple(first.serialNumber(), 1), tuple(second.serialNumber(), 1), tuple(null, 40));
    }

    @Test
    void aTripThatLoadsNothingIsCancelledAndPlannedAnew() {
        Trip trip = confirmed();

        haulage.load(trip, "", "");

        assertThat(haulage.now(trip).state()).isEqualTo(Trip.State.CANCELLED);
        assertThat(haulage.path(trip))
                .endsWith(
                        "Task_SignLoading", "Gateway_AnythingLoaded", "Task_CancelEmptyTrip", "EndEvent_NothingLoaded");
        assertThat(haulage.places(first)).containsExactly(site);
        assertThat(haulage.record().state()).isEqualTo(DismantleState.COMPLETED);
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_ConfirmTrip");
        assertThat(haulage.lastTrip().id()).isNotEqualTo(trip.id());
        assertThat(field.trips.manifest(haulage.lastTrip().id())).hasSize(3);
    }

    @Test
    void aBreakdownMovesManifestAndCustodyToTheReplacement() {
        Vehicle van = vehicle("MH12VAN", 200);
        Trip trip = onTheRoad();

        haulage.breakDown(trip);
        assertThat(haulage.place(first)).isEqualTo(truck);
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_ArrangeReplacementVehicle");
        haulage.replace(trip, van.id().toString());
        assertThat(haulage.place(first)).isEqualTo(Place.vehicle(van.id()));
        haulage.breakDown(trip);
        haulage.replace(trip, "carrier:" + field.carrier.id());
        haulage.arrive(trip);

        Place warehouse = Place.warehouse(field.warehouse.id());
        assertThat(haulage.places(first))
                .containsExactly(site, truck, Place.vehicle(van.id()), Place.carrier(field.carrier.id()), warehouse);
        assertThat(field.equipment.custody(first.id()).get(2).evidence()).contains("gearbox");
        assertThat(haulage.path(trip))
                .containsSubsequence(
                        "Gateway_OnTheRoad",
                        "Task_SignArrival",
                        "BoundaryEvent_BreakdownReported",
                        "Task_ArrangeReplacementVehicle",
                        "Task_TransferManifest",
                        "Gateway_OnTheRoad",
                        "Task_SignArrival",
                        "EndEvent_TripArrived");
    }

    @Test
    void aReplacementThatIsTooSmallOrTheBrokenOneIsRefused() {
        Vehicle scooter = vehicle("MH12SCOOTER", 89);
        Trip trip = onTheRoad();
        haulage.breakDown(trip);

        Problem small = refusal(() -> haulage.replace(trip, scooter.id().toString()));
        Problem same = refusal(() -> haulage.replace(trip, field.truck.id().toString()));
        Problem unknown = refusal(() -> haulage.replace(trip, UUID.randomUUID().toString()));

        assertThat(small.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(same.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(unknown.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(List.of(fieldOf(small), fieldOf(same), fieldOf(unknown))).containsOnly("vehicleId");
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_ArrangeReplacementVehicle");
        assertThat(haulage.place(first)).isEqualTo(truck);
        assertThat(haulage.now(trip).vehicleId()).isEqualTo(field.truck.id());
    }

    @Test
    void onlyDriverAndCoordinatorReportABreakdownAndOnlyOnTheRoad() {
        people.create(
                field.circle,
                "other." + field.circle,
                RoleHolders.PASSWORD,
                new People.Profile("Other driver", null, null, "en", true, Set.of("driver")));
        Trip trip = confirmed();

        Problem early = refusal(() -> haulage.breakDown(trip));
        haulage.loadAll(trip);
        Problem stranger = refusal(() -> field.asPerson("other." + field.circle, () -> {
            field.trips.reportBreakdown(trip.id(), "gearbox");
            return true;
        }));

        assertThat(early.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(stranger.status()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(haulage.now(trip).breakdownReport()).isNull();
        field.as("transport-coordinator", () -> field.trips.reportBreakdown(trip.id(), "gearbox"));
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_ArrangeReplacementVehicle");
    }

    @Test
    void aBreakdownIsRefusedWhileItIsDecidedWhereTheGoodsGo() {
        Trip trip = onTheRoad();
        haulage.refuse(trip);

        Problem problem = refusal(() -> haulage.breakDown(trip));

        assertThat(problem.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(haulage.now(trip).breakdownReport()).isNull();
    }

    @Test
    void aRefusedDeliveryGoesToAnotherWarehouseWhichThenHasTheReceipt() {
        Warehouse other = field.warehouse("satara-store", 17.7, 74.0, Set.of("electronics", "cable"));
        Trip trip = onTheRoad();

        haulage.refuse(trip);
        assertThat(haulage.now(trip).refusalReason()).isEqualTo("the gate is closed");
        assertThat(haulage.place(first)).isEqualTo(truck);
        haulage.complete(
                "transport-coordinator",
                trip,
                "Task_DecideRefusedDelivery",
                "destination",
                other.id().toString());
        assertThat(haulage.now(trip).destinationWarehouseId()).isEqualTo(other.id());
        assertThat(haulage.receipt(other).state()).isEqualTo(Receipt.State.EXPECTED);
        haulage.arrive(trip);

        assertThat(haulage.places(first)).containsExactly(site, truck, Place.warehouse(other.id()));
        assertThat(haulage.receipt(field.warehouse).state()).isEqualTo(Receipt.State.CANCELLED);
        assertThat(field.receipts.lines(haulage.receipt(other).id())).hasSize(3);
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_CountAndScan");
        assertThat(haulage.path(trip))
                .endsWith(
                        "Gateway_OnTheRoad",
                        "Task_SignArrival",
                        "Gateway_DeliveryAccepted",
                        "Task_DecideRefusedDelivery",
                        "Gateway_BackToSite",
                        "Task_RedirectTrip",
                        "Gateway_OnTheRoad",
                        "Task_SignArrival",
                        "Gateway_DeliveryAccepted",
                        "Task_HandOverToWarehouse",
                        "EndEvent_TripArrived");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "00000000-0000-0000-0000-000000000000", "", "the same warehouse"})
    void aRefusedDeliveryGoesToNoPlaceThatIsNotOffered(String destination) {
        String given =
                destination.equals("the same warehouse") ? field.warehouse.id().toString() : destination;
        Trip trip = onTheRoad();
        haulage.refuse(trip);

        Problem problem = refusal(() ->
                haulage.complete("transport-coordinator", trip, "Task_DecideRefusedDelivery", "destination", given));

        assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fieldOf(problem)).isEqualTo("destination");
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_DecideRefusedDelivery");
    }

    @Test
    void eachWarehouseCountsWhatArrivedThere() {
        Warehouse other = field.warehouse("satara-store", 17.7, 74.0, Set.of("electronics", "cable"));
        Trip trip = confirmed();
        haulage.load(trip, first.serialNumber(), "feeder, working, 15");
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

        assertThat(field.receipts.lines(haulage.receipt(field.warehouse).id()))
                .extracting(ReceiptLine::serialNumber, ReceiptLine::expectedQuantity)
                .containsExactly(tuple(first.serialNumber(), 1), tuple(null, 15));
        assertThat(field.receipts.lines(haulage.receipt(other).id()))
                .extracting(ReceiptLine::serialNumber, ReceiptLine::expectedQuantity)
                .containsExactly(tuple(second.serialNumber(), 1), tuple(null, 25));
        assertThat(field.openTasks(haulage.key)).containsExactly("Task_CountAndScan", "Task_CountAndScan");
    }

    @Test
    void aRefusedDeliveryThatGoesBackToTheSiteIsPlannedAnew() {
        Trip trip = onTheRoad();

        haulage.refuse(trip);
        haulage.complete("transport-coordinator", trip, "Task_DecideRefusedDelivery", "destination", "site");
        assertThat(haulage.place(first)).isEqualTo(truck);
        haulage.complete("driver", trip, "Task_SignReturn", "signedBy", "G. Guard");
        assertThat(haulage.now(trip).state()).isEqualTo(Trip.State.RETURNED);
        assertThat(haulage.place(first)).isEqualTo(site);
        assertThat(haulage.record().state()).isEqualTo(DismantleState.IN_TRANSIT);
        assertThat(haulage.path(trip))
                .endsWith(
                        "Gateway_DeliveryAccepted",
                        "Task_DecideRefusedDelivery",
                        "Gateway_BackToSite",
                        "Task_SignReturn",
                        "Task_HandOverToSite",
                        "EndEvent_GoodsReturned");
        Trip again = haulage.lastTrip();
        haulage.confirm(again, field.truck.id().toString());
        haulage.loadAll(again);
        haulage.arrive(again);

        assertThat(haulage.places(first))
                .containsExactly(site, truck, site, truck, Place.warehouse(field.warehouse.id()));
        assertThat(haulage.receipt(field.warehouse).state()).isEqualTo(Receipt.State.EXPECTED);
        assertThat(haulage.record().state()).isEqualTo(DismantleState.RECEIVED);
    }

    @Test
    void anAcceptedDeliveryIsNotRefusedByAReasonThatWasGivenAnyway() {
        Trip trip = onTheRoad();

        haulage.complete(
                "driver",
                trip,
                "Task_SignArrival",
                "answer",
                "accepted",
                "refusalReason",
                "first we said no",
                "signedBy",
                "S. Keeper");

        assertThat(haulage.now(trip).refusalReason()).isNull();
        assertThat(haulage.now(trip).state()).isEqualTo(Trip.State.ARRIVED);
    }

    @Test
    void aRefusalNeedsAReasonAndEverySignatureAName() {
        Trip trip = onTheRoad();

        Problem unreasoned = refusal(() ->
                haulage.complete("driver", trip, "Task_SignArrival", "answer", "refused", "signedBy", "S. Keeper"));
        Problem unsigned = refusal(() -> haulage.complete("driver", trip, "Task_SignArrival", "answer", "accepted"));

        assertThat(fieldOf(unreasoned)).isEqualTo("refusalReason");
        assertThat(fieldOf(unsigned)).isEqualTo("signedBy");
        assertThat(haulage.now(trip).state()).isEqualTo(Trip.State.IN_TRANSIT);
    }

    @Test
    void nobodyElseConfirmsLoadsOrArrives() {
        Trip trip = planned();

        Problem confirming = refusal(() -> haulage.complete("driver", trip, "Task_ConfirmTrip"));
        haulage.confirm(trip, field.truck.id().toString());
        Problem loading = refusal(() -> haulage.complete("storekeeper", trip, "Task_SignLoading", "signedBy", "me"));

        assertThat(confirming.status()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(loading.status()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(haulage.now(trip).state()).isEqualTo(Trip.State.CONFIRMED);
    }
}
