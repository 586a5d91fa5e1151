package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.workflow.Decisions;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@FieldwrightTest
class DispositionDecisionTests {

    @Autowired
    Decisions decisions;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "scrap goes to a recycler, structure, scrap, 12, scrap",
        "damaged cable of little value is sold, cable, repairable, 20, sell",
        "damaged steel of little value is sold, structure, repairable, 16, sell",
        "damaged steel of some value is repaired, structure, repairable, 22, repair",
        "old steel is sold, structure, working, 40, sell",
        "steel in its first ten years is reused, structure, working, 55, reuse",
        "enough value left pays for the repair, electronics, repairable, 10, repair",
        "new goods are reused, power, new, 90, reuse",
        "working goods are reused, other, working, 15, reuse",
        "not worth a repair is sold, electronics, repairable, 9, sell"
    })
    void everyRowDecidesWhatItSays(String row, String kind, String condition, int percent, String disposition) {
        assertThat(decisions.evaluate(
                        "disposition", Map.of("kind", kind, "condition", condition, "percentOfNewPrice", percent)))
                .containsEntry("disposition", disposition);
    }
}
