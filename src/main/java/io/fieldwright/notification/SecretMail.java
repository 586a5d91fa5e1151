package io.fieldwright.notification;

import io.fieldwright.tenancy.TenantScope;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.stereotype.Service;

/**
 * Mails what lets its reader in, such as a link. It is sent within the caller's job and kept nowhere, unlike what
 * {@link Notifications} tell; the caller's retries are its retries.
 */
@Service
public class SecretMail {

    private final NotificationTemplates templates;
    private final MailServer mailServer;

    SecretMail(NotificationTemplates templates, MailServer mailServer) {
        this.templates = templates;
        this.mailServer = mailServer;
    }

    /**
     * Sends a message that is told from all others by {@code id}.
     *
     * @param organisation whose wording is used
     * @return why there will never be such a recipient; empty when the mail server took the message
     * @throws RuntimeException with the mail server's reason when it may take the message another time
     */
    public Optional<String> send(
            UUID id,
            String email,
            String language,
            NotificationEvent event,
            String organisation,
            Map<String, String> values) {
        Text text = TenantScope.asSystem(() -> templates.wording(event, organisation, List.of(language)))
                .in(language)
                .render(values);
        try {
            mailServer.send(id, email, text);
            return Optional.empty();
        } catch (MailException | MessagingException failure) {
            String reason = MailServer.reasonOf(failure, email);
            if (isFinal(failure)) {
                return Optional.of(reason);
            }
            throw new DeliveryFailedException(reason);
        }
    }

    private static boolean isFinal(Exception failure) {
        return failure instanceof AddressException
                || failure instanceof MailSendException refused
                        && Arrays.stream(refused.getMessageExceptions()).anyMatch(SecretMail::refusesRecipient);
    }

    private static boolean refusesRecipient(Exception failure) {
        return failure instanceof SendFailedException refused
                && refused.getInvalidAddresses() != null
                && refused.getInvalidAddresses().length > 0;
    }
}
