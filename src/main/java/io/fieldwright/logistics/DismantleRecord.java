package io.fieldwright.logistics;

import io.fieldwright.api.Problem;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.Filter;
import org.jspecify.annotations.Nullable;

/**
 * What was taken down at one site and what became of it. Only the steps of {@code dismantle-to-warehouse} and of the
 * processes it calls change it.
 */
@Entity
@Filter(name = TenantOwned.SITE_FILTER, condition = TenantOwned.AT_SITE)
public class DismantleRecord extends TenantOwned {

    private String businessKey;

    private UUID projectId;

    private UUID siteId;

    private @Nullable UUID allocationId;

    private UUID teamId;

    @Enumerated(EnumType.STRING)
    private DismantleState state = DismantleState.PENDING;

    private Instant openedAt;

    private @Nullable String authorisedBy;

    private @Nullable String permitNumber;

    private @Nullable LocalDate permitValidFrom;

    private @Nullable LocalDate permitValidTo;

    private @Nullable String scannedBy;

    private @Nullable Instant scannedAt;

    private @Nullable String scanNote;

    private @Nullable String remark;

    private @Nullable UUID warehouseId;

    private @Nullable String currency;

    private @Nullable BigDecimal value;

    private @Nullable BigDecimal recoveredValue;

    @ElementCollection
    @CollectionTable(name = "dismantle_event", joinColumns = @JoinColumn(name = "dismantle_record_id"))
    @OrderColumn(name = "sequence")
    private List<DismantleEvent> history = new ArrayList<>();

    @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
    @JoinColumn(name = "dismantle_record_id", nullable = false)
    @OrderColumn(name = "position")
    private List<DismantleLine> lines = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    protected DismantleRecord() {}

    DismantleRecord(String tenantId, String businessKey, DismantleOrder order, Instant now) {
        super(tenantId);
        this.businessKey = businessKey;
        this.projectId = order.projectId();
        this.siteId = order.siteId();
        this.teamId = order.teamId();
        this.allocationId = order.allocationId();
        this.openedAt = now;
        history.add(new DismantleEvent(null, state, SignedInPerson.currentUsername(), now, null));
    }

    void move(DismantleState to, Instant now, @Nullable String why) {
        if (!state.mayBecome(to)) {
            throw Problem.conflict("state", "a dismantle record that is %s cannot become %s".formatted(state, to));
        }
        history.add(new DismantleEvent(state, to, SignedInPerson.currentUsername(), now, why));
        state = to;
    }

    /** @throws Problem 409 in any other state */
    void require(DismantleState expected) {
        if (state != expected) {
            throw Problem.conflict("state", "the dismantle record is %s, this needs it %s".formatted(state, expected));
        }
    }

    void authorise(String who, Instant now) {
        authorisedBy = who;
        move(DismantleState.IN_PROGRESS, now, null);
    }

    void permit(String number, LocalDate validFrom, LocalDate validTo) {
        permitNumber = number;
        permitValidFrom = validFrom;
        permitValidTo = validTo;
    }

    void scan(List<DismantleLine> found, String who, Instant now, @Nullable String note) {
        lines.clear();
        lines.addAll(found);
        scannedBy = who;
        scannedAt = now;
        scanNote = note;
    }

    void seal(String currency, Instant now) {
        this.currency = currency;
        this.value = presentLines().stream()
                .map(DismantleLine::value)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
        move(DismantleState.COMPLETED, now, null);
    }

    void remark(@Nullable String remark) {
        this.remark = remark;
    }

    void send(UUID warehouseId) {
        this.warehouseId = warehouseId;
    }

    void settle(BigDecimal recoveredValue, Instant now) {
        this.recoveredValue = recoveredValue;
        move(DismantleState.RECONCILED, now, null);
    }

    /** The organisation whose equipment and warehouses these are. */
    public String owner() {
        return Collaboration.parse(tenantId()).owner();
    }

    public String businessKey() {
        return businessKey;
    }

    public UUID projectId() {
        return projectId;
    }

    public UUID siteId() {
        return siteId;
    }

    /** The allocation whose work this is; null when the dismantle was ordered by itself. */
    public @Nullable UUID allocationId() {
        return allocationId;
    }

    public UUID teamId() {
        return teamId;
    }

    public DismantleState state() {
        return state;
    }

    public Instant openedAt() {
        return openedAt;
    }

    public @Nullable String authorisedBy() {
        return authorisedBy;
    }

    public @Nullable String permitNumber() {
        return permitNumber;
    }

    public @Nullable LocalDate permitValidFrom() {
        return permitValidFrom;
    }

    public @Nullable LocalDate permitValidTo() {
        return permitValidTo;
    }

    public @Nullable String scannedBy() {
        return scannedBy;
    }

    public @Nullable Instant scannedAt() {
        return scannedAt;
    }

    public @Nullable String scanNote() {
        return scanNote;
    }

    /** What somebody wants the next reader to know: why to scan again, or why this warehouse. */
    public @Nullable String remark() {
        return remark;
    }

    public @Nullable UUID warehouseId() {
        return warehouseId;
    }

    /** ISO 4217, of all amounts here. */
    public @Nullable String currency() {
        return currency;
    }

    /** What the equipment was worth when it was sealed. */
    public @Nullable BigDecimal value() {
        return value;
    }

    /** What arrived was worth, after discrepancies. */
    public @Nullable BigDecimal recoveredValue() {
        return recoveredValue;
    }

    public List<DismantleEvent> history() {
        return List.copyOf(history);
    }

    public List<DismantleLine> lines() {
        return List.copyOf(lines);
    }

    /** The lines that are there to be carried. */
    public List<DismantleLine> presentLines() {
        return lines.stream().filter(DismantleLine::present).toList();
    }
}
