package io.fieldwright;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An application that is configured to send e-mail, and a real mail server that can be switched off. */
@OwnApplicationTest
public abstract class MailServerTest {

    private static final ServerSetup SMTP = new ServerSetup(FreePort.choose(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);

    static {
        SMTP.setServerStartupTimeout(Duration.ofMinutes(1).toMillis());
    }

    protected final GreenMail mailServer = new GreenMail(SMTP);

    @DynamicPropertySource
    static void mailServer(DynamicPropertyRegistry properties) {
        properties.add("spring.mail.host", SMTP::getBindAddress);
        properties.add("spring.mail.port", SMTP::getPort);
        properties.add("spring.mail.properties.mail.from", () -> "fieldwright@example.org");
        properties.add("camunda.bpm.job-execution.enabled", () -> "false");
        properties.add("fieldwright.database.name", () -> "mail");
    }

    @BeforeEach
    void startMailServer() {
        mailServer.start();
    }

    @AfterEach
    void stopMailServer() {
        mailServer.stop();
    }

    protected static int mailPort() {
        return SMTP.getPort();
    }
}
