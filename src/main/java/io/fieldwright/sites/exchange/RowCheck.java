package io.fieldwright.sites.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import io.fieldwright.sites.AccessDetails;
import io.fieldwright.sites.Boundary;
import io.fieldwright.sites.SiteDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks one row and finds all that is wrong with it, each fault under its column. */
class RowCheck {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,17}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");

    private final SourceRow row;
    private final ObjectMapper json;
    private final List<RowProblem> problems = new ArrayList<>();

    RowCheck(SourceRow row, ObjectMapper json) {
        this.row = row;
        this.json = json;
    }

    List<RowProblem> problems() {
        return problems;
    }

    /** The row, or null when it has problems. */
    @Nullable
    StagedRow check() {
        if (row.fault() != null) {
            problems.add(new RowProblem(row.number(), null, row.fault()));
            return null;
        }
        row.cells().forEach((column, cell) -> {
            if (cell.fault() != null) {
                refuse(column, cell.fault());
            }
        });
        String code = required(Column.CODE);
        String name = required(Column.NAME);
        String kind = required(Column.KIND);
        Double latitude = number(Column.LATITUDE);
        Double longitude = number(Column.LONGITUDE);
        Boolean active = flag(Column.ACTIVE);
        Boolean needsPermit = flag(Column.NEEDS_PERMIT);
        String parent = text(Column.PARENT);
        Boundary boundary = boundary();
        if (parent != null && !SiteDescription.isCode(parent)) {
            refuse(Column.PARENT, "is not the code of a site: " + RowProblem.excerpt(parent));
        }
        SiteDescription site = new SiteDescription(
                code,
                name,
                kind,
                null,
                text(Column.ADDRESS),
                latitude == null ? 0 : latitude,
                longitude == null ? 0 : longitude,
                active == null || active,
                needsPermit != null && needsPermit,
                new AccessDetails(
                        text(Column.CONTACT),
                        text(Column.KEY),
                        text(Column.HAZARDS),
                        text(Column.PROTECTIVE_EQUIPMENT)));
        for (Problem.FieldError fault : site.faults()) {
            String field = fault.field();
            Column column =
                    Column.of(field.substring(field.lastIndexOf('.') + 1)).orElseThrow();
            if (problems.stream().noneMatch(problem -> column.label().equals(problem.column()))) {
                refuse(column, fault.reason());
            }
        }
        return problems.isEmpty()
                ? new StagedRow(row.number(), Identifiers.next(), site, parent, active, needsPermit, boundary)
                : null;
    }

    private void refuse(Column column, String reason) {
        problems.add(new RowProblem(row.number(), column.label(), reason));
    }

    private @Nullable String text(Column column) {
        Cell cell = row.cells().get(column);
        if (cell == null || cell.fault() != null || cell.text().isBlank()) {
            return null;
        }
        return cell.text().strip();
    }

    private String required(Column column) {
        String text = text(column);
        if (text == null) {
            Cell cell = row.cells().get(column);
            if (cell == null || cell.fault() == null) {
                refuse(column, "is missing");
            }
            return "";
        }
        return text;
    }

    private @Nullable Double number(Column column) {
        String text = required(column);
        if (text.isEmpty()) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            refuse(column, "is not a number of degrees such as 18.5204: " + RowProblem.excerpt(text));
            return null;
        }
        return Double.valueOf(text);
    }

    private @Nullable Boolean flag(Column column) {
        String text = text(column);
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> Boolean.TRUE;
            case "false", "no" -> Boolean.FALSE;
            default -> {
                refuse(column, "is neither true nor false: " + RowProblem.excerpt(text));
                yield null;
            }
        };
    }

    private @Nullable Boundary boundary() {
        String text = text(Column.BOUNDARY);
        if (text == null) {
            return null;
        }
        try {
            return Boundary.parse(json.readTree(text));
        } catch (JsonProcessingException malformed) {
            refuse(Column.BOUNDARY, "is not GeoJSON");
        } catch (Problem invalid) {
            refuse(Column.BOUNDARY, invalid.getMessage());
        }
        return null;
    }
}
