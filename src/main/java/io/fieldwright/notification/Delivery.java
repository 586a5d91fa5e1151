package io.fieldwright.notification;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One notification on one channel. */
@Entity
public class Delivery extends TenantOwned {

    public enum Channel {
        IN_APP,
        EMAIL
    }

    /** {@code FAILED} says that the last attempt failed; the engine tries again until its retries are used up. */
    public enum State {
        PENDING,
        SENT,
        FAILED
    }

    private static final int LONGEST_FAILURE = 500;

    @ManyToOne(optional = false, fetch = FetchType.LAZY)
    @JoinColumn(name = "notification_id")
    private Notification notification;

    @Enumerated(EnumType.STRING)
    private Channel channel;

    private @Nullable String address;

    @Enumerated(EnumType.STRING)
    private State state;

    private int attempts;

    private @Nullable String failure;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "sent_at")
    private @Nullable Instant sentAt;

    protected Delivery() {
        this(new Notification(), Channel.IN_APP, null, State.PENDING);
    }

    private Delivery(Notification notification, Channel channel, @Nullable String address, State state) {
        super(notification.tenantId());
        this.notification = notification;
        this.channel = channel;
        this.address = address;
        this.state = state;
        this.createdAt = notification.createdAt();
    }

    /** Delivered by being written: the recipient sees it with the next look. */
    static Delivery inApp(Notification notification) {
        Delivery delivery = new Delivery(notification, Channel.IN_APP, null, State.SENT);
        delivery.attempts = 1;
        delivery.sentAt = notification.createdAt();
        return delivery;
    }

    static Delivery email(Notification notification, String address) {
        return new Delivery(notification, Channel.EMAIL, address, State.PENDING);
    }

    void begin() {
        attempts++;
    }

    void succeed(Instant at) {
        state = State.SENT;
        sentAt = at;
        failure = null;
    }

    void fail(String reason) {
        state = State.FAILED;
        failure = reason.length() > LONGEST_FAILURE ? reason.substring(0, LONGEST_FAILURE) : reason;
    }

    public Notification notification() {
        return notification;
    }

    public Channel channel() {
        return channel;
    }

    /** The e-mail address; null in the application. */
    public @Nullable String address() {
        return address;
    }

    public State state() {
        return state;
    }

    public int attempts() {
        return attempts;
    }

    /** Why the last attempt failed. */
    public @Nullable String failure() {
        return failure;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant sentAt() {
        return sentAt;
    }
}
