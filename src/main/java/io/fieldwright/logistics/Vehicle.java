package io.fieldwright.logistics;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import org.jspecify.annotations.Nullable;

/** Carries manifests from sites to warehouses, several at a time if they fit. */
@Entity
public class Vehicle extends TenantOwned {

    private String registration;

    private String name;

    private double capacityKilograms;

    private @Nullable Double latitude;

    private @Nullable Double longitude;

    private boolean active;

    @SuppressWarnings("NullAway.Init")
    protected Vehicle() {}

    Vehicle(String tenantId, String registration, Fleet.VehicleDescription description) {
        super(tenantId);
        this.registration = registration;
        change(description);
    }

    void change(Fleet.VehicleDescription description) {
        this.name = description.name();
        this.capacityKilograms = description.capacityKilograms();
        this.latitude = description.latitude();
        this.longitude = description.longitude();
        this.active = description.active();
    }

    public String registration() {
        return registration;
    }

    public String name() {
        return name;
    }

    public double capacityKilograms() {
        return capacityKilograms;
    }

    /** Where it is stationed, WGS84 degrees. */
    public @Nullable Double latitude() {
        return latitude;
    }

    public @Nullable Double longitude() {
        return longitude;
    }

    public boolean active() {
        return active;
    }
}
