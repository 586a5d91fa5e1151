package io.fieldwright.notification;

import io.fieldwright.tenancy.TenantScope;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
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
    private final ObjectProvider<JavaMailSender> mailSender;
    private final TransactionTemplate ownTransaction;
    private final Clock clock;

    MailDelivery(
            DeliveryRepository deliveries,
            ObjectProvider<JavaMailSender> mailSender,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.deliveries = deliveries;
        this.mailSender = mailSender;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /** Sends the delivery {@code id} unless it was sent before; a failure carries the mail server's reason. */
    public void send(UUID id) {
        TenantScope.asSystem(() -> begin(id).ifPresent(message -> {
            try {
                transmit(id, message);
            } catch (MailException | MessagingException failure) {
                String reason = reasonOf(failure, message);
                ownTransaction.executeWithoutResult(status -> locked(id).fail(reason));
                throw new DeliveryFailedException(reason);
            }
            ownTransaction.executeWithoutResult(status -> locked(id).succeed(clock.instant()));
        }));
    }

    /** In one line and without the address, because the engine logs it. */
    private static String reasonOf(Exception failure, Message message) {
        return String.valueOf(failure.getMessage())
                .replace(message.address(), "the recipient")
                .replaceAll("\\s+", " ");
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

    private void transmit(UUID id, Message message) throws MessagingException {
        JavaMailSender sender = mailSender.getIfAvailable();
        if (sender == null) {
            throw new MessagingException("No mail server is configured (spring.mail.host)");
        }
        MimeMessage mail = sender.createMimeMessage();
        mail.setFrom();
        mail.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(message.address(), true));
        mail.setSubject(message.text().subject(), "UTF-8");
        mail.setText(message.text().body(), "UTF-8");
        mail.setHeader("Message-ID", "<%s@fieldwright>".formatted(id));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setSentDate(Date.from(clock.instant()));
        sender.send(mail);
    }
}
