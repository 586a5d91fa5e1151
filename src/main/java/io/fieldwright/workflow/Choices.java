package io.fieldwright.workflow;

import java.util.List;
import java.util.Map;
import org.camunda.spin.Spin;
import org.camunda.spin.json.SpinJsonNode;

/** The options of a select field in a task form. */
public final class Choices {

    /** One option as Camunda Forms reads it from the field's {@code valuesKey}. */
    public record Choice(String label, String value) {}

    private Choices() {}

    public static SpinJsonNode of(List<Choice> choices) {
        return Spin.JSON(choices.stream()
                .map(choice -> Map.of("label", choice.label(), "value", choice.value()))
                .toList());
    }
}
