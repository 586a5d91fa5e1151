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

/** What a warehouse expects of one line and what it counted; nothing expected means it came unannounced. */
@Entity
public class ReceiptLine extends TenantOwned {

    private @Nullable UUID dismantleLineId;

    private @Nullable UUID itemId;

    private @Nullable String serialNumber;

    private String categoryCode;

    private String kind;

    @Enumerated(EnumType.STRING)
    private Condition condition;

    @Enumerated(EnumType.STRING)
    private @Nullable Condition countedCondition;

    private int expectedQuantity;

    private @Nullable Integer countedQuantity;

    private double weightKilograms;

    private int percentOfNewPrice;

    private @Nullable Integer countedPercent;

    private BigDecimal unitValue;

    private @Nullable String disposition;

    @SuppressWarnings("NullAway.Init")
    protected ReceiptLine() {}

    ReceiptLine(DismantleLine line, int expectedQuantity) {
        super(line.tenantId());
        this.dismantleLineId = line.id();
        this.itemId = line.itemId();
        this.serialNumber = line.serialNumber();
        this.categoryCode = line.categoryCode();
        this.kind = line.kind();
        this.condition = line.condition();
        this.expectedQuantity = expectedQuantity;
        this.weightKilograms = line.weightKilograms();
        this.percentOfNewPrice = line.percentOfNewPrice() == null ? 0 : line.percentOfNewPrice();
        this.unitValue = line.unitValue() == null ? BigDecimal.ZERO : line.unitValue();
    }

    ReceiptLine(
            String tenantId,
            @Nullable UUID itemId,
            @Nullable String serialNumber,
            EquipmentCategory category,
            Condition condition,
            int countedQuantity) {
        super(tenantId);
        this.itemId = itemId;
        this.serialNumber = serialNumber;
        this.categoryCode = category.code();
        this.kind = category.kind();
        this.condition = condition;
        this.countedCondition = condition;
        this.countedQuantity = countedQuantity;
        this.weightKilograms = category.weightKilograms();
        this.unitValue = BigDecimal.ZERO.setScale(2);
    }

    void expect(int quantity) {
        expectedQuantity = quantity;
    }

    void count(int quantity, Condition found) {
        countedQuantity = quantity;
        countedCondition = found;
        countedPercent = null;
    }

    /** Values what was counted anew, in percent of the new price, because it is not in the condition it was sent in. */
    void revalue(int percentOfNewPrice) {
        countedPercent = percentOfNewPrice;
    }

    /** In the condition it was counted in. */
    int finalPercentOfNewPrice() {
        return countedPercent == null ? percentOfNewPrice : countedPercent;
    }

    /** What so many pieces are worth in the condition they were sent in, rounded half-even (section 17). */
    BigDecimal value(int quantity) {
        return unitValue.multiply(BigDecimal.valueOf(quantity)).setScale(2, RoundingMode.HALF_EVEN);
    }

    /** What was counted is worth in the condition it was counted in; what came unannounced is nothing recovered. */
    BigDecimal recoveredValue() {
        if (countedPercent == null || percentOfNewPrice == 0) {
            return value(counted());
        }
        return unitValue
                .multiply(BigDecimal.valueOf((long) counted() * countedPercent))
                .divide(BigDecimal.valueOf(percentOfNewPrice), 2, RoundingMode.HALF_EVEN);
    }

    void identify(UUID itemId) {
        this.itemId = itemId;
    }

    void dispose(String disposition) {
        this.disposition = disposition;
    }

    /** How many more were counted than expected; negative when some are short. */
    int difference() {
        return counted() - expectedQuantity;
    }

    int counted() {
        return countedQuantity == null ? 0 : countedQuantity;
    }

    Condition finalCondition() {
        return countedCondition == null ? condition : countedCondition;
    }

    /** What came unannounced may be in another condition than was known of it. */
    boolean foundInAnotherCondition() {
        return expectedQuantity == 0 || finalCondition() != condition;
    }

    boolean damaged() {
        return counted() > 0 && finalCondition().compareTo(condition) > 0;
    }

    public @Nullable UUID dismantleLineId() {
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

    public String kind() {
        return kind;
    }

    public Condition condition() {
        return condition;
    }

    public @Nullable Condition countedCondition() {
        return countedCondition;
    }

    public int expectedQuantity() {
        return expectedQuantity;
    }

    public @Nullable Integer countedQuantity() {
        return countedQuantity;
    }

    /** Of one piece. */
    public double weightKilograms() {
        return weightKilograms;
    }

    public int percentOfNewPrice() {
        return percentOfNewPrice;
    }

    /** Of one piece as it was sent, exact and not rounded. */
    public BigDecimal unitValue() {
        return unitValue;
    }

    public @Nullable String disposition() {
        return disposition;
    }

    /** For the reader of a form, such as {@code SN-1001 (rectifier), working} or {@code 40 × cable, scrap}. */
    public String label() {
        int quantity = countedQuantity == null ? expectedQuantity : countedQuantity;
        return serialNumber == null
                ? "%d × %s, %s"
                        .formatted(quantity, categoryCode, finalCondition().id())
                : "%s (%s), %s"
                        .formatted(serialNumber, categoryCode, finalCondition().id());
    }
}
