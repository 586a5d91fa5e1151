package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.workflow.Decisions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** One example for each row of the decision, in its order, on the border of the row where it has one. */
@FieldwrightTest
class EquipmentValueDecisionTests {

    @Autowired
    Decisions decisions;

    @ParameterizedTest(name = "{0}, {1}, {2} years, {3} pieces: {4} %")
    @CsvSource({
        "cable, new, 0, 1001, 85",
        "power, new, 3, 1000, 90",
        "electronics, working, 2, 1, 60",
        "electronics, working, 5, 1, 35",
        "electronics, working, 6, 1, 15",
        "power, working, 2, 1, 50",
        "power, working, 5, 1, 20",
        "power, working, 6, 1, 10",
        "structure, working, 10, 1001, 50",
        "structure, working, 10, 1000, 55",
        "structure, working, 11, 1001, 36",
        "structure, working, 11, 1000, 40",
        "cable, working, 0, 1001, 42",
        "cable, working, 0, 1000, 45",
        "other, working, 5, 1001, 27",
        "other, working, 5, 1000, 30",
        "other, working, 6, 1001, 15",
        "electronics, repairable, 2, 1, 24",
        "electronics, repairable, 5, 1, 14",
        "electronics, repairable, 6, 1, 6",
        "power, repairable, 2, 1, 20",
        "power, repairable, 5, 1, 8",
        "power, repairable, 6, 1, 4",
        "structure, repairable, 10, 1, 22",
        "structure, repairable, 11, 1, 16",
        "cable, repairable, 0, 1, 18",
        "other, repairable, 5, 1, 12",
        "other, repairable, 6, 1, 6",
        "structure, scrap, 1, 1, 12",
        "cable, scrap, 1, 1, 18",
        "electronics, scrap, 1, 1, 4",
        "radioactive, unheard-of, 1, 1, 4"
    })
    void equipmentIsWorthItsPercentageOfTheNewPrice(
            String kind, String condition, int ageYears, int quantity, int percent) {
        assertThat(percent(kind, condition, ageYears, quantity)).isEqualTo(percent);
    }

    @ParameterizedTest(name = "{0}, {1}: {2} %")
    @CsvSource({
        "electronics, working, 15",
        "power, working, 10",
        "structure, working, 40",
        "cable, working, 45",
        "other, working, 15"
    })
    void equipmentOfUnknownAgeCountsAsOld(String kind, String condition, int percent) {
        assertThat(percent(kind, condition, null, 1)).isEqualTo(percent);
    }

    private int percent(String kind, String condition, Integer ageYears, int quantity) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("kind", kind);
        inputs.put("condition", condition);
        inputs.put("ageYears", ageYears);
        inputs.put("quantity", quantity);
        return ((Number) decisions.evaluate("equipment-value", inputs).get("percentOfNewPrice")).intValue();
    }
}
