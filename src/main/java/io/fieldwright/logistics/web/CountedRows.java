package io.fieldwright.logistics.web;

import io.fieldwright.workflow.FormAnswers.Rows;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Items and bulk lines as devices send them; they become the rows that the task forms take as well. */
final class CountedRows {

    record SerialLine(
            @NotBlank @Size(max = 80) String serialNumber,
            @Nullable @Size(max = 20) String condition,
            @Nullable @Size(max = 40) String category) {}

    record BulkLine(
            @NotBlank @Size(max = 40) String category,
            @NotBlank @Size(max = 20) String condition,
            @NotNull Integer quantity) {}

    private CountedRows() {}

    static Rows serials(@Nullable List<SerialLine> lines) {
        List<List<String>> rows = new ArrayList<>();
        for (SerialLine line : Objects.requireNonNullElse(lines, List.<SerialLine>of())) {
            rows.add(List.of(line.serialNumber().trim(), orEmpty(line.condition()), orEmpty(line.category())));
        }
        return new Rows(rows);
    }

    static Rows bulk(@Nullable List<BulkLine> lines) {
        List<List<String>> rows = new ArrayList<>();
        for (BulkLine line : Objects.requireNonNullElse(lines, List.<BulkLine>of())) {
            rows.add(List.of(line.category().trim(), line.condition(), String.valueOf(line.quantity())));
        }
        return new Rows(rows);
    }

    private static String orEmpty(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}
