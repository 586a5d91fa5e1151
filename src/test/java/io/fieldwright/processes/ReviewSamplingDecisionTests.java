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
class ReviewSamplingDecisionTests {

    @Autowired
    Decisions decisions;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the most complex equipment, 5, 100, 25",
        "the most complex equipment with little to spare, 5, 80, 25",
        "little to spare, 4, 89, 20",
        "good work, 4, 90, 10",
        "good work at a simple site, 1, 100, 10",
        "no equipment at the site, , 100, 10"
    })
    void everyRowSamplesWhatItSays(String row, @Nullable Integer complexityRating, int score, int percent) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("complexityRating", complexityRating);
        inputs.put("score", score);

        assertThat(decisions.evaluate("review-sampling", inputs)).containsEntry("percent", percent);
    }
}
