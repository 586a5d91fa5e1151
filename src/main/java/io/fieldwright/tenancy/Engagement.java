package io.fieldwright.tenancy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A principal has a vendor work for it, from one day to another (both included, UTC) or until further notice. The
 * principal is a circle, or a vendor: for a client of its own, or below the engagement it holds itself. It belongs to the
 * collaboration it lets the vendor into.
 */
@Entity
public class Engagement extends TenantOwned {

    @Column(name = "principal_code")
    private String principalCode;

    @Column(name = "vendor_code")
    private String vendorCode;

    @Column(name = "parent_id")
    private @Nullable UUID parentId;

    private LocalDate validFrom;

    private @Nullable LocalDate validTo;

    private @Nullable String endReason;

    @SuppressWarnings("NullAway.Init")
    protected Engagement() {}

    Engagement(Collaboration collaboration, String principalCode, @Nullable Engagement parent, Period period) {
        super(collaboration.tenantId());
        this.principalCode = principalCode;
        this.vendorCode = collaboration.worker();
        this.parentId = parent == null ? null : parent.id();
        this.validFrom = period.from();
        this.validTo = period.to();
    }

    void end(LocalDate lastDay, String reason) {
        validTo = lastDay;
        endReason = reason;
    }

    public Collaboration collaboration() {
        return Collaboration.parse(tenantId());
    }

    public String principalCode() {
        return principalCode;
    }

    public String vendorCode() {
        return vendorCode;
    }

    /** The engagement of the principal below which this one is. */
    public @Nullable UUID parentId() {
        return parentId;
    }

    public LocalDate validFrom() {
        return validFrom;
    }

    /** The last day; the day before {@link #validFrom} where the engagement was ended before it began. */
    public @Nullable LocalDate validTo() {
        return validTo;
    }

    public @Nullable String endReason() {
        return endReason;
    }

    Period period() {
        return new Period(validFrom, validTo);
    }

    /** Days from one to another, both included; without {@code to} until further notice. */
    record Period(LocalDate from, @Nullable LocalDate to) {

        boolean contains(Period other) {
            LocalDate otherTo = other.to();
            return !other.from().isBefore(from) && (to == null || otherTo != null && !otherTo.isAfter(to));
        }

        boolean overlaps(Period other) {
            LocalDate otherTo = other.to();
            return !isEmpty()
                    && !other.isEmpty()
                    && (to == null || !other.from().isAfter(to))
                    && (otherTo == null || !otherTo.isBefore(from));
        }

        private boolean isEmpty() {
            return to != null && to.isBefore(from);
        }
    }
}
