package io.fieldwright.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.Date;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Takes one message of plain text after another. */
@Component
class MailServer {

    private final ObjectProvider<JavaMailSender> mailSender;
    private final Clock clock;

    MailServer(ObjectProvider<JavaMailSender> mailSender, Clock clock) {
        this.mailSender = mailSender;
        this.clock = clock;
    }

    /**
     * Hands over a message.
     *
     * @param id what the Message-ID is derived from
     * @throws org.springframework.mail.MailException when the mail server does not take it
     */
    void send(UUID id, String address, Text text) throws MessagingException {
        JavaMailSender sender = mailSender.getIfAvailable();
        if (sender == null) {
            throw new MessagingException("No mail server is configured (spring.mail.host)");
        }
        MimeMessage mail = sender.createMimeMessage();
        mail.setFrom();
        mail.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(address, true));
        mail.setSubject(text.subject(), "UTF-8");
        mail.setText(text.body(), "UTF-8");
        mail.setHeader("Message-ID", "<%s@fieldwright>".formatted(id));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setSentDate(Date.from(clock.instant()));
        sender.send(mail);
    }

    /** In one line and without the address, because the engine logs it. */
    static String reasonOf(Exception failure, String address) {
        return String.valueOf(failure.getMessage())
                .replace(address, "the recipient")
                .replaceAll("\\s+", " ");
    }
}
