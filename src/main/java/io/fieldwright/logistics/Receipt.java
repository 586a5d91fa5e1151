package io.fieldwright.logistics;

import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.CascadeType;
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
import java.util.UUID;
import org.hibernate.annotations.Filter;
import org.jspecify.annotations.Nullable;

/** What one warehouse expects from one dismantle and what came of it; open until all its trips have arrived. */
@Entity
@Filter(
        name = TenantOwned.SITE_FILTER,
        condition = "(:sites = '*' or dismantle_record_id in"
                + " (select r.id from dismantle_record r where r.site_id = any (site_ids(:sites))))")
public class Receipt extends TenantOwned {

    /** Moved only by the steps of {@code dismantle-to-warehouse} and {@code warehouse-receipt}. */
    public enum State {
        EXPECTED,
        COUNTED,
        STOCKED,
        RECONCILED,
        CANCELLED
    }

    private UUID dismantleRecordId;

    private UUID warehouseId;

    @Enumerated(EnumType.STRING)
    private State state = State.EXPECTED;

    private Instant expectedAt;

    private @Nullable Instant countedAt;

    private @Nullable String countedBy;

    private @Nullable String note;

    private @Nullable String writeOffDecidedBy;

    private @Nullable String writeOffRejection;

    private @Nullable String certificateNumber;

    private @Nullable String certificateIssuer;

    private @Nullable LocalDate certificateDate;

    @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
    @JoinColumn(name = "receipt_id", nullable = false)
    @OrderColumn(name = "position")
    private List<ReceiptLine> lines = new ArrayList<>();

    @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
    @JoinColumn(name = "receipt_id", nullable = false)
    @OrderColumn(name = "position")
    private List<Discrepancy> discrepancies = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    protected Receipt() {}

    Receipt(String tenantId, UUID dismantleRecordId, UUID warehouseId, Instant now) {
        super(tenantId);
        this.dismantleRecordId = dismantleRecordId;
        this.warehouseId = warehouseId;
        this.expectedAt = now;
    }

    void expect(List<ReceiptLine> expected) {
        lines.clear();
        lines.addAll(expected);
    }

    void count(List<ReceiptLine> unannounced, String who, Instant now, @Nullable String note) {
        if (state != State.EXPECTED && state != State.COUNTED) {
            throw Problem.conflict("state", "the receipt is %s and cannot be counted".formatted(state));
        }
        lines.removeIf(line -> line.expectedQuantity() == 0);
        lines.addAll(unannounced);
        state = State.COUNTED;
        countedBy = who;
        countedAt = now;
        this.note = note;
    }

    void differ(List<Discrepancy> found) {
        discrepancies.clear();
        discrepancies.addAll(found);
    }

    void stock() {
        require(State.COUNTED);
        state = State.STOCKED;
    }

    void decideWriteOff(String who, @Nullable String rejection) {
        this.writeOffDecidedBy = who;
        this.writeOffRejection = rejection;
    }

    void certify(String number, String issuer, LocalDate date) {
        certificateNumber = number;
        certificateIssuer = issuer;
        certificateDate = date;
    }

    void reconcile() {
        require(State.STOCKED);
        state = State.RECONCILED;
    }

    void cancel() {
        state = State.CANCELLED;
    }

    private void require(State expected) {
        if (state != expected) {
            throw Problem.conflict("state", "the receipt is %s, this needs it %s".formatted(state, expected));
        }
    }

    BigDecimal losses() {
        return discrepancies.stream()
                .filter(Discrepancy::isLoss)
                .map(Discrepancy::value)
                .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
    }

    public String owner() {
        return Collaboration.parse(tenantId()).owner();
    }

    public UUID dismantleRecordId() {
        return dismantleRecordId;
    }

    public UUID warehouseId() {
        return warehouseId;
    }

    public State state() {
        return state;
    }

    public Instant expectedAt() {
        return expectedAt;
    }

    public @Nullable Instant countedAt() {
        return countedAt;
    }

    public @Nullable String countedBy() {
        return countedBy;
    }

    public @Nullable String note() {
        return note;
    }

    /** Who last approved or rejected the write-off. */
    public @Nullable String writeOffDecidedBy() {
        return writeOffDecidedBy;
    }

    /** Why the write-off was rejected; null when it was not. */
    public @Nullable String writeOffRejection() {
        return writeOffRejection;
    }

    public @Nullable String certificateNumber() {
        return certificateNumber;
    }

    public @Nullable String certificateIssuer() {
        return certificateIssuer;
    }

    public @Nullable LocalDate certificateDate() {
        return certificateDate;
    }

    public List<ReceiptLine> lines() {
        return List.copyOf(lines);
    }

    public List<Discrepancy> discrepancies() {
        return List.copyOf(discrepancies);
    }
}
