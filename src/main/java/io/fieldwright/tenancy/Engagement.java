package io.fieldwright.tenancy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A circle has a vendor work for it, from one day to another (both included, UTC) or until further notice. */
@Entity
public class Engagement extends TenantOwned {

    @Column(name = "circle_code")
    private String circleCode;

    @Column(name = "vendor_code")
    private String vendorCode;

    private LocalDate validFrom;

    private @Nullable LocalDate validTo;

    protected Engagement() {
        this("", "", LocalDate.MIN, null);
    }

    Engagement(String circleCode, String vendorCode, LocalDate validFrom, @Nullable LocalDate validTo) {
        super(Collaboration.of(circleCode).with(vendorCode).tenantId());
        this.circleCode = circleCode;
        this.vendorCode = vendorCode;
        this.validFrom = validFrom;
        this.validTo = validTo;
    }

    public String circleCode() {
        return circleCode;
    }

    public String vendorCode() {
        return vendorCode;
    }

    public LocalDate validFrom() {
        return validFrom;
    }

    public @Nullable LocalDate validTo() {
        return validTo;
    }
}
