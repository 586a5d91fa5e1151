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
class ReceiptToleranceDecisionTests {

    @Autowired
    Decisions decisions;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "exactly the item that was sent, true, 0, 0, true",
        "an item is there or it is not, true, 100, 14000, false",
        "an item without value is traced as well, true, 100, 0, false",
        "bulk goods at both limits, false, 2, 5000, true",
        "bulk goods above 2 percent, false, 2.01, 10, false",
        "bulk goods above 5000 INR, false, 1, 5000.01, false",
        "unknown kind of line, , 0, 0, false"
    })
    void everyRowToleratesWhatItSays(
            String row, @Nullable Boolean serialised, double percent, double value, boolean tolerated) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("serialised", serialised);
        inputs.put("deviationPercent", percent);
        inputs.put("deviationValue", value);

        assertThat(decisions.evaluate("receipt-tolerance", inputs)).containsEntry("withinTolerance", tolerated);
    }
}
