package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.workflow.Decisions;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@FieldwrightTest
class WarehouseChoiceDecisionTests {

    @Autowired
    Decisions decisions;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a kind is not accepted, 10, 90, false, true, 0, false, 0",
        "the load does not fit, 10, -1, true, true, 0, false, 0",
        "high value and not secure, 10, 90, true, false, 500000, false, 0",
        "high value and secure, 10, 90, true, true, 500000, true, 100",
        "just below high value, 10, 90, true, false, 499999.99, true, 100",
        "near with plenty of room, 50, 40, true, false, 0, true, 100",
        "near with enough room, 50, 39, true, false, 0, true, 90",
        "near but nearly full, 50, 0, true, false, 0, true, 70",
        "half a day with plenty of room, 50.1, 40, true, false, 0, true, 80",
        "half a day with enough room, 150, 10, true, false, 0, true, 70",
        "half a day but nearly full, 150, 9, true, false, 0, true, 50",
        "a day with plenty of room, 150.1, 40, true, false, 0, true, 55",
        "a day with enough room, 400, 10, true, false, 0, true, 45",
        "a day but nearly full, 400, 9, true, false, 0, true, 30",
        "far with plenty of room, 400.1, 40, true, false, 0, true, 30",
        "far with enough room, 2000, 10, true, false, 0, true, 20",
        "far but nearly full, 2000, 0, true, false, 0, true, 10",
        "distance unknown, , 50, true, true, 0, false, 0"
    })
    void everyRowScoresWhatItSays(
            String row,
            @Nullable Double kilometres,
            int roomLeft,
            boolean accepts,
            boolean secure,
            double value,
            boolean eligible,
            int score) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("distanceKm", kilometres);
        inputs.put("capacityLeftPercent", roomLeft);
        inputs.put("acceptsEverything", accepts);
        inputs.put("secure", secure);
        inputs.put("loadValue", value);

        assertThat(decisions.evaluate("warehouse-choice", inputs))
                .containsEntry("eligible", eligible)
                .containsEntry("score", score);
    }
}
