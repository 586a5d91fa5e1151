package io.fieldwright.fieldwork.sync.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.fieldwork.sync.Device;
import io.fieldwright.fieldwork.sync.Devices;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sync/devices")
class DeviceController {

    record NewDevice(
            @NotNull UUID id, @NotBlank @Size(max = 100) String name, @NotBlank @Size(max = 200) String platform) {}

    record Blocking(@NotBlank @Size(max = 500) String reason) {}

    record DeviceView(
            UUID id,
            String organisation,
            String person,
            String name,
            String platform,
            Instant registeredAt,
            @Nullable Instant blockedAt,
            @Nullable String blockedBy,
            @Nullable String blockedReason) {

        static DeviceView of(Device device) {
            return new DeviceView(
                    device.id(),
                    device.tenantId(),
                    device.person(),
                    device.name(),
                    device.platform(),
                    device.registeredAt(),
                    device.blockedAt(),
                    device.blockedBy(),
                    device.blockedReason());
        }
    }

    private final Devices devices;

    DeviceController(Devices devices) {
        this.devices = devices;
    }

    @PostMapping
    ResponseEntity<DeviceView> register(
            @AuthenticationPrincipal SignedInPerson caller, @Valid @RequestBody NewDevice request) {
        TaskCallers.require(caller);
        Devices.Registration registered = devices.register(caller, request.id(), request.name(), request.platform());
        Device device = registered.device();
        return registered.isNew()
                ? EntityTag.created("/api/v1/sync/devices/" + device.id(), DeviceView.of(device), device.version())
                : EntityTag.ok(DeviceView.of(device), device.version());
    }

    @GetMapping
    Listing<DeviceView> list(
            @AuthenticationPrincipal SignedInPerson caller,
            @RequestParam(required = false) @Nullable @Size(max = Person.LONGEST_USERNAME) String person,
            @ParameterObject @PageableDefault(sort = "registeredAt") Pageable page) {
        return Listing.of(
                devices.list(caller, person, Listing.sortable(page, "registeredAt", "name", "person", "blockedAt")),
                DeviceView::of);
    }

    @PostMapping("/{id}/block")
    DeviceView block(
            @AuthenticationPrincipal SignedInPerson caller,
            @PathVariable UUID id,
            @Valid @RequestBody Blocking request) {
        return DeviceView.of(devices.block(caller, id, request.reason()));
    }

    @PostMapping("/{id}/unblock")
    DeviceView unblock(@AuthenticationPrincipal SignedInPerson caller, @PathVariable UUID id) {
        return DeviceView.of(devices.unblock(caller, id));
    }
}
