package io.fieldwright.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import io.fieldwright.Chromium;
import io.fieldwright.FieldwrightTest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** What a phone loads before anybody has signed in. */
@FieldwrightTest
class FieldShellTests {

    private static final int LARGEST_BYTES = 100 * 1024;
    private static final Pattern FILES = Pattern.compile("files = (\\[.*]);");

    @RegisterExtension
    static final Chromium chromium = new Chromium("field");

    @LocalServerPort
    int port;

    @Autowired
    TestRestTemplate http;

    @Autowired
    ObjectMapper json;

    @Test
    void pageWithAllItNeedsIsSmallEnoughForABadNetwork() throws Exception {
        Matcher files = FILES.matcher(http.getForObject("/field/shell.js", String.class));
        assertThat(files.find()).isTrue();
        int size = 0;
        for (String file : json.readValue(files.group(1), String[].class)) {
            ResponseEntity<byte[]> served = http.getForEntity(file, byte[].class);
            assertThat(served.getStatusCode()).as(file).isEqualTo(HttpStatus.OK);
            assertThat(served.getHeaders().get(HttpHeaders.SET_COOKIE)).as(file).isNull();
            assertThat(served.getHeaders().getContentType()).as(file).isNotNull();
            size += served.getBody().length;
        }
        assertThat(size).isLessThan(LARGEST_BYTES);
    }

    @Test
    void pageMayAskForPositionAndCameraAndNothingElse() {
        HttpHeaders headers = http.getForEntity("/field", String.class).getHeaders();

        assertThat(headers.getFirst("Permissions-Policy"))
                .contains("camera=(self)", "geolocation=(self)", "microphone=()", "usb=()");
        assertThat(headers.getFirst("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "frame-ancestors 'none'");
        assertThat(http.getForEntity("/field/service-worker.js", String.class)
                        .getHeaders()
                        .getFirst("Service-Worker-Allowed"))
                .isEqualTo("/field");
    }

    @Test
    void browserRunsNoScriptThatIsWrittenIntoThePage() {
        Page page = chromium.page(360, 740);
        page.navigate("http://localhost:" + port + "/field");
        page.getByLabel("Username").waitFor();

        page.evaluate(
                """
                () => {
                  const script = document.createElement("script");
                  script.textContent = "window.ran = true";
                  document.body.append(script);
                  const picture = document.createElement("img");
                  picture.setAttribute("onerror", "window.ran = true");
                  picture.src = "/field/icon.png?";
                  document.body.append(picture);
                }""");

        assertThat(page.evaluate("window.ran")).isNull();
    }
}
