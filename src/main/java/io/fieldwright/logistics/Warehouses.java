package io.fieldwright.logistics;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.tenancy.TenantScope;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Warehouses and what they can take. */
@Service
@Transactional
public class Warehouses {

    private static final Set<String> KINDS = Set.of("electronics", "power", "structure", "cable", "other");

    /** What is written of a warehouse; {@code manager} is a username of its organisation. */
    public record Description(
            String name,
            @Nullable String address,
            double latitude,
            double longitude,
            double capacityKilograms,
            Set<String> acceptedKinds,
            boolean secure,
            @Nullable String manager,
            boolean active) {}

    private final WarehouseRepository warehouses;
    private final People people;

    Warehouses(WarehouseRepository warehouses, People people) {
        this.warehouses = warehouses;
        this.people = people;
    }

    /** @throws Problem 400 for a position off the globe, an unknown kind or manager, 409 for a code that is taken */
    public Warehouse create(String organisation, String code, Description description) {
        TenantScope.requireOrganisation(organisation);
        if (warehouses.existsByTenantIdAndCode(organisation, code)) {
            throw Problem.conflict("code", "the code " + code + " is taken");
        }
        check(description);
        return warehouses.save(new Warehouse(organisation, code, description, manager(organisation, description)));
    }

    /** @throws Problem as {@link #create}, 404 when out of sight, 412 or 428 by {@code ifMatch} */
    public Warehouse change(UUID id, @Nullable String ifMatch, Description description) {
        check(description);
        Warehouse warehouse = get(id);
        EntityTag.require(ifMatch, warehouse.version());
        warehouse.change(description, manager(warehouse.tenantId(), description));
        return warehouses.saveAndFlush(warehouse);
    }

    private static void check(Description description) {
        Positions.check(description.latitude(), description.longitude());
        for (String kind : description.acceptedKinds()) {
            if (!KINDS.contains(kind)) {
                throw Problem.invalid("acceptedKinds", kind + " is none of " + KINDS);
            }
        }
        if (!(description.capacityKilograms() >= 0)) {
            throw Problem.invalid("capacityKilograms", "must not be negative");
        }
    }

    private @Nullable Person manager(String organisation, Description description) {
        if (description.manager() == null) {
            return null;
        }
        return people.find(description.manager())
                .filter(person -> person.tenantId().equals(organisation))
                .orElseThrow(() -> Problem.invalid("manager", description.manager() + " is nobody of " + organisation));
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Warehouse get(UUID id) {
        Warehouse warehouse = warehouses.findById(id).orElseThrow(() -> Problem.notFound("warehouse", id));
        warehouse.acceptedKinds();
        return warehouse;
    }

    @Transactional(readOnly = true)
    public Page<Warehouse> list(Pageable page) {
        Page<Warehouse> found = warehouses.findAll(page);
        found.forEach(Warehouse::acceptedKinds);
        return found;
    }

    @Transactional(readOnly = true)
    public List<Warehouse> activeOf(String organisation) {
        return warehouses.findByTenantIdAndActiveTrueOrderByCode(organisation);
    }

    /** Holds the warehouse's capacity for the rest of the transaction. */
    Warehouse lock(UUID id) {
        return warehouses.lock(id).orElseThrow(() -> Problem.notFound("warehouse", id));
    }
}
