package io.fieldwright.logistics.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.logistics.Stock;
import io.fieldwright.logistics.Warehouse;
import io.fieldwright.logistics.Warehouses;
import io.fieldwright.people.SignedInPerson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class WarehouseController {

    record WarehouseDescription(
            @NotBlank @Size(max = 200) String name,
            @Nullable @Size(max = 500) String address,
            @NotNull Double latitude,
            @NotNull Double longitude,
            @NotNull Double capacityKilograms,
            @NotNull Set<@NotBlank String> acceptedKinds,
            boolean secure,
            @Nullable String manager,
            @Nullable Boolean active) {

        Warehouses.Description description() {
            return new Warehouses.Description(
                    name,
                    address,
                    latitude,
                    longitude,
                    capacityKilograms,
                    acceptedKinds,
                    secure,
                    manager,
                    active == null || active);
        }
    }

    record NewWarehouse(
            @Nullable String organisation,
            @NotNull @Pattern(regexp = Codes.PATTERN, message = Codes.RULE) String code,
            @NotNull @Valid WarehouseDescription warehouse) {}

    record WarehouseView(
            UUID id,
            String organisation,
            String code,
            String name,
            @Nullable String address,
            double latitude,
            double longitude,
            double capacityKilograms,
            Set<String> acceptedKinds,
            boolean secure,
            @Nullable UUID manager,
            boolean active) {

        static WarehouseView of(Warehouse warehouse) {
            return new WarehouseView(
                    warehouse.id(),
                    warehouse.tenantId(),
                    warehouse.code(),
                    warehouse.name(),
                    warehouse.address(),
                    warehouse.latitude(),
                    warehouse.longitude(),
                    warehouse.capacityKilograms(),
                    warehouse.acceptedKinds(),
                    warehouse.secure(),
                    warehouse.manager() == null ? null : warehouse.manager().id(),
                    warehouse.active());
        }
    }

    private final Warehouses warehouses;
    private final Stock stock;

    WarehouseController(Warehouses warehouses, Stock stock) {
        this.warehouses = warehouses;
        this.stock = stock;
    }

    @PostMapping("/warehouses")
    @PreAuthorize("hasAuthority('logistics.write')")
    ResponseEntity<WarehouseView> create(
            @AuthenticationPrincipal SignedInPerson person, @Valid @RequestBody NewWarehouse request) {
        Warehouse warehouse = warehouses.create(
                request.organisation() == null ? person.organisation() : request.organisation(),
                request.code(),
                request.warehouse().description());
        return EntityTag.created(
                "/api/v1/warehouses/" + warehouse.id(), WarehouseView.of(warehouse), warehouse.version());
    }

    @GetMapping("/warehouses")
    @PreAuthorize("hasAuthority('logistics.read')")
    Listing<WarehouseView> list(@ParameterObject @PageableDefault(sort = "code") Pageable page) {
        return Listing.of(
                warehouses.list(Listing.sortable(page, "code", "name", "capacityKilograms")), WarehouseView::of);
    }

    @GetMapping("/warehouses/{id}")
    @PreAuthorize("hasAuthority('logistics.read')")
    ResponseEntity<WarehouseView> get(@PathVariable UUID id) {
        Warehouse warehouse = warehouses.get(id);
        return EntityTag.ok(WarehouseView.of(warehouse), warehouse.version());
    }

    @PutMapping("/warehouses/{id}")
    @PreAuthorize("hasAuthority('logistics.write')")
    ResponseEntity<WarehouseView> change(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody WarehouseDescription request) {
        Warehouse warehouse = warehouses.change(id, ifMatch, request.description());
        return EntityTag.ok(WarehouseView.of(warehouse), warehouse.version());
    }

    @GetMapping("/stock")
    @PreAuthorize("hasAuthority('logistics.read')")
    List<Stock.Balance> stock(@RequestParam(required = false) @Nullable UUID warehouse) {
        return stock.balances(warehouse);
    }
}
