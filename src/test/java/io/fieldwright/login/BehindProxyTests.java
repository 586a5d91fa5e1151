package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.OwnApplicationTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Behind a proxy that ends TLS and says so. */
@OwnApplicationTest
@TestPropertySource(properties = {"server.forward-headers-strategy=native", "fieldwright.database.name=behind_proxy"})
class BehindProxyTests {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/password", "/api/v1/me", "/actuator/health", "/invitations/accept"})
    void browserIsToldToComeByTlsForAYear(String path) {
        HttpResponse<String> answer = new Browser(port).get(path, "X-Forwarded-Proto", "https");

        assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                .hasValue("max-age=31536000 ; includeSubDomains");
    }

    @Test
    void sessionGoesBackByTlsOnly() {
        HttpResponse<String> answer = new Browser(port).get("/login", "X-Forwarded-Proto", "https");

        assertThat(answer.headers().allValues("Set-Cookie")).isNotEmpty().allMatch(cookie -> cookie.contains("Secure"));
    }
}
