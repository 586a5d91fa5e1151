package io.fieldwright.fieldwork;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.sites.Boundary;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;

/** Boundaries to judge fixes against. Rings are longitudes and latitudes in turns, without the closing repetition. */
final class Boundaries {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Boundaries() {}

    static Boundary circle(double latitude, double longitude, double radiusMetres) {
        return parse(
                """
                {"type": "Feature", "geometry": {"type": "Point", "coordinates": [%s, %s]},
                 "properties": {"radiusMetres": %s}}"""
                        .formatted(longitude, latitude, radiusMetres));
    }

    static Boundary polygon(double[]... rings) {
        return parse("{\"type\": \"Polygon\", \"coordinates\": %s}".formatted(rings(rings)));
    }

    static Boundary polygons(double[][]... polygons) {
        String coordinates = Arrays.stream(polygons).map(Boundaries::rings).collect(Collectors.joining(", ", "[", "]"));
        return parse("{\"type\": \"MultiPolygon\", \"coordinates\": %s}".formatted(coordinates));
    }

    /** A ring of {@code corners} corners around a position, every second of them nearer by {@code dent} of the radius. */
    static double[] star(double latitude, double longitude, double radiusMetres, int corners, double dent) {
        double[] ring = new double[2 * corners];
        for (int corner = 0; corner < corners; corner++) {
            double radius = radiusMetres * (corner % 2 == 0 ? 1 : 1 - dent);
            GeodesicData there = Geodesic.WGS84.Direct(latitude, longitude, 360.0 * corner / corners, radius);
            ring[2 * corner] = there.lon2;
            ring[2 * corner + 1] = there.lat2;
        }
        return ring;
    }

    private static String rings(double[]... rings) {
        return Arrays.stream(rings).map(Boundaries::ring).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String ring(double... coordinates) {
        StringBuilder ring = new StringBuilder("[");
        for (int at = 0; at <= coordinates.length; at += 2) {
            int corner = at % coordinates.length;
            ring.append(at == 0 ? "" : ", ")
                    .append(String.format(Locale.ROOT, "[%s, %s]", coordinates[corner], coordinates[corner + 1]));
        }
        return ring.append("]").toString();
    }

    private static Boundary parse(String geoJson) {
        try {
            return Boundary.parse(JSON.readTree(geoJson));
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(geoJson, wrong);
        }
    }
}
