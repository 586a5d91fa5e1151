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
class WriteOffApprovalDecisionTests {

    @Autowired
    Decisions decisions;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing is lost, 0, false",
        "the limit itself, 10000, false",
        "one paisa above the limit, 10000.01, true",
        "an unknown amount, , true"
    })
    void financeIsAskedAboveTheLimit(String row, @Nullable Double amount, boolean needed) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("writeOffAmount", amount);

        assertThat(decisions.evaluate("write-off-approval", inputs)).containsEntry("approvalNeeded", needed);
    }
}
