package io.fieldwright.people;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A permission given to one person, or taken from them, whatever their designations and groups say. */
@Entity
public class PermissionOverride extends TenantOwned {

    /** Of two that contradict each other, the denial holds. */
    public enum Effect {
        GRANT,
        DENY
    }

    @Column(updatable = false)
    private UUID personId;

    @Column(updatable = false)
    private String permission;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private Effect effect;

    @Column(updatable = false)
    private @Nullable Instant expiresAt;

    @Column(updatable = false)
    private String reason;

    @Column(updatable = false)
    private String madeBy;

    @Column(updatable = false)
    private Instant madeAt;

    @SuppressWarnings("NullAway.Init")
    protected PermissionOverride() {}

    PermissionOverride(Person person, PermissionOverrides.Description description, String madeBy, Instant madeAt) {
        super(person.tenantId());
        this.personId = person.id();
        this.permission = description.permission();
        this.effect = description.effect();
        this.expiresAt = description.expiresAt();
        this.reason = description.reason();
        this.madeBy = madeBy;
        this.madeAt = madeAt;
    }

    boolean isInForce(Instant moment) {
        return expiresAt == null || expiresAt.isAfter(moment);
    }

    public UUID personId() {
        return personId;
    }

    public String permission() {
        return permission;
    }

    public Effect effect() {
        return effect;
    }

    /** From when on it counts no more; null means until it is withdrawn. */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    public String reason() {
        return reason;
    }

    /** A username. */
    public String madeBy() {
        return madeBy;
    }

    public Instant madeAt() {
        return madeAt;
    }
}
