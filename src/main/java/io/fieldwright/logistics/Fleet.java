package io.fieldwright.logistics;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.TenantScope;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What goods can travel in: own vehicles and carriers. */
@Service
@Transactional
public class Fleet {

    /** What is written of a vehicle; the position is where it is stationed, WGS84 degrees. */
    public record VehicleDescription(
            String name,
            double capacityKilograms,
            @Nullable Double latitude,
            @Nullable Double longitude,
            boolean active) {}

    /** What is written of a carrier. */
    public record CarrierDescription(String name, @Nullable String email, @Nullable String phone, boolean active) {}

    private final VehicleRepository vehicles;
    private final CarrierRepository carriers;
    private final TripRepository trips;

    Fleet(VehicleRepository vehicles, CarrierRepository carriers, TripRepository trips) {
        this.vehicles = vehicles;
        this.carriers = carriers;
        this.trips = trips;
    }

    /** @throws Problem 400 for a position off the globe or no capacity, 409 for a registration that is taken */
    public Vehicle createVehicle(String organisation, String registration, VehicleDescription description) {
        TenantScope.requireOrganisation(organisation);
        if (vehicles.existsByTenantIdAndRegistration(organisation, registration)) {
            throw Problem.conflict("registration", "the registration " + registration + " is taken");
        }
        check(description);
        return vehicles.save(new Vehicle(organisation, registration, description));
    }

    /** @throws Problem as {@link #createVehicle}, 404 when out of sight, 412 or 428 by {@code ifMatch} */
    public Vehicle changeVehicle(UUID id, @Nullable String ifMatch, VehicleDescription description) {
        check(description);
        Vehicle vehicle = vehicle(id);
        EntityTag.require(ifMatch, vehicle.version());
        vehicle.change(description);
        return vehicles.saveAndFlush(vehicle);
    }

    private static void check(VehicleDescription description) {
        Positions.checkOptional(description.latitude(), description.longitude());
        if (!(description.capacityKilograms() > 0)) {
            throw Problem.invalid("capacityKilograms", "must be more than 0");
        }
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Vehicle vehicle(UUID id) {
        return vehicles.findById(id).orElseThrow(() -> Problem.notFound("vehicle", id));
    }

    @Transactional(readOnly = true)
    public Page<Vehicle> vehicles(Pageable page) {
        return vehicles.findAll(page);
    }

    /** @throws Problem 409 for a code that is taken */
    public Carrier createCarrier(String organisation, String code, CarrierDescription description) {
        TenantScope.requireOrganisation(organisation);
        if (carriers.existsByTenantIdAndCode(organisation, code)) {
            throw Problem.conflict("code", "the code " + code + " is taken");
        }
        return carriers.save(new Carrier(organisation, code, description));
    }

    /** @throws Problem 404 when out of sight, 412 or 428 by {@code ifMatch} */
    public Carrier changeCarrier(UUID id, @Nullable String ifMatch, CarrierDescription description) {
        Carrier carrier = carrier(id);
        EntityTag.require(ifMatch, carrier.version());
        carrier.change(description);
        return carriers.saveAndFlush(carrier);
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Carrier carrier(UUID id) {
        return carriers.findById(id).orElseThrow(() -> Problem.notFound("carrier", id));
    }

    @Transactional(readOnly = true)
    public Page<Carrier> carriers(Pageable page) {
        return carriers.findAll(page);
    }

    @Transactional(readOnly = true)
    public List<Vehicle> vehiclesOf(Collection<String> organisations) {
        return vehicles.findByTenantIdInAndActiveTrueOrderByRegistration(organisations);
    }

    @Transactional(readOnly = true)
    public List<Carrier> carriersOf(Collection<String> organisations) {
        return carriers.findByTenantIdInAndActiveTrueOrderByCode(organisations);
    }

    /**
     * Holds the vehicle for the rest of the transaction and checks that it can carry {@code kilograms} beside what is
     * on it already.
     *
     * @throws Problem 409 when it cannot
     */
    void requireRoom(UUID vehicleId, UUID tripId, String field, double kilograms) {
        Vehicle vehicle = vehicles.lock(vehicleId).orElseThrow(() -> Problem.notFound("vehicle", vehicleId));
        double carried = trips.weightOnTheRoad(vehicleId, tripId);
        if (carried + kilograms > vehicle.capacityKilograms()) {
            throw Problem.conflict(
                    field,
                    "%.0f kg is more than %s can take: its capacity is %.0f kg and it carries %.0f kg already"
                            .formatted(kilograms, vehicle.registration(), vehicle.capacityKilograms(), carried));
        }
    }
}
