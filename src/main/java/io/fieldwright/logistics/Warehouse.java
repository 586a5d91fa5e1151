package io.fieldwright.logistics;

import io.fieldwright.people.Person;
import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

/** Where recovered equipment is kept. Its capacity is measured in kilograms, as the vehicles' is. */
@Entity
public class Warehouse extends TenantOwned {

    private String code;

    private String name;

    private @Nullable String address;

    private double latitude;

    private double longitude;

    private double capacityKilograms;

    private boolean secure;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "manager_id")
    private @Nullable Person manager;

    private boolean active;

    @ElementCollection
    @BatchSize(size = 100)
    @CollectionTable(name = "warehouse_accepted_kind", joinColumns = @JoinColumn(name = "warehouse_id"))
    @Column(name = "kind")
    private Set<String> acceptedKinds = new HashSet<>();

    @SuppressWarnings("NullAway.Init")
    protected Warehouse() {}

    Warehouse(String tenantId, String code, Warehouses.Description description, @Nullable Person manager) {
        super(tenantId);
        this.code = code;
        change(description, manager);
    }

    void change(Warehouses.Description description, @Nullable Person manager) {
        this.name = description.name();
        this.address = description.address();
        this.latitude = description.latitude();
        this.longitude = description.longitude();
        this.capacityKilograms = description.capacityKilograms();
        this.secure = description.secure();
        this.active = description.active();
        this.acceptedKinds.clear();
        this.acceptedKinds.addAll(description.acceptedKinds());
        this.manager = manager;
    }

    boolean accepts(Set<String> kinds) {
        return acceptedKinds.containsAll(kinds);
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public @Nullable String address() {
        return address;
    }

    public double latitude() {
        return latitude;
    }

    public double longitude() {
        return longitude;
    }

    public double capacityKilograms() {
        return capacityKilograms;
    }

    /** Whether it may keep equipment of high value. */
    public boolean secure() {
        return secure;
    }

    public @Nullable Person manager() {
        return manager;
    }

    public boolean active() {
        return active;
    }

    /** The kinds of equipment categories it takes. */
    public Set<String> acceptedKinds() {
        return Set.copyOf(acceptedKinds);
    }
}
