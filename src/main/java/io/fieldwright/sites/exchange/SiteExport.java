package io.fieldwright.sites.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes the sites of one organisation in the form the import reads, by code. It reads a thousand at a time and holds no
 * connection while a slow receiver takes them; sites that change meanwhile appear as they were before or after. Whoever
 * calls has checked that the organisation is in sight.
 */
@Service
public class SiteExport {

    private static final int BATCH = 1_000;

    private static final String NEXT =
            """
            select s.code, s.name, s.kind, s.latitude, s.longitude, p.code as parent, s.address, s.active, s.needs_permit,
              s.access_contact, s.access_key, s.hazards, s.protective_equipment, s.boundary
            from (
              select * from site where tenant_id = :organisation and code > :after order by code limit %d) s
            left join site p on p.id = s.parent_id
            order by s.code
            """
                    .formatted(BATCH);

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final ObjectMapper json;

    SiteExport(JdbcClient jdbc, TransactionOperations transaction, ObjectMapper json) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
    }

    /** Writes UTF-8 with a header. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
    public void writeCsv(String organisation, OutputStream target) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8));
        writer.write(Column.ALL.stream().map(Column::label).collect(Collectors.joining(",")));
        writer.write("\r\n");
        forEachBatch(organisation, batch -> {
            for (Map<Column, @Nullable Object> site : batch) {
                writer.write(
                        Column.ALL.stream().map(column -> csv(site.get(column))).collect(Collectors.joining(",")));
                writer.write("\r\n");
            }
        });
        writer.flush();
    }

    private static String csv(@Nullable Object value) {
        return value == null || value instanceof String ? CsvText.cell((String) value) : value.toString();
    }

    /** Writes a feature collection. */
    public void writeGeoJson(String organisation, OutputStream target) throws IOException {
        JsonGenerator generator = json.getFactory().createGenerator(target);
        generator.writeStartObject();
        generator.writeStringField("type", "FeatureCollection");
        generator.writeArrayFieldStart("features");
        forEachBatch(organisation, batch -> {
            for (Map<Column, @Nullable Object> site : batch) {
                writeFeature(generator, site);
            }
        });
        generator.writeEndArray();
        generator.writeEndObject();
        generator.flush();
    }

    private static void writeFeature(JsonGenerator generator, Map<Column, @Nullable Object> site) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("type", "Feature");
        generator.writeObjectFieldStart("geometry");
        generator.writeStringField("type", "Point");
        generator.writeArrayFieldStart("coordinates");
        generator.writeObject(site.get(Column.LONGITUDE));
        generator.writeObject(site.get(Column.LATITUDE));
        generator.writeEndArray();
        generator.writeEndObject();
        generator.writeObjectFieldStart("properties");
        for (Column column : Column.ALL) {
            Object value = site.get(column);
            if (column.isPosition() || value == null) {
                continue;
            }
            generator.writeFieldName(column.label());
            if (column == Column.BOUNDARY) {
                generator.writeRawValue((String) value);
            } else {
                generator.writeObject(value);
            }
        }
        generator.writeEndObject();
        generator.writeEndObject();
    }

    private interface BatchWriter {
        void write(List<Map<Column, @Nullable Object>> batch) throws IOException;
    }

    private void forEachBatch(String organisation, BatchWriter writer) throws IOException {
        List<Map<Column, @Nullable Object>> batch = next(organisation, "");
        while (!batch.isEmpty()) {
            writer.write(batch);
            Object last = batch.get(batch.size() - 1).get(Column.CODE);
            batch = batch.size() < BATCH ? List.of() : next(organisation, String.valueOf(last));
        }
    }

    /** A transaction for each batch, so that a slow reader keeps no connection. */
    private List<Map<Column, @Nullable Object>> next(String organisation, String after) {
        return transaction.execute(status -> jdbc.sql(NEXT)
                .param("organisation", organisation)
                .param("after", after)
                .query(SiteExport::site)
                .list());
    }

    private static Map<Column, @Nullable Object> site(ResultSet row, int number) throws SQLException {
        Map<Column, @Nullable Object> site = new EnumMap<>(Column.class);
        site.put(Column.CODE, row.getString("code"));
        site.put(Column.NAME, row.getString("name"));
        site.put(Column.KIND, row.getString("kind"));
        site.put(Column.LATITUDE, row.getDouble("latitude"));
        site.put(Column.LONGITUDE, row.getDouble("longitude"));
        site.put(Column.PARENT, row.getString("parent"));
        site.put(Column.ADDRESS, row.getString("address"));
        site.put(Column.ACTIVE, row.getBoolean("active"));
        site.put(Column.NEEDS_PERMIT, row.getBoolean("needs_permit"));
        site.put(Column.CONTACT, row.getString("access_contact"));
        site.put(Column.KEY, row.getString("access_key"));
        site.put(Column.HAZARDS, row.getString("hazards"));
        site.put(Column.PROTECTIVE_EQUIPMENT, row.getString("protective_equipment"));
        site.put(Column.BOUNDARY, row.getString("boundary"));
        return site;
    }
}
