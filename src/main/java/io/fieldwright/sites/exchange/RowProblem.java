package io.fieldwright.sites.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Why a row was refused. Rows are counted as a spreadsheet does, the header is row 1; of GeoJSON the first feature is
 * row 1. Without a column the row as a whole is meant.
 */
public record RowProblem(int row, @Nullable String column, String reason) {

    private static final int LONGEST_EXCERPT = 60;

    /** So much of a text that was sent as can be stored and shown beside a reason. */
    static String excerpt(String text) {
        StringBuilder excerpt = new StringBuilder();
        text.codePoints().limit(LONGEST_EXCERPT).forEach(character -> {
            int type = Character.getType(character);
            excerpt.appendCodePoint(type == Character.CONTROL || type == Character.SURROGATE ? '\uFFFD' : character);
        });
        return text.codePointCount(0, text.length()) > LONGEST_EXCERPT ? excerpt + "…" : excerpt.toString();
    }
}
