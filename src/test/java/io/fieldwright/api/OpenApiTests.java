package io.fieldwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fieldwright.FieldwrightTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;

/** The description that is checked in is the one that is served. */
@FieldwrightTest
class OpenApiTests {

    private static final Path CHECKED_IN = Path.of("docs/openapi.json");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Autowired
    TestRestTemplate http;

    @Test
    void theCheckedInDescriptionIsTheOneThatIsServed() throws IOException {
        String served =
                JSON.writeValueAsString(JSON.readValue(http.getForObject("/v3/api-docs", String.class), Map.class))
                        + "\n";
        if (Boolean.getBoolean("openapi.renew")) {
            Files.writeString(CHECKED_IN, served);
        }
        assertThat(served)
                .as("docs/openapi.json is out of date; look at the difference, and if it is meant, renew the file:"
                        + " ./mvnw test -Dtest=OpenApiTests -Dopenapi.renew=true")
                .isEqualToNormalizingNewlines(Files.readString(CHECKED_IN));
    }

    @Test
    void everyPostMayBeRepeatedAndEveryRefusalIsAProblem() {
        JsonNode description = http.getForObject("/v3/api-docs", JsonNode.class);
        assertThat(description.get("openapi").asText()).startsWith("3.1");
        description.get("paths").forEach(path -> path.fields().forEachRemaining(operation -> {
            assertThat(operation
                            .getValue()
                            .at("/responses/4XX/content/application~1problem+json")
                            .isMissingNode())
                    .as("problems of %s", operation.getValue().get("operationId"))
                    .isFalse();
            if (operation.getKey().equals("post")) {
                assertThat(operation.getValue().get("parameters"))
                        .as("parameters of %s", operation.getValue().get("operationId"))
                        .anyMatch(parameter -> parameter.get("name").asText().equals("Idempotency-Key"));
            }
        }));
    }

    @Test
    void noTwoOperationsShareAnId() {
        JsonNode description = http.getForObject("/v3/api-docs", JsonNode.class);
        assertThat(description.findValuesAsText("operationId")).doesNotHaveDuplicates();
    }
}
