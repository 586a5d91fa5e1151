package io.fieldwright.logistics;

import io.fieldwright.equipment.Condition;
import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be on a trip, and what really was loaded. */
@Entity
public class ManifestLine extends TenantOwned {

    private UUID dismantleLineId;

    private @Nullable UUID itemId;

    private @Nullable String serialNumber;

    private String categoryCode;

    @Enumerated(EnumType.STRING)
    private Condition condition;

    private int plannedQuantity;

    private int loadedQuantity;

    private double weightKilograms;

    @SuppressWarnings("NullAway.Init")
    protected ManifestLine() {}

    ManifestLine(String tenantId, DismantleLine line, int plannedQuantity) {
        super(tenantId);
        this.dismantleLineId = line.id();
        this.itemId = line.itemId();
        this.serialNumber = line.serialNumber();
        this.categoryCode = line.categoryCode();
        this.condition = line.condition();
        this.plannedQuantity = plannedQuantity;
        this.weightKilograms = line.weightKilograms();
    }

    void load(int quantity) {
        loadedQuantity = quantity;
    }

    double plannedWeight() {
        return plannedQuantity * weightKilograms;
    }

    double loadedWeight() {
        return loadedQuantity * weightKilograms;
    }

    public UUID dismantleLineId() {
        return dismantleLineId;
    }

    public @Nullable UUID itemId() {
        return itemId;
    }

    public @Nullable String serialNumber() {
        return serialNumber;
    }

    public String categoryCode() {
        return categoryCode;
    }

    public Condition condition() {
        return condition;
    }

    public int plannedQuantity() {
        return plannedQuantity;
    }

    public int loadedQuantity() {
        return loadedQuantity;
    }
}
