package io.fieldwright.logistics;

import io.fieldwright.api.Problem;
import io.fieldwright.equipment.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody found, loaded or counted: items by serial number, and like pieces by category, condition and number.
 * Reads the rows of a task form and of the REST interface alike.
 */
public record Counted(List<Serial> serials, List<Bulk> bulk) {

    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._/:#-]{0,79}");
    private static final int MOST_PIECES = 1_000_000;

    /** One item; the category is given only for a serial number that is not registered. */
    public record Serial(String number, @Nullable Condition condition, @Nullable String category) {}

    /** Like pieces. */
    public record Bulk(String category, Condition condition, int quantity) {}

    /**
     * Reads rows of text.
     *
     * @param serialField names the rows in problems: serial number, then optionally condition and category
     * @param bulkField names the rows in problems: category, condition, quantity
     * @throws Problem 400 naming field and line of every wrong row, serial numbers given twice among them
     */
    public static Counted read(
            String serialField, List<List<String>> serialRows, String bulkField, List<List<String>> bulkRows) {
        List<Problem.FieldError> errors = new ArrayList<>();
        List<Serial> serials = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < serialRows.size(); i++) {
            String field = serialField + " line " + (i + 1);
            List<String> row = serialRows.get(i);
            collect(errors, serials, () -> serial(field, row));
            if (!seen.add(row.get(0).toLowerCase(Locale.ROOT))) {
                errors.add(new Problem.FieldError(field, row.get(0) + " is given twice"));
            }
        }
        List<Bulk> bulk = new ArrayList<>();
        for (int i = 0; i < bulkRows.size(); i++) {
            String field = bulkField + " line " + (i + 1);
            List<String> row = bulkRows.get(i);
            collect(errors, bulk, () -> bulk(field, row));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return new Counted(serials, bulk);
    }

    private static <T> void collect(List<Problem.FieldError> errors, List<T> into, Supplier<T> reading) {
        try {
            into.add(reading.get());
        } catch (Problem problem) {
            errors.addAll(problem.errors());
        }
    }

    private static Serial serial(String field, List<String> row) {
        String number = row.get(0);
        if (!SERIAL.matcher(number).matches()) {
            throw Problem.invalid(field, "is no serial number of at most 80 letters, digits and ._/:#-");
        }
        if (row.size() > 3) {
            throw Problem.invalid(field, "has more than serial number, condition and category");
        }
        String condition = cell(row, 1);
        return new Serial(number, condition == null ? null : Condition.parse(field, condition), cell(row, 2));
    }

    private static Bulk bulk(String field, List<String> row) {
        if (row.size() != 3) {
            throw Problem.invalid(field, "must be category, condition and quantity");
        }
        int quantity;
        try {
            quantity = Integer.parseInt(row.get(2));
        } catch (NumberFormatException notANumber) {
            throw Problem.invalid(field, "quantity must be a whole number");
        }
        if (quantity < 1 || quantity > MOST_PIECES) {
            throw Problem.invalid(field, "quantity must be between 1 and " + MOST_PIECES);
        }
        return new Bulk(row.get(0), Condition.parse(field, row.get(1)), quantity);
    }

    private static @Nullable String cell(List<String> row, int index) {
        return row.size() > index && !row.get(index).isBlank() ? row.get(index) : null;
    }

    boolean isEmpty() {
        return serials.isEmpty() && bulk.isEmpty();
    }
}
