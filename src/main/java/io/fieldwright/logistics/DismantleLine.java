package io.fieldwright.logistics;

import io.fieldwright.equipment.Condition;
import io.fieldwright.equipment.EquipmentCategory;
import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One item by serial number, or a number of like pieces, that a dismantle found or missed. */
@Entity
public class DismantleLine extends TenantOwned {

    /** How the scan compares with what the site should hold. */
    public enum Finding {
        MATCHED,
        MISSING,
        UNEXPECTED,
        BULK
    }

    @Enumerated(EnumType.STRING)
    private Finding finding;

    private @Nullable UUID itemId;

    private @Nullable String serialNumber;

    private String categoryCode;

    private String kind;

    @Enumerated(EnumType.STRING)
    private Condition condition;

    private int quantity;

    private double weightKilograms;

    private @Nullable Integer percentOfNewPrice;

    private @Nullable BigDecimal unitValue;

    private @Nullable BigDecimal value;

    @SuppressWarnings("NullAway.Init")
    protected DismantleLine() {}

    DismantleLine(
            String tenantId,
            Finding finding,
            @Nullable UUID itemId,
            @Nullable String serialNumber,
            EquipmentCategory category,
            Condition condition,
            int quantity) {
        super(tenantId);
        this.finding = finding;
        this.itemId = itemId;
        this.serialNumber = serialNumber;
        this.categoryCode = category.code();
        this.kind = category.kind();
        this.condition = condition;
        this.quantity = quantity;
        this.weightKilograms = category.weightKilograms();
    }

    void identify(UUID itemId) {
        this.itemId = itemId;
    }

    /** Prices the line: whole percent of the new price a piece, rounded half-even at the line only (section 17). */
    void price(BigDecimal newPrice, int percent) {
        this.percentOfNewPrice = percent;
        this.unitValue = newPrice.multiply(BigDecimal.valueOf(percent)).movePointLeft(2);
        this.value = unitValue.multiply(BigDecimal.valueOf(quantity)).setScale(2, RoundingMode.HALF_EVEN);
    }

    /** Whether there is something to carry: all but what is missing. */
    public boolean present() {
        return finding != Finding.MISSING;
    }

    public Finding finding() {
        return finding;
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

    public String kind() {
        return kind;
    }

    public Condition condition() {
        return condition;
    }

    public int quantity() {
        return quantity;
    }

    /** Of one piece. */
    public double weightKilograms() {
        return weightKilograms;
    }

    public @Nullable Integer percentOfNewPrice() {
        return percentOfNewPrice;
    }

    /** Of one piece, exact and not rounded. */
    public @Nullable BigDecimal unitValue() {
        return unitValue;
    }

    public @Nullable BigDecimal value() {
        return value;
    }

    /** For the reader of a form, such as {@code SN-1001 (rectifier), working} or {@code 40 × cable, scrap}. */
    public String label() {
        return serialNumber == null
                ? "%d × %s, %s".formatted(quantity, categoryCode, condition.id())
                : "%s (%s), %s".formatted(serialNumber, categoryCode, condition.id());
    }
}
