package io.fieldwright.sites.exchange;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GeoJSON feature collection (RFC 7946): each feature a point at the site's position, with the other columns as
 * properties. What is not JSON ends the reading, because where the next feature starts cannot be known.
 */
class GeoJsonRows implements RowSource {

    static final int LONGEST_FEATURE = 1_048_576;

    private final AllowanceInputStream input;
    private final JsonParser parser;
    private int number;
    private boolean ended;

    /** @throws UnreadableUploadException when it is empty or no feature collection */
    GeoJsonRows(InputStream upload, ObjectMapper json) throws IOException {
        input = new AllowanceInputStream(upload);
        parser = json.getFactory().createParser(input);
        try {
            goToFeatures();
        } catch (JsonProcessingException malformed) {
            throw new UnreadableUploadException(explained(malformed));
        } catch (AllowanceExceededException tooLong) {
            throw new UnreadableUploadException("no features within the first " + LONGEST_FEATURE + " bytes");
        }
    }

    private void goToFeatures() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new UnreadableUploadException("the file is empty");
        }
        if (first == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean features = "features".equals(parser.currentName());
                JsonToken value = parser.nextToken();
                if (features && value == JsonToken.START_ARRAY) {
                    return;
                }
                parser.skipChildren();
            }
        }
        throw new UnreadableUploadException("the file is not a GeoJSON FeatureCollection");
    }

    @Override
    public @Nullable SourceRow next() throws IOException {
        if (ended) {
            return null;
        }
        number++;
        input.renew();
        try {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                ended = true;
                return null;
            }
            JsonNode feature = parser.readValueAsTree();
            return row(feature);
        } catch (JsonProcessingException malformed) {
            ended = true;
            return SourceRow.unreadable(number, explained(malformed) + "; nothing after it was read");
        } catch (AllowanceExceededException tooLong) {
            ended = true;
            return SourceRow.unreadable(
                    number, "is longer than " + LONGEST_FEATURE + " bytes; nothing after it was read");
        }
    }

    private SourceRow row(JsonNode feature) {
        JsonNode geometry = feature.path("geometry");
        JsonNode coordinates = geometry.path("coordinates");
        if (!"Feature".equals(feature.path("type").asText())) {
            return SourceRow.unreadable(number, "is not a Feature");
        }
        if (!"Point".equals(geometry.path("type").asText()) || coordinates.size() < 2) {
            return SourceRow.unreadable(
                    number, "has no Point as its geometry; an outline belongs in the property boundary");
        }
        Map<Column, Cell> cells = new EnumMap<>(Column.class);
        cells.put(Column.LONGITUDE, Cell.of(coordinates.get(0).asText()));
        cells.put(Column.LATITUDE, Cell.of(coordinates.get(1).asText()));
        for (Column column : Column.ALL) {
            JsonNode property = feature.path("properties").path(column.label());
            if (column.isPosition() || property.isMissingNode() || property.isNull()) {
                continue;
            }
            boolean readable = property.isObject() == (column == Column.BOUNDARY) && !property.isArray();
            cells.put(
                    column,
                    readable
                            ? Cell.of(property.isObject() ? property.toString() : property.asText())
                            : Cell.unreadable("has a value of the wrong type"));
        }
        return new SourceRow(number, cells, null);
    }

    private static String explained(JsonProcessingException malformed) {
        long at = malformed.getLocation() == null ? 0 : malformed.getLocation().getByteOffset();
        return "is not well-formed JSON in UTF-8 near byte " + Math.max(at, 0) + " of the file";
    }

    /** Hands out no more than one feature may have, plus what the parser reads ahead. */
    private static class AllowanceInputStream extends FilterInputStream {

        private int left = LONGEST_FEATURE;

        AllowanceInputStream(InputStream input) {
            super(input);
        }

        void renew() {
            left = LONGEST_FEATURE;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                throw new AllowanceExceededException();
            }
            int read = super.read(target, offset, Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }

    private static class AllowanceExceededException extends IOException {}
}
