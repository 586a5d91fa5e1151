package io.fieldwright.logistics;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import org.jspecify.annotations.Nullable;

/** A haulier who carries what no own vehicle can; a transport coordinator signs on its behalf. */
@Entity
public class Carrier extends TenantOwned {

    private String code;

    private String name;

    private @Nullable String email;

    private @Nullable String phone;

    private boolean active;

    @SuppressWarnings("NullAway.Init")
    protected Carrier() {}

    Carrier(String tenantId, String code, Fleet.CarrierDescription description) {
        super(tenantId);
        this.code = code;
        change(description);
    }

    void change(Fleet.CarrierDescription description) {
        this.name = description.name();
        this.email = description.email();
        this.phone = description.phone();
        this.active = description.active();
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public @Nullable String email() {
        return email;
    }

    public @Nullable String phone() {
        return phone;
    }

    public boolean active() {
        return active;
    }
}
