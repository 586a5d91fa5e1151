package io.fieldwright.logistics.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.logistics.Carrier;
import io.fieldwright.logistics.Fleet;
import io.fieldwright.logistics.Vehicle;
import io.fieldwright.people.SignedInPerson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class FleetController {

    record VehicleDescription(
            @NotBlank @Size(max = 200) String name,
            @NotNull Double capacityKilograms,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable Boolean active) {

        Fleet.VehicleDescription description() {
            return new Fleet.VehicleDescription(name, capacityKilograms, latitude, longitude, active == null || active);
        }
    }

    record NewVehicle(
            @Nullable String organisation,
            @NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String registration,
            @NotNull @Valid VehicleDescription vehicle) {}

    record VehicleView(
            UUID id,
            String organisation,
            String registration,
            String name,
            double capacityKilograms,
            @Nullable Double latitude,
            @Nullable Double longitude,
            boolean active) {

        static VehicleView of(Vehicle vehicle) {
            return new VehicleView(
                    vehicle.id(),
                    vehicle.tenantId(),
                    vehicle.registration(),
                    vehicle.name(),
                    vehicle.capacityKilograms(),
                    vehicle.latitude(),
                    vehicle.longitude(),
                    vehicle.active());
        }
    }

    record CarrierDescription(
            @NotBlank @Size(max = 200) String name,
            @Nullable @Email @Size(max = 254) String email,
            @Nullable @Size(max = 40) String phone,
            @Nullable Boolean active) {

        Fleet.CarrierDescription description() {
            return new Fleet.CarrierDescription(name, email, phone, active == null || active);
        }
    }

    record NewCarrier(
            @Nullable String organisation,
            @NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String code,
            @NotNull @Valid CarrierDescription carrier) {}

    record CarrierView(
            UUID id,
            String organisation,
            String code,
            String name,
            @Nullable String email,
            @Nullable String phone,
            boolean active) {

        static CarrierView of(Carrier carrier) {
            return new CarrierView(
                    carrier.id(),
                    carrier.tenantId(),
                    carrier.code(),
                    carrier.name(),
                    carrier.email(),
                    carrier.phone(),
                    carrier.active());
        }
    }

    private final Fleet fleet;

    FleetController(Fleet fleet) {
        this.fleet = fleet;
    }

    @PostMapping("/vehicles")
    @PreAuthorize("hasAuthority('logistics.write')")
    ResponseEntity<VehicleView> createVehicle(
            @AuthenticationPrincipal SignedInPerson person, @Valid @RequestBody NewVehicle request) {
        Vehicle vehicle = fleet.createVehicle(
                request.organisation() == null ? person.organisation() : request.organisation(),
                request.registration(),
                request.vehicle().description());
        return EntityTag.created("/api/v1/vehicles/" + vehicle.id(), VehicleView.of(vehicle), vehicle.version());
    }

    @GetMapping("/vehicles")
    @PreAuthorize("hasAuthority('logistics.read')")
    Listing<VehicleView> vehicles(@ParameterObject @PageableDefault(sort = "registration") Pageable page) {
        return Listing.of(
                fleet.vehicles(Listing.sortable(page, "registration", "name", "capacityKilograms")), VehicleView::of);
    }

    @GetMapping("/vehicles/{id}")
    @PreAuthorize("hasAuthority('logistics.read')")
    ResponseEntity<VehicleView> vehicle(@PathVariable UUID id) {
        Vehicle vehicle = fleet.vehicle(id);
        return EntityTag.ok(VehicleView.of(vehicle), vehicle.version());
    }

    @PutMapping("/vehicles/{id}")
    @PreAuthorize("hasAuthority('logistics.write')")
    ResponseEntity<VehicleView> changeVehicle(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody VehicleDescription request) {
        Vehicle vehicle = fleet.changeVehicle(id, ifMatch, request.description());
        return EntityTag.ok(VehicleView.of(vehicle), vehicle.version());
    }

    @PostMapping("/carriers")
    @PreAuthorize("hasAuthority('logistics.write')")
    ResponseEntity<CarrierView> createCarrier(
            @AuthenticationPrincipal SignedInPerson person, @Valid @RequestBody NewCarrier request) {
        Carrier carrier = fleet.createCarrier(
                request.organisation() == null ? person.organisation() : request.organisation(),
                request.code(),
                request.carrier().description());
        return EntityTag.created("/api/v1/carriers/" + carrier.id(), CarrierView.of(carrier), carrier.version());
    }

    @GetMapping("/carriers")
    @PreAuthorize("hasAuthority('logistics.read')")
    Listing<CarrierView> carriers(@ParameterObject @PageableDefault(sort = "code") Pageable page) {
        return Listing.of(fleet.carriers(Listing.sortable(page, "code", "name")), CarrierView::of);
    }

    @GetMapping("/carriers/{id}")
    @PreAuthorize("hasAuthority('logistics.read')")
    ResponseEntity<CarrierView> carrier(@PathVariable UUID id) {
        Carrier carrier = fleet.carrier(id);
        return EntityTag.ok(CarrierView.of(carrier), carrier.version());
    }

    @PutMapping("/carriers/{id}")
    @PreAuthorize("hasAuthority('logistics.write')")
    ResponseEntity<CarrierView> changeCarrier(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody CarrierDescription request) {
        Carrier carrier = fleet.changeCarrier(id, ifMatch, request.description());
        return EntityTag.ok(CarrierView.of(carrier), carrier.version());
    }
}
