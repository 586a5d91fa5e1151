package io.fieldwright.equipment;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.hibernate.annotations.Filter;
import org.jspecify.annotations.Nullable;

/**
 * One piece with a serial number. It is where the last entry of its custody chain says, and only a hand-over moves it
 * ({@link Equipment#handOver}).
 */
@Entity
@Filter(
        name = TenantOwned.SITE_FILTER,
        condition = "(:sites = '*' or place_kind <> 'SITE' or place_id = any (site_ids(:sites)))")
public class EquipmentItem extends TenantOwned {

    @ManyToOne(optional = false, fetch = FetchType.LAZY)
    @JoinColumn(name = "model_id", updatable = false)
    private EquipmentModel model;

    /** A copy of the model's, kept by the database, because serial numbers are unique for each manufacturer. */
    @Column(updatable = false)
    private String manufacturer;

    @Column(updatable = false)
    private String serialNumber;

    @Enumerated(EnumType.STRING)
    private Condition condition;

    @Column(updatable = false)
    private LocalDate inServiceSince;

    @Embedded
    @AttributeOverride(name = "kind", column = @Column(name = "place_kind"))
    @AttributeOverride(name = "id", column = @Column(name = "place_id"))
    private Place place;

    private int custodyLength;

    private @Nullable UUID parentId;

    private @Nullable Instant verifiedAt;

    private @Nullable String verifiedBy;

    protected EquipmentItem() {}

    EquipmentItem(
            EquipmentModel model, String serialNumber, Condition condition, LocalDate inServiceSince, Place place) {
        super(model.tenantId());
        this.model = model;
        this.manufacturer = model.manufacturer();
        this.serialNumber = serialNumber;
        this.condition = condition;
        this.inServiceSince = inServiceSince;
        this.place = place;
    }

    CustodyEntry registered(Instant at, String registeredBy) {
        return new CustodyEntry(
                this,
                ++custodyLength,
                null,
                new HandOver(place, place, at, registeredBy, registeredBy, null, null, "registered"),
                registeredBy);
    }

    CustodyEntry handedOver(HandOver handOver, String recordedBy) {
        place = handOver.to();
        return new CustodyEntry(this, ++custodyLength, handOver.from(), handOver, recordedBy);
    }

    void found(Condition condition) {
        this.condition = condition;
    }

    void becomePartOf(@Nullable UUID parentId) {
        this.parentId = parentId;
    }

    /** Devices may tell of an earlier verification later than of a newer one, which then stays. */
    void verified(Instant at, String by) {
        if (verifiedAt == null || at.isAfter(verifiedAt)) {
            verifiedAt = at;
            verifiedBy = by;
        }
    }

    public String serialNumber() {
        return serialNumber;
    }

    public EquipmentModel model() {
        return model;
    }

    public Condition condition() {
        return condition;
    }

    /** The day it first went into service, from which its age counts. */
    public LocalDate inServiceSince() {
        return inServiceSince;
    }

    public Place place() {
        return place;
    }

    /** The item this one is a component of. */
    public @Nullable UUID parentId() {
        return parentId;
    }

    /** When somebody last saw it on site and proved it; null where nobody has. */
    public @Nullable Instant verifiedAt() {
        return verifiedAt;
    }

    /** The username of who did. */
    public @Nullable String verifiedBy() {
        return verifiedBy;
    }
}
