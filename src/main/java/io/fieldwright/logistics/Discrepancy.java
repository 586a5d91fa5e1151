package io.fieldwright.logistics;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One difference between what was sent and what was counted. */
@Entity
public class Discrepancy extends TenantOwned {

    /** In what way it differs; a serial number that was not on the manifest is a wrong one. */
    public enum Kind {
        SHORT,
        OVER,
        DAMAGED,
        WRONG_SERIAL
    }

    /** What became of it; tolerated ones are within the limits of the decision {@code receipt-tolerance}. */
    public enum State {
        OPEN,
        TOLERATED,
        ACCEPTED,
        WRITTEN_OFF
    }

    private UUID receiptLineId;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    @Enumerated(EnumType.STRING)
    private State state;

    private @Nullable String serialNumber;

    private String categoryCode;

    private int quantity;

    private BigDecimal value;

    private @Nullable String findings;

    @SuppressWarnings("NullAway.Init")
    protected Discrepancy() {}

    Discrepancy(ReceiptLine line, Kind kind, State state, int quantity, BigDecimal value) {
        super(line.tenantId());
        this.receiptLineId = line.id();
        this.kind = kind;
        this.state = state;
        this.serialNumber = line.serialNumber();
        this.categoryCode = line.categoryCode();
        this.quantity = quantity;
        this.value = value;
    }

    void accept(String findings) {
        if (state == State.OPEN || state == State.ACCEPTED) {
            state = State.ACCEPTED;
            this.findings = findings;
        }
    }

    void writeOff() {
        state = State.WRITTEN_OFF;
    }

    /** Whether value is gone that somebody has to answer for. */
    boolean isLoss() {
        return (kind == Kind.SHORT || kind == Kind.DAMAGED) && state != State.TOLERATED;
    }

    public UUID receiptLineId() {
        return receiptLineId;
    }

    public Kind kind() {
        return kind;
    }

    public State state() {
        return state;
    }

    public @Nullable String serialNumber() {
        return serialNumber;
    }

    public String categoryCode() {
        return categoryCode;
    }

    public int quantity() {
        return quantity;
    }

    public BigDecimal value() {
        return value;
    }

    public @Nullable String findings() {
        return findings;
    }
}
