package io.fieldwright.notification;

import io.fieldwright.api.Problem;
import io.fieldwright.people.Person;
import io.fieldwright.tenancy.Collaboration;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.Processes;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells people what happened. Everything is written in the caller's transaction, the job that sends an e-mail
 * included: what rolls back was never told, what commits is not lost (requirements, section 13).
 */
@Service
@Transactional
public class Notifications {

    /** The process that sends one delivery, and its only variable. */
    public static final String DELIVERY_PROCESS = "notification-delivery";

    public static final String DELIVERY_ID = "deliveryId";

    private final NotificationRepository notifications;
    private final DeliveryRepository deliveries;
    private final NotificationTemplates templates;
    private final Processes processes;
    private final ObjectProvider<JavaMailSender> mailSender;
    private final Clock clock;

    Notifications(
            NotificationRepository notifications,
            DeliveryRepository deliveries,
            NotificationTemplates templates,
            Processes processes,
            ObjectProvider<JavaMailSender> mailSender,
            Clock clock) {
        this.notifications = notifications;
        this.deliveries = deliveries;
        this.templates = templates;
        this.processes = processes;
        this.mailSender = mailSender;
        this.clock = clock;
    }

    /**
     * Tells each active recipient once: in the application, and by e-mail where they have an address and a mail server
     * is configured ({@code spring.mail.host}).
     *
     * @param tenantId the collaboration it happened in; its owner's wording is used
     * @param values of the event's placeholders; absent ones are left empty
     */
    public void tell(
            Collection<Person> recipients, NotificationEvent event, String tenantId, Map<String, String> values) {
        Map<String, Person> active = new LinkedHashMap<>();
        recipients.stream().filter(Person::active).forEach(person -> active.put(person.username(), person));
        if (active.isEmpty()) {
            return;
        }
        TenantScope.asSystem(() -> {
            Wording wording = templates.wording(
                    event,
                    Collaboration.parse(tenantId).owner(),
                    active.values().stream().map(Person::language).toList());
            for (Person person : active.values()) {
                Notification notification = notifications.save(new Notification(
                        person.tenantId(),
                        event,
                        person.username(),
                        wording.in(person.language()).render(values),
                        clock.instant()));
                deliveries.save(Delivery.inApp(notification));
                if (person.email() != null && sendsMail()) {
                    mail(notification, person.email(), tenantId);
                }
            }
        });
    }

    /**
     * Tells somebody without an account, such as a client, by e-mail only; nothing happens where no mail server is
     * configured.
     *
     * @param language an ISO 639-1 code; English where there is no text in it
     * @param tenantId as in {@link #tell}; its owner's administrators see the delivery
     */
    public void tellAddress(
            String email, String language, NotificationEvent event, String tenantId, Map<String, String> values) {
        if (!sendsMail()) {
            return;
        }
        String owner = Collaboration.parse(tenantId).owner();
        TenantScope.asSystem(() -> {
            Text text = templates
                    .wording(event, owner, List.of(language))
                    .in(language)
                    .render(values);
            mail(notifications.save(new Notification(owner, event, null, text, clock.instant())), email, tenantId);
        });
    }

    private boolean sendsMail() {
        return mailSender.getIfAvailable() != null;
    }

    /** Sent in the collaboration's name, so that those who operate its processes see when it fails. */
    private void mail(Notification notification, String address, String tenantId) {
        String id = deliveries.save(Delivery.email(notification, address)).id().toString();
        processes.start(DELIVERY_PROCESS, tenantId, id, Map.of(DELIVERY_ID, id));
    }

    /** What {@code recipient} was told in the application; {@code unread} null asks for all of it. */
    @Transactional(readOnly = true)
    public Page<Notification> of(String recipient, @Nullable Boolean unread, Pageable page) {
        if (unread == null) {
            return notifications.findByRecipient(recipient, page);
        }
        return unread
                ? notifications.findByRecipientAndReadAtIsNull(recipient, page)
                : notifications.findByRecipientAndReadAtIsNotNull(recipient, page);
    }

    @Transactional(readOnly = true)
    public long countUnread(String recipient) {
        return notifications.countByRecipientAndReadAtIsNull(recipient);
    }

    /** @throws Problem 404 when {@code recipient} was not told this */
    public Notification markRead(UUID id, String recipient) {
        Notification notification = notifications
                .findByIdAndRecipient(id, recipient)
                .orElseThrow(() -> Problem.notFound("notification", id));
        notification.read(clock.instant());
        return notification;
    }

    /** Deliveries to the people and clients of the organisations in sight; {@code state} null asks for all of them. */
    @Transactional(readOnly = true)
    public Page<Delivery> deliveries(Delivery.@Nullable State state, Pageable page) {
        return state == null ? deliveries.findAll(page) : deliveries.findByState(state, page);
    }
}
