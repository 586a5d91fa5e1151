package io.fieldwright.notification;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one recipient was told, in the words of that moment. Its tenant is the recipient's own organisation, so that
 * neither side of a collaboration reads what the other's people were told.
 */
@Entity
public class Notification extends TenantOwned {

    @Enumerated(EnumType.STRING)
    private NotificationEvent event;

    private @Nullable String recipient;

    private String subject;

    private String body;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "read_at")
    private @Nullable Instant readAt;

    protected Notification() {
        this("", NotificationEvent.TEAM_OFFERED, null, new Text("", ""), Instant.EPOCH);
    }

    Notification(String tenantId, NotificationEvent event, @Nullable String recipient, Text text, Instant createdAt) {
        super(tenantId);
        this.event = event;
        this.recipient = recipient;
        this.subject = text.subject();
        this.body = text.body();
        this.createdAt = createdAt;
    }

    void read(Instant at) {
        if (readAt == null) {
            readAt = at;
        }
    }

    public NotificationEvent event() {
        return event;
    }

    /** The username, or null for an address without an account. */
    public @Nullable String recipient() {
        return recipient;
    }

    public Text text() {
        return new Text(subject, body);
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When its recipient first marked it as read. */
    public @Nullable Instant readAt() {
        return readAt;
    }
}
