package io.fieldwright.sites.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A CSV file with a header: comma-separated, UTF-8, columns in any order. Blank lines count as rows but are no sites. */
class CsvRows implements RowSource {

    /** What {@link CsvText} puts an apostrophe in front of. */
    private static final Pattern GUARDED = Pattern.compile("'+[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private final CsvLexer lexer;
    private final List<Column> header;
    private int number = 1;

    /** @throws UnreadableUploadException when the file is empty or the header is not one */
    CsvRows(InputStream input) throws IOException {
        lexer = new CsvLexer(input);
        List<Cell> cells = lexer.row();
        if (cells == null) {
            throw new UnreadableUploadException("the file is empty");
        }
        header = header(cells);
    }

    private static List<Column> header(List<Cell> cells) {
        List<RowProblem> problems = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (Cell cell : cells) {
            String label = cell.text().strip();
            if (cell.fault() != null) {
                problems.add(new RowProblem(1, null, "the header " + cell.fault()));
                continue;
            }
            Column.of(label)
                    .ifPresentOrElse(
                            columns::add,
                            () -> problems.add(new RowProblem(
                                    1,
                                    RowProblem.excerpt(label),
                                    "is not a column of sites; these are: " + labels(Column.ALL))));
        }
        Set<Column> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(column)) {
                problems.add(new RowProblem(1, column.label(), "is in the header twice"));
            }
        }
        for (Column column : Column.ALL) {
            if (column.required() && !seen.contains(column)) {
                problems.add(new RowProblem(1, column.label(), "is missing in the header"));
            }
        }
        if (!problems.isEmpty()) {
            throw new UnreadableUploadException(problems);
        }
        return columns;
    }

    @Override
    public @Nullable SourceRow next() throws IOException {
        List<Cell> cells = lexer.row();
        number++;
        while (cells != null && isBlank(cells)) {
            cells = lexer.row();
            number++;
        }
        return cells == null ? null : row(cells);
    }

    private SourceRow row(List<Cell> cells) {
        Map<Column, Cell> byColumn = new EnumMap<>(Column.class);
        for (int index = 0; index < Math.min(cells.size(), header.size()); index++) {
            Cell cell = cells.get(index);
            byColumn.put(header.get(index), cell.fault() == null ? Cell.of(unguarded(cell.text())) : cell);
        }
        boolean allReadable = cells.stream().allMatch(cell -> cell.fault() == null);
        return new SourceRow(
                number,
                byColumn,
                allReadable && cells.size() != header.size()
                        ? "has %s%d cells where the header has %d"
                                .formatted(
                                        cells.size() > CsvLexer.MOST_CELLS ? "more than " : "",
                                        Math.min(cells.size(), CsvLexer.MOST_CELLS),
                                        header.size())
                        : null);
    }

    private static String unguarded(String text) {
        return GUARDED.matcher(text).matches() ? text.substring(1) : text;
    }

    private static boolean isBlank(List<Cell> cells) {
        return cells.size() == 1
                && cells.get(0).fault() == null
                && cells.get(0).text().isBlank();
    }

    private static String labels(List<Column> columns) {
        return columns.stream().map(Column::label).collect(Collectors.joining(", "));
    }
}
