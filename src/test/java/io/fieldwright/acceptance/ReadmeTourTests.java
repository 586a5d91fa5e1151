package io.fieldwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.OwnApplicationTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** Runs the README's tour word for word, as a newcomer would: in a shell, against the application with its demo data. */
@OwnApplicationTest
@ActiveProfiles("demo")
@TestPropertySource(properties = {"fieldwright.database.name=demo", "camunda.bpm.job-execution.enabled=true"})
@DirtiesContext
class ReadmeTourTests {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```bash tour\\n(.*?)^```$");

    @Autowired
    TestRestTemplate http;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTowerIsDismantledOntoAShelfByTheCommandsOfTheReadme() throws Exception {
        assertThat(walk()).as("the tour's exit code").isZero();

        Caller coordinator = Caller.signedIn(http, "asha.coordinator", "fieldwright-demo");
        JsonNode item = first(coordinator, "/api/v1/equipment-items?serial=NL-MH-LONAVLA-1");
        assertThat(item.at("/place/kind").asText()).isEqualTo("warehouse");
        JsonNode battery = first(coordinator, "/api/v1/equipment-items?serial=VB-MH-LONAVLA-1");
        assertThat(battery.at("/place/kind").asText()).isEqualTo("disposed");
        assertThat(body(coordinator, "/api/v1/custody/verification")
                        .get("unbroken")
                        .asBoolean())
                .isTrue();
        JsonNode stock = body(
                coordinator, "/api/v1/stock?warehouse=" + item.at("/place/id").asText());
        assertThat(stock)
                .extracting(line -> line.get("category").asText(), line -> line.get("quantity")
                        .asInt())
                .containsExactlyInAnyOrder(tuple("radio", 2), tuple("feeder", 39));
        JsonNode record = first(
                coordinator,
                "/api/v1/dismantle-records?site="
                        + first(coordinator, "/api/v1/sites?q=MH-LONAVLA")
                                .get("id")
                                .asText());
        assertThat(record.get("state").asText()).isEqualTo("CLOSED");
        JsonNode allocation = body(
                coordinator, "/api/v1/allocations/" + record.get("allocation").asText());
        assertThat(allocation.get("state").asText()).isEqualTo("DONE");
    }

    private int walk() throws IOException, InterruptedException {
        Path script = folder.resolve("tour.sh");
        String readme = Files.readString(Path.of("README.md"));
        Files.writeString(
                script,
                BLOCK.matcher(readme)
                        .results()
                        .map(MatchResult::group)
                        .map(block -> block.substring(block.indexOf('\n') + 1, block.lastIndexOf("```")))
                        .collect(Collectors.joining()));
        ProcessBuilder shell = new ProcessBuilder("bash", "-eu", script.toString());
        shell.environment().put("FIELDWRIGHT", "http://localhost:" + port);
        Process tour = shell.redirectErrorStream(true).start();
        try {
            String said = new String(tour.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = tour.waitFor();
            if (code != 0) {
                System.out.println(said);
            }
            return code;
        } finally {
            tour.destroyForcibly();
        }
    }

    private static JsonNode first(Caller caller, String path) {
        return body(caller, path).at("/items/0");
    }

    private static JsonNode body(Caller caller, String path) {
        return caller.get(path).getBody();
    }
}
