package io.fieldwright.sites.exchange;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of an upload; {@code fault} says why the row as a whole could not be read. */
record SourceRow(int number, Map<Column, Cell> cells, @Nullable String fault) {

    static SourceRow unreadable(int number, String reason) {
        return new SourceRow(number, Map.of(), reason);
    }
}
