package io.fieldwright.fieldwork.sync;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A phone or tablet of one person. It belongs to the person's organisation, whose people may block it. */
@Entity
public class Device extends TenantOwned {

    private String person;

    private String name;

    private String platform;

    private Instant registeredAt;

    private @Nullable Instant blockedAt;

    private @Nullable String blockedBy;

    private @Nullable String blockedReason;

    @SuppressWarnings("NullAway.Init")
    protected Device() {}

    Device(UUID id, String organisation, String person, String name, String platform, Instant now) {
        super(id, organisation);
        this.person = person;
        this.name = name;
        this.platform = platform;
        this.registeredAt = now;
    }

    void rename(String name, String platform) {
        this.name = name;
        this.platform = platform;
    }

    void block(String who, String reason, Instant now) {
        if (blockedAt == null) {
            blockedAt = now;
            blockedBy = who;
            blockedReason = reason;
        }
    }

    void unblock() {
        blockedAt = null;
        blockedBy = null;
        blockedReason = null;
    }

    /** The username of whoever works with it. */
    public String person() {
        return person;
    }

    public String name() {
        return name;
    }

    /** What kind of device it says it is, such as {@code Android 15}. */
    public String platform() {
        return platform;
    }

    public Instant registeredAt() {
        return registeredAt;
    }

    /** Since when nothing that it sends is applied; null while it works. */
    public @Nullable Instant blockedAt() {
        return blockedAt;
    }

    public @Nullable String blockedBy() {
        return blockedBy;
    }

    public @Nullable String blockedReason() {
        return blockedReason;
    }
}
