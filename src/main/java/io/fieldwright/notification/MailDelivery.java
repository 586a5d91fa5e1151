package io.fieldwright.notification;

import io.fieldwright.tenancy.TenantScope;
import jakarta.mail.MessagingException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.mail.MailException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands e-mail to the mail server. Attempts and outcomes are written in transactions of their own, because the
 * caller's rolls back with a failure, and so that a message the server took is not sent again when the caller fails
 * afterwards. In the moment between the two a crash repeats the message, with the same Message-ID.
 */
@Service
public class MailDelivery {

    private record Message(String address, Text text) {}

    private final DeliveryRepository deliveries;
    private final MailServer mailServer;
    private final TransactionTemplate ownTransaction;
    private final Clock clock;

    MailDelivery(
            DeliveryRepository deliveries,
            MailServer mailServer,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.deliveries = deliveries;
        this.mailServer = mailServer;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /** Sends the delivery {@code id} unless it was sent before; a failure carries the mail server's reason. */
    public void send(UUID id) {
        TenantScope.asSystem(() -> begin(id).ifPresent(message -> {
            try {
                mailServer.send(id, message.address(), message.text());
            } catch (MailException | MessagingException failure) {
                String reason = MailServer.reasonOf(failure, message.address());
                ownTransaction.executeWithoutResult(status -> locked(id).fail(reason));
                throw new DeliveryFailedException(reason);
            }
            ownTransaction.executeWithoutResult(status -> locked(id).succeed(clock.instant()));
        }));
    }

    private Optional<Message> begin(UUID id) {
        return Objects.requireNonNull(ownTransaction.execute(status -> {
            Delivery delivery = locked(id);
            if (delivery.state() == Delivery.State.SENT) {
                return Optional.empty();
            }
            delivery.begin();
            return Optional.of(new Message(
                    Objects.requireNonNull(delivery.address()),
                    delivery.notification().text()));
        }));
    }

    private Delivery locked(UUID id) {
        return deliveries.lock(id).orElseThrow();
    }
}
