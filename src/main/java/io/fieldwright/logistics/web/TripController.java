package io.fieldwright.logistics.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.equipment.Condition;
import io.fieldwright.logistics.ManifestLine;
import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Trips;
import io.fieldwright.logistics.web.CountedRows.BulkLine;
import io.fieldwright.logistics.web.CountedRows.SerialLine;
import io.fieldwright.workflow.UserTasks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Trips, and what drivers sign on their devices. */
@RestController
@RequestMapping("/api/v1/trips")
class TripController {

    record Loading(
            @Nullable @Size(max = 10_000) List<@Valid @NotNull SerialLine> serials,
            @Nullable @Size(max = 1_000) List<@Valid @NotNull BulkLine> bulk,
            @Nullable @Size(max = 100) String sealNumber,
            @NotBlank @Size(max = 200) String signedBy,
            @Nullable Double latitude,
            @Nullable Double longitude) {}

    record Arrival(
            @NotNull Boolean accepted,
            @Nullable @Size(max = 500) String refusalReason,
            @NotBlank @Size(max = 200) String signedBy,
            @Nullable Double latitude,
            @Nullable Double longitude) {}

    record Breakdown(@NotBlank @Size(max = 500) String report) {}

    record ManifestLineView(
            @Nullable UUID item,
            @Nullable String serialNumber,
            String category,
            Condition condition,
            int plannedQuantity,
            int loadedQuantity) {

        static ManifestLineView of(ManifestLine line) {
            return new ManifestLineView(
                    line.itemId(),
                    line.serialNumber(),
                    line.categoryCode(),
                    line.condition(),
                    line.plannedQuantity(),
                    line.loadedQuantity());
        }
    }

    record TripView(
            UUID id,
            String tenantId,
            String businessKey,
            UUID dismantleRecord,
            UUID site,
            UUID destinationWarehouse,
            @Nullable UUID vehicle,
            @Nullable UUID carrier,
            @Nullable String driver,
            Trip.State state,
            LocalDate pickupOn,
            @Nullable String sealNumber,
            @Nullable Instant loadedAt,
            @Nullable Instant arrivedAt,
            @Nullable String breakdownReport,
            @Nullable String refusalReason) {

        static TripView of(Trip trip) {
            return new TripView(
                    trip.id(),
                    trip.tenantId(),
                    trip.businessKey(),
                    trip.dismantleRecordId(),
                    trip.siteId(),
                    trip.destinationWarehouseId(),
                    trip.vehicleId(),
                    trip.carrierId(),
                    trip.driver(),
                    trip.state(),
                    trip.pickupOn(),
                    trip.sealNumber(),
                    trip.loadedAt(),
                    trip.arrivedAt(),
                    trip.breakdownReport(),
                    trip.refusalReason());
        }
    }

    private final Trips trips;
    private final UserTasks tasks;

    TripController(Trips trips, UserTasks tasks) {
        this.trips = trips;
        this.tasks = tasks;
    }

    @GetMapping
    @PreAuthorize("hasAuthority('logistics.read')")
    Listing<TripView> list(
            @RequestParam(required = false) @Nullable UUID dismantleRecord,
            @RequestParam(required = false) @Nullable UUID vehicle,
            @RequestParam(required = false) Trip.@Nullable State state,
            @ParameterObject @PageableDefault(sort = "pickupOn") Pageable page) {
        return Listing.of(
                trips.search(
                        dismantleRecord,
                        vehicle,
                        state,
                        Listing.sortable(page, "pickupOn", "loadedAt", "arrivedAt", "state")),
                TripView::of);
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('logistics.read')")
    ResponseEntity<TripView> get(@PathVariable UUID id) {
        Trip trip = trips.get(id);
        return EntityTag.ok(TripView.of(trip), trip.version());
    }

    @GetMapping("/{id}/manifest")
    @PreAuthorize("hasAuthority('logistics.read')")
    List<ManifestLineView> manifest(@PathVariable UUID id) {
        return trips.manifest(id).stream().map(ManifestLineView::of).toList();
    }

    @PostMapping("/{id}/loading")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void load(@PathVariable UUID id, @Valid @RequestBody Loading request) {
        trips.get(id);
        Map<String, Object> answers = signature(request.signedBy(), request.latitude(), request.longitude());
        answers.put("loadedSerials", CountedRows.serials(request.serials()));
        answers.put("loadedBulk", CountedRows.bulk(request.bulk()));
        answers.put("sealNumber", request.sealNumber());
        tasks.complete("Task_SignLoading", Trips.TRIP_ID, id.toString(), answers);
    }

    @PostMapping("/{id}/arrival")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void arrive(@PathVariable UUID id, @Valid @RequestBody Arrival request) {
        trips.get(id);
        Map<String, Object> answers = signature(request.signedBy(), request.latitude(), request.longitude());
        answers.put("answer", request.accepted() ? "accepted" : "refused");
        answers.put("refusalReason", request.refusalReason());
        tasks.complete("Task_SignArrival", Trips.TRIP_ID, id.toString(), answers);
    }

    @PostMapping("/{id}/breakdown")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void breakDown(@PathVariable UUID id, @Valid @RequestBody Breakdown request) {
        trips.reportBreakdown(id, request.report());
    }

    private static Map<String, Object> signature(
            String signedBy, @Nullable Double latitude, @Nullable Double longitude) {
        Map<String, Object> answers = new HashMap<>();
        answers.put("signedBy", new Trips.Signature(signedBy, latitude, longitude));
        return answers;
    }
}
