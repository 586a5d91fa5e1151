package io.fieldwright.equipment;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import java.math.BigDecimal;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * A kind of equipment as its owner sorts it: what a new piece costs, what it takes to move one, and what verification
 * asks for (requirements, section 6).
 */
@Entity
public class EquipmentCategory extends TenantOwned {

    private String code;

    private String name;

    private String kind;

    private BigDecimal newPrice;

    private String currency;

    private int gpsAccuracyMetres;

    private int minimumPhotos;

    private boolean serialScan;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<ChecklistQuestion> checklist;

    private int complexityRating;

    private double weightKilograms;

    private double volumeCubicMetres;

    protected EquipmentCategory() {}

    EquipmentCategory(String tenantId, String code, CategoryDescription description) {
        super(tenantId);
        this.code = code;
        describe(description);
    }

    final void describe(CategoryDescription description) {
        this.name = description.name();
        this.kind = description.kind();
        this.newPrice = description.newPrice();
        this.currency = description.currency();
        this.gpsAccuracyMetres = description.gpsAccuracyMetres();
        this.minimumPhotos = description.minimumPhotos();
        this.serialScan = description.serialScan();
        this.checklist = description.checklist();
        this.complexityRating = description.complexityRating();
        this.weightKilograms = description.weightKilograms();
        this.volumeCubicMetres = description.volumeCubicMetres();
    }

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    /** electronics, power, structure, cable or other. */
    public String kind() {
        return kind;
    }

    /** Of one new piece, two decimals. */
    public BigDecimal newPrice() {
        return newPrice;
    }

    /** ISO 4217 code of the price's currency. */
    public String currency() {
        return currency;
    }

    /** The worst accuracy of a GPS fix that verification accepts. */
    public int gpsAccuracyMetres() {
        return gpsAccuracyMetres;
    }

    public int minimumPhotos() {
        return minimumPhotos;
    }

    public boolean serialScan() {
        return serialScan;
    }

    /** What is asked about each piece, in this order. */
    public List<ChecklistQuestion> checklist() {
        return checklist;
    }

    /** From 1, anybody can, to 5, specialists only. */
    public int complexityRating() {
        return complexityRating;
    }

    /** Of one piece. */
    public double weightKilograms() {
        return weightKilograms;
    }

    /** Of one piece as it is loaded. */
    public double volumeCubicMetres() {
        return volumeCubicMetres;
    }
}
