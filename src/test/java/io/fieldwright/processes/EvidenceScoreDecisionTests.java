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
class EvidenceScoreDecisionTests {

    @Autowired
    Decisions decisions;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "everything asked for is there, inside, 0, 0, 0, 0, 0, given, 100",
        "nothing was asked for, notAsked, 0, 0, 0, 0, 0, notAsked, 100",
        "nothing is there, outside, 5, 0, 3, 0, 4, missing, 0",
        "nothing is known, , , , , , , , 0",
        "only the position speaks for it, inside, 5, 0, 3, 0, 4, missing, 35",
        "an uncertain position counts a little, uncertain, 5, 0, 3, 0, 4, missing, 10",
        "a position that was not asked for costs nothing, notAsked, 5, 0, 3, 0, 4, missing, 35",
        "all photos but one is suspicious, outside, 0, 1, 3, 0, 4, missing, 20",
        "all photos and none is suspicious, outside, 0, 0, 3, 0, 4, missing, 35",
        "one photo short, outside, 1, 0, 3, 0, 4, missing, 10",
        "two photos short, outside, 2, 0, 3, 0, 4, missing, 0",
        "all items and nothing else, outside, 5, 0, 0, 0, 4, missing, 20",
        "all items and more, outside, 5, 0, 0, 7, 4, missing, 12",
        "one item not found, outside, 5, 0, 1, 0, 4, missing, 8",
        "two items not found and others instead, outside, 5, 0, 2, 2, 4, missing, 8",
        "three items not found, outside, 5, 0, 3, 3, 4, missing, 0",
        "the checklist is complete, outside, 5, 0, 3, 0, 0, missing, 5",
        "somebody signed, outside, 5, 0, 3, 0, 4, given, 5",
        "a signature that was not asked for costs nothing, outside, 5, 0, 3, 0, 4, notAsked, 5"
    })
    void everyRowAddsWhatItSays(
            String row,
            @Nullable String gpsOutcome,
            @Nullable Integer photosMissing,
            @Nullable Integer suspiciousPhotos,
            @Nullable Integer serialsMissing,
            @Nullable Integer serialsUnexpected,
            @Nullable Integer answersMissing,
            @Nullable String signature,
            int points) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("gpsOutcome", gpsOutcome);
        inputs.put("photosMissing", photosMissing);
        inputs.put("suspiciousPhotos", suspiciousPhotos);
        inputs.put("serialsMissing", serialsMissing);
        inputs.put("serialsUnexpected", serialsUnexpected);
        inputs.put("answersMissing", answersMissing);
        inputs.put("signature", signature);

        assertThat(decisions.evaluate("evidence-score", inputs)).containsEntry("points", points);
    }
}
