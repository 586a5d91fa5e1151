package io.fieldwright.sites.exchange;

import org.jspecify.annotations.Nullable;

/** What stands in one column of one row: a text, or the reason why it could not be read. */
record Cell(String text, @Nullable String fault) {

    static Cell of(String text) {
        return new Cell(text, null);
    }

    static Cell unreadable(String reason) {
        return new Cell("", reason);
    }
}
