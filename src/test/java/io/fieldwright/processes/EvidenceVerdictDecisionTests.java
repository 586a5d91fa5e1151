package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.workflow.Decisions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@FieldwrightTest
class EvidenceVerdictDecisionTests {

    private static final String ENOUGH = "The evidence has 80 points or more";

    @Autowired
    Decisions decisions;

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "gpsOutcome, outside, REJECTED, The position is outside the site",
        "gpsOutcome, uncertain, NEEDS_REVIEW, The position does not prove that somebody was at the site",
        "photosMissing, 1, REJECTED, Photos are missing",
        "suspiciousPhotos, 1, NEEDS_REVIEW, 'A photo was seen before, or does not fit the place or time of the visit'",
        "evidenceOutOfTime, 1, NEEDS_REVIEW, Evidence was captured before the visit was ordered or after it was received",
        "serialsMissing, 1, NEEDS_REVIEW, Equipment that should be at the site was not found",
        "serialsUnexpected, 1, NEEDS_REVIEW, Equipment was found that should not be at the site",
        "serialsUnread, 1, NEEDS_REVIEW, 'Serial numbers were typed or ticked off, not read from the equipment'",
        "answersMissing, 1, REJECTED, Required questions of the checklist are not answered",
        "signature, missing, REJECTED, The signature is missing"
    })
    void everyRowGivesItsVerdictAndReasonBesideThatOfThePoints(
            String input, String value, String verdict, String reason) {
        Map<String, Object> inputs = complete(100);
        inputs.put(input, inputs.get(input) instanceof Integer ? Integer.valueOf(value) : value);

        assertThat(decisions.evaluateAll("evidence-verdict", inputs))
                .containsExactlyInAnyOrder(row(verdict, reason), row("VERIFIED", ENOUGH));
    }

    @ParameterizedTest(name = "{0} points: {1}")
    @CsvSource({
        "0, REJECTED, The evidence has fewer than 50 points",
        "49, REJECTED, The evidence has fewer than 50 points",
        "50, NEEDS_REVIEW, The evidence has fewer than 80 points",
        "79, NEEDS_REVIEW, The evidence has fewer than 80 points",
        "80, VERIFIED, The evidence has 80 points or more",
        "100, VERIFIED, The evidence has 80 points or more"
    })
    void pointsGiveOneVerdict(int score, String verdict, String reason) {
        assertThat(decisions.evaluateAll("evidence-verdict", complete(score))).containsExactly(row(verdict, reason));
    }

    @Test
    void whatWasNotAskedForSpeaksAgainstNothing() {
        Map<String, Object> inputs = complete(100);
        inputs.put("gpsOutcome", "notAsked");
        inputs.put("signature", "notAsked");

        assertThat(decisions.evaluateAll("evidence-verdict", inputs)).containsExactly(row("VERIFIED", ENOUGH));
    }

    @Test
    void everyNumberOfPointsHasAVerdict() {
        assertThat(IntStream.rangeClosed(0, 100))
                .allSatisfy(score -> assertThat(decisions.evaluateAll("evidence-verdict", complete(score)))
                        .hasSize(1));
    }

    @Test
    void pointsThatNobodyCountedAreAGapAndNoVerdict() {
        Map<String, Object> inputs = complete(100);
        inputs.put("score", null);

        assertThatIllegalStateException()
                .isThrownBy(() -> decisions.evaluateAll("evidence-verdict", inputs))
                .withMessageContaining("evidence-verdict");
    }

    private static Map<String, Object> complete(int score) {
        return new HashMap<>(Map.of(
                "gpsOutcome", "inside",
                "photosMissing", 0,
                "suspiciousPhotos", 0,
                "evidenceOutOfTime", 0,
                "serialsMissing", 0,
                "serialsUnexpected", 0,
                "serialsUnread", 0,
                "answersMissing", 0,
                "signature", "given",
                "score", score));
    }

    private static Map<String, Object> row(String verdict, String reason) {
        return Map.of("verdict", verdict, "reason", reason);
    }
}
