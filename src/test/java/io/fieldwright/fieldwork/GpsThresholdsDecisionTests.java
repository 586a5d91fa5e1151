package io.fieldwright.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpsThresholdsDecisionTests {

    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    @ParameterizedTest(name = "{0}")
    @CsvSource({"any task, installation, 10", "a coarse accuracy, survey, 10000", "nothing known, ,"})
    void lastRowAsksForWhatTheRequirementsSay(String row, @Nullable String taskType, @Nullable Double accuracy)
            throws IOException {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("taskType", taskType);
        inputs.put("neededAccuracyMetres", accuracy);

        assertThat(GpsThresholds.of(outputs(inputs)))
                .isEqualTo(new GpsThresholds(0.90, 0.10, Duration.ofMinutes(5), Duration.ofMinutes(2)));
    }

    private static Map<String, Object> outputs(Map<String, Object> inputs) throws IOException {
        try (InputStream table = Files.newInputStream(Path.of("processes/decisions/gps-thresholds.dmn"))) {
            return ENGINE.evaluateDecisionTable(ENGINE.parseDecision("gps-thresholds", table), inputs)
                    .getSingleResult()
                    .getEntryMap();
        }
    }

    @Test
    void thresholdsThatContradictOneAnotherAreRefused() {
        Duration minute = Duration.ofMinutes(1);

        assertThatIllegalArgumentException().isThrownBy(() -> new GpsThresholds(0.1, 0.9, minute, minute));
        assertThatIllegalArgumentException().isThrownBy(() -> new GpsThresholds(0.5, 0.5, minute, minute));
        assertThatIllegalArgumentException().isThrownBy(() -> new GpsThresholds(1.1, 0.1, minute, minute));
        assertThatIllegalArgumentException().isThrownBy(() -> new GpsThresholds(0.9, -0.1, minute, minute));
        assertThatIllegalArgumentException().isThrownBy(() -> new GpsThresholds(Double.NaN, 0.1, minute, minute));
        assertThatIllegalArgumentException().isThrownBy(() -> new GpsThresholds(0.9, 0.1, minute.negated(), minute));
        assertThatIllegalArgumentException().isThrownBy(() -> new GpsThresholds(0.9, 0.1, minute, minute.negated()));
    }
}
