package io.fieldwright.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhotoTolerancesDecisionTests {

    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    @ParameterizedTest(name = "{0}")
    @CsvSource({"a verification, verification", "any other task, installation", "nothing known,"})
    void lastRowAllowsAnHourAndWhatCamerasAreOff(String row, @Nullable String taskType) throws IOException {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("taskType", taskType);

        try (InputStream table = Files.newInputStream(Path.of("processes/decisions/photo-tolerances.dmn"))) {
            Map<String, Object> outputs = ENGINE.evaluateDecisionTable(
                            ENGINE.parseDecision("photo-tolerances", table), inputs)
                    .getSingleResult()
                    .getEntryMap();
            assertThat(PhotoTolerances.of(outputs)).isEqualTo(new PhotoTolerances(250, Duration.ofHours(1)));
        }
    }
}
