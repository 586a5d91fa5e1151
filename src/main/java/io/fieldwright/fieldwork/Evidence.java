package io.fieldwright.fieldwork;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A GPS fix, photo, serial number, answer or signature. It is kept as the device sent it and never changed; only what becomes of its file is noted. */
@Entity
public class Evidence extends TenantOwned {

    public enum Kind {
        FIX("gps"),
        PHOTO("photos"),
        SERIAL("serials"),
        ANSWER("checklist"),
        SIGNATURE("signature");

        private final String item;

        Kind(String item) {
            this.item = item;
        }

        /** Its name where a reviewer asks for it again. */
        public String item() {
            return item;
        }
    }

    private UUID executionId;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    private Instant capturedAt;

    @Column(name = "clock_offset_ms")
    private long clockOffsetMillis;

    private Instant receivedAt;

    private @Nullable Double latitude;

    private @Nullable Double longitude;

    private @Nullable Double accuracyMetres;

    private @Nullable Instant fixedAt;

    private @Nullable Boolean mock;

    private @Nullable UUID fileId;

    private @Nullable String serialNumber;

    @Enumerated(EnumType.STRING)
    private EvidenceContent.Serial.@Nullable Method method;

    private @Nullable String question;

    private @Nullable String value;

    private @Nullable String name;

    private @Nullable String note;

    private @Nullable String fileRefusal;

    @SuppressWarnings("NullAway.Init")
    protected Evidence() {}

    Evidence(Execution execution, Capture capture, Instant now) {
        super(capture.id(), execution.tenantId());
        this.executionId = execution.id();
        this.capturedAt = capture.at();
        this.clockOffsetMillis = capture.clockOffset().toMillis();
        this.receivedAt = now;
        if (capture.content() instanceof GpsFix fix) {
            kind = Kind.FIX;
            latitude = fix.latitude();
            longitude = fix.longitude();
            accuracyMetres = fix.accuracyMetres();
            fixedAt = fix.fixedAt();
            mock = fix.mock();
        } else if (capture.content() instanceof EvidenceContent.Photo photo) {
            kind = Kind.PHOTO;
            fileId = photo.file();
            note = photo.note();
        } else if (capture.content() instanceof EvidenceContent.Serial serial) {
            kind = Kind.SERIAL;
            serialNumber = serial.serialNumber();
            method = serial.method();
            fileId = serial.file();
        } else if (capture.content() instanceof EvidenceContent.Answer answer) {
            kind = Kind.ANSWER;
            question = answer.question();
            value = answer.value();
            note = answer.note();
        } else if (capture.content() instanceof EvidenceContent.Signature signature) {
            kind = Kind.SIGNATURE;
            name = signature.name();
            fileId = signature.file();
            latitude = signature.latitude();
            longitude = signature.longitude();
        }
    }

    public UUID executionId() {
        return executionId;
    }

    public Kind kind() {
        return kind;
    }

    /** By the device's clock. */
    public Instant capturedAt() {
        return capturedAt;
    }

    /** How far the device's clock was behind the server's when it was sent; negative when it was ahead. */
    public Duration clockOffset() {
        return Duration.ofMillis(clockOffsetMillis);
    }

    /** When it was captured by the server's clock, as far as the device's clock can be corrected. */
    public Instant correctedTime() {
        return capturedAt.plus(clockOffset());
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    /** The stored file it needs to be complete. */
    public Optional<UUID> file() {
        return Optional.ofNullable(fileId);
    }

    /** The stored file that is to be a photo: of the site, or of a label. */
    public Optional<UUID> photo() {
        return kind == Kind.PHOTO || kind == Kind.SERIAL ? file() : Optional.empty();
    }

    /** Notes why its file is not taken; answers whether that is news. */
    boolean refuseFile(String why) {
        boolean news = !why.equals(fileRefusal);
        fileRefusal = why;
        return news;
    }

    void takeFile() {
        fileRefusal = null;
    }

    /** The name of its file and why it was not taken; empty as long as it may arrive, and once it has. */
    public Optional<String> fileRefusal() {
        return Optional.ofNullable(fileRefusal);
    }

    /** Whether it says anew what {@code other} said. Different photos stand side by side. */
    boolean replaces(Evidence other) {
        if (kind != other.kind) {
            return false;
        }
        return switch (kind) {
            case FIX, SIGNATURE -> true;
            case ANSWER -> Objects.equals(question, other.question);
            case PHOTO -> Objects.equals(fileId, other.fileId);
            case SERIAL ->
                serialNumber != null && other.serialNumber != null
                        ? SerialComparison.normal(serialNumber).equals(SerialComparison.normal(other.serialNumber))
                        : fileId != null && fileId.equals(other.fileId);
        };
    }

    public EvidenceContent content() {
        return switch (kind) {
            case FIX ->
                new GpsFix(
                        Objects.requireNonNull(latitude),
                        Objects.requireNonNull(longitude),
                        accuracyMetres,
                        Objects.requireNonNull(fixedAt),
                        Boolean.TRUE.equals(mock));
            case PHOTO -> new EvidenceContent.Photo(Objects.requireNonNull(fileId), note);
            case SERIAL -> new EvidenceContent.Serial(serialNumber, Objects.requireNonNull(method), fileId);
            case ANSWER ->
                new EvidenceContent.Answer(Objects.requireNonNull(question), Objects.requireNonNull(value), note);
            case SIGNATURE ->
                new EvidenceContent.Signature(
                        Objects.requireNonNull(name), Objects.requireNonNull(fileId), latitude, longitude);
        };
    }
}
