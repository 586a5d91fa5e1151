package io.fieldwright.equipment;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * One link of an item's custody chain. The entries of an item count from 1 without a gap, each starts where the one
 * before ended, and the database refuses to change or delete any.
 */
@Entity
@Immutable
public class CustodyEntry extends TenantOwned {

    private UUID itemId;

    private int sequence;

    @Embedded
    @AttributeOverride(name = "kind", column = @Column(name = "from_kind"))
    @AttributeOverride(name = "id", column = @Column(name = "from_id"))
    private @Nullable Place from;

    @Embedded
    @AttributeOverride(name = "kind", column = @Column(name = "to_kind"))
    @AttributeOverride(name = "id", column = @Column(name = "to_id"))
    private Place to;

    @Column(name = "handed_over_at")
    private Instant at;

    private String handedOverBy;

    private String receivedBy;

    private @Nullable Double latitude;

    private @Nullable Double longitude;

    private String evidence;

    private String recordedBy;

    protected CustodyEntry() {}

    CustodyEntry(EquipmentItem item, int sequence, @Nullable Place from, HandOver handOver, String recordedBy) {
        super(item.tenantId());
        this.itemId = item.id();
        this.sequence = sequence;
        this.from = from;
        this.to = handOver.to();
        this.at = handOver.at();
        this.handedOverBy = handOver.handedOverBy();
        this.receivedBy = handOver.receivedBy();
        this.latitude = handOver.latitude();
        this.longitude = handOver.longitude();
        this.evidence = handOver.evidence();
        this.recordedBy = recordedBy;
    }

    public UUID itemId() {
        return itemId;
    }

    public int sequence() {
        return sequence;
    }

    /** Where the item was; null in the first entry, which registers it. */
    public @Nullable Place from() {
        return from;
    }

    public Place to() {
        return to;
    }

    /** When it was handed over, which may be well before it was recorded. */
    public Instant at() {
        return at;
    }

    public String handedOverBy() {
        return handedOverBy;
    }

    public String receivedBy() {
        return receivedBy;
    }

    /** Where the hand-over was signed, WGS84 degrees. */
    public @Nullable Double latitude() {
        return latitude;
    }

    public @Nullable Double longitude() {
        return longitude;
    }

    public String evidence() {
        return evidence;
    }

    /** The username behind the recording; {@code system} for the engine's own work. */
    public String recordedBy() {
        return recordedBy;
    }
}
