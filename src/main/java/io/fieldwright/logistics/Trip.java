package io.fieldwright.logistics;

import io.fieldwright.api.Problem;
import io.fieldwright.equipment.Place;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Filter;
import org.jspecify.annotations.Nullable;

/** One drive from a site to a warehouse with a manifest, in an own vehicle or by a carrier. */
@Entity
@Filter(name = TenantOwned.SITE_FILTER, condition = TenantOwned.AT_SITE)
public class Trip extends TenantOwned {

    /** Moved only by the steps of the process {@code transport-trip}. */
    public enum State {
        PLANNED,
        CONFIRMED,
        IN_TRANSIT,
        ARRIVED,
        RETURNED,
        CANCELLED
    }

    private UUID dismantleRecordId;

    private String businessKey;

    private UUID siteId;

    private UUID destinationWarehouseId;

    private @Nullable UUID vehicleId;

    private @Nullable UUID carrierId;

    private @Nullable String driver;

    @Enumerated(EnumType.STRING)
    private State state = State.PLANNED;

    private LocalDate pickupOn;

    private @Nullable String sealNumber;

    private @Nullable String signedBy;

    private @Nullable Double signedLatitude;

    private @Nullable Double signedLongitude;

    private @Nullable Instant loadedAt;

    private @Nullable Instant arrivedAt;

    private @Nullable String breakdownReport;

    private @Nullable String refusalReason;

    private @Nullable String remark;

    @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true)
    @JoinColumn(name = "trip_id", nullable = false)
    @OrderColumn(name = "position")
    private List<ManifestLine> manifest = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    protected Trip() {}

    Trip(DismantleRecord record, UUID destinationWarehouseId, Transport transport, LocalDate pickupOn) {
        super(record.tenantId());
        this.dismantleRecordId = record.id();
        this.businessKey = record.businessKey();
        this.siteId = record.siteId();
        this.destinationWarehouseId = destinationWarehouseId;
        this.vehicleId = transport.vehicleId();
        this.carrierId = transport.carrierId();
        this.pickupOn = pickupOn;
    }

    void plan(DismantleLine line, int quantity) {
        manifest.add(new ManifestLine(tenantId(), line, quantity));
    }

    void confirm(Transport transport, String driver, LocalDate pickupOn) {
        require(State.PLANNED);
        entrust(transport, driver);
        this.pickupOn = pickupOn;
        state = State.CONFIRMED;
    }

    void entrust(Transport transport, String driver) {
        this.vehicleId = transport.vehicleId();
        this.carrierId = transport.carrierId();
        this.driver = driver;
    }

    void load(@Nullable String sealNumber, Trips.Signature signature) {
        this.sealNumber = sealNumber;
        sign(signature);
    }

    void sign(Trips.Signature signature) {
        signedBy = signature.signedBy();
        signedLatitude = signature.latitude();
        signedLongitude = signature.longitude();
    }

    /** Who signed the hand-over that comes next. */
    Trips.Signature signature() {
        return new Trips.Signature(String.valueOf(signedBy), signedLatitude, signedLongitude);
    }

    void depart(Instant now) {
        require(State.CONFIRMED);
        this.loadedAt = now;
        state = State.IN_TRANSIT;
    }

    void breakDown(String report) {
        require(State.IN_TRANSIT);
        breakdownReport = report;
    }

    void refuse(String reason) {
        require(State.IN_TRANSIT);
        refusalReason = reason;
    }

    void remark(@Nullable String remark) {
        this.remark = remark;
    }

    void redirect(UUID warehouseId) {
        require(State.IN_TRANSIT);
        destinationWarehouseId = warehouseId;
        refusalReason = null;
    }

    void arrive(Instant now) {
        require(State.IN_TRANSIT);
        arrivedAt = now;
        state = State.ARRIVED;
    }

    void returnToSite(Instant now) {
        require(State.IN_TRANSIT);
        arrivedAt = now;
        state = State.RETURNED;
    }

    void cancel() {
        state = State.CANCELLED;
    }

    /** @throws Problem 409 in any other state */
    void require(State expected) {
        if (state != expected) {
            throw Problem.conflict("state", "the trip is %s, this needs it %s".formatted(state, expected));
        }
    }

    /** What it travels in. */
    Transport transport() {
        return new Transport(vehicleId, carrierId);
    }

    /** Where its load is while it is on the road. */
    Place onTheRoad() {
        return transport().place();
    }

    List<UUID> loadedItems() {
        return manifest.stream()
                .filter(line -> line.loadedQuantity() > 0 && line.itemId() != null)
                .map(ManifestLine::itemId)
                .toList();
    }

    double plannedWeight() {
        return manifest.stream().mapToDouble(ManifestLine::plannedWeight).sum();
    }

    double loadedWeight() {
        return manifest.stream().mapToDouble(ManifestLine::loadedWeight).sum();
    }

    public String owner() {
        return Collaboration.parse(tenantId()).owner();
    }

    public UUID dismantleRecordId() {
        return dismantleRecordId;
    }

    public String businessKey() {
        return businessKey;
    }

    public UUID siteId() {
        return siteId;
    }

    public UUID destinationWarehouseId() {
        return destinationWarehouseId;
    }

    public @Nullable UUID vehicleId() {
        return vehicleId;
    }

    public @Nullable UUID carrierId() {
        return carrierId;
    }

    /** Username of who drives; of the transport coordinator when a carrier does. */
    public @Nullable String driver() {
        return driver;
    }

    public State state() {
        return state;
    }

    public LocalDate pickupOn() {
        return pickupOn;
    }

    public @Nullable String sealNumber() {
        return sealNumber;
    }

    public @Nullable Instant loadedAt() {
        return loadedAt;
    }

    public @Nullable Instant arrivedAt() {
        return arrivedAt;
    }

    public @Nullable String breakdownReport() {
        return breakdownReport;
    }

    public @Nullable String refusalReason() {
        return refusalReason;
    }

    /** What the transport coordinator wants the driver to know. */
    public @Nullable String remark() {
        return remark;
    }

    public List<ManifestLine> manifest() {
        return List.copyOf(manifest);
    }
}
