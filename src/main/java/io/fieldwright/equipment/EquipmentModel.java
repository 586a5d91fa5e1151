package io.fieldwright.equipment;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What a manufacturer sells under one name. */
@Entity
public class EquipmentModel extends TenantOwned {

    @ManyToOne(optional = false, fetch = FetchType.LAZY)
    @JoinColumn(name = "category_id")
    private EquipmentCategory category;

    private String manufacturer;

    private String name;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> specifications;

    protected EquipmentModel() {}

    EquipmentModel(EquipmentCategory category, ModelDescription description) {
        super(category.tenantId());
        this.category = category;
        describe(description);
    }

    final void describe(ModelDescription description) {
        this.manufacturer = description.manufacturer();
        this.name = description.name();
        this.specifications = Map.copyOf(description.specifications());
    }

    public EquipmentCategory category() {
        return category;
    }

    public String manufacturer() {
        return manufacturer;
    }

    public String name() {
        return name;
    }

    /** What the data sheet says, by the manufacturer's own terms. */
    public Map<String, String> specifications() {
        return specifications;
    }
}
