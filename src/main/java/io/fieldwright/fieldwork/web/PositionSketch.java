package io.fieldwright.fieldwork.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.fieldwork.GpsFix;
import io.fieldwright.sites.Boundary;
import io.fieldwright.sites.Geodesy;
import io.fieldwright.sites.Geodesy.Offset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import org.jspecify.annotations.Nullable;

/**
 * A map without a map: boundary, fixes with their accuracy and where photos claim to be taken, north up, true to scale around the
 * fix that counts. Holds numbers only, so nothing that people wrote can get into the drawing.
 */
final class PositionSketch {

    private static final double SIDE = 480;
    private static final double MARGIN = 40;
    private static final double SMALLEST_EXTENT = 20;
    private static final int CIRCLE_CORNERS = 72;

    private final GpsFix centre;
    private final List<List<Offset>> rings = new ArrayList<>();
    private final List<Offset> otherFixes = new ArrayList<>();
    private final List<Offset> photos = new ArrayList<>();

    private PositionSketch(GpsFix centre) {
        this.centre = centre;
    }

    /**
     * @param fixes the one that counts first
     * @param photos positions as latitude and longitude
     */
    static String of(@Nullable Boundary boundary, List<GpsFix> fixes, List<double[]> photos) {
        List<GpsFix> positions = fixes.stream().filter(GpsFix::liesOnEarth).toList();
        if (positions.isEmpty()) {
            return empty();
        }
        PositionSketch sketch = new PositionSketch(positions.get(0));
        if (boundary != null) {
            sketch.add(boundary);
        }
        positions
                .subList(1, positions.size())
                .forEach(fix -> sketch.otherFixes.add(sketch.fromFix(fix.latitude(), fix.longitude())));
        photos.forEach(photo -> sketch.photos.add(sketch.fromFix(photo[0], photo[1])));
        return sketch.draw();
    }

    private void add(Boundary boundary) {
        JsonNode geometry = boundary.feature().path("geometry");
        JsonNode coordinates = geometry.path("coordinates");
        switch (geometry.path("type").asText()) {
            case "Point" ->
                addCircle(
                        coordinates,
                        boundary.feature().at("/properties/radiusMetres").asDouble());
            case "Polygon" -> addPolygon(coordinates);
            default -> coordinates.forEach(this::addPolygon);
        }
    }

    private void addCircle(JsonNode middle, double radius) {
        List<Offset> ring = new ArrayList<>();
        for (int corner = 0; corner < CIRCLE_CORNERS; corner++) {
            GeodesicData edge = Geodesic.WGS84.Direct(
                    middle.get(1).asDouble(), middle.get(0).asDouble(), 360.0 * corner / CIRCLE_CORNERS, radius);
            ring.add(fromFix(edge.lat2, edge.lon2));
        }
        rings.add(ring);
    }

    private void addPolygon(JsonNode polygon) {
        for (JsonNode positions : polygon) {
            List<Offset> ring = new ArrayList<>();
            positions.forEach(position ->
                    ring.add(fromFix(position.get(1).asDouble(), position.get(0).asDouble())));
            rings.add(ring);
        }
    }

    private Offset fromFix(double latitude, double longitude) {
        return Geodesy.offset(centre.latitude(), centre.longitude(), latitude, longitude);
    }

    private double accuracy() {
        Double metres = centre.accuracyMetres();
        return metres == null || !(metres > 0) || metres.isInfinite() ? 0 : metres;
    }

    private String draw() {
        double west = -accuracy();
        double east = accuracy();
        double south = -accuracy();
        double north = accuracy();
        for (List<Offset> points : List.of(rings.stream().flatMap(List::stream).toList(), otherFixes)) {
            for (Offset point : points) {
                west = Math.min(west, point.east());
                east = Math.max(east, point.east());
                south = Math.min(south, point.north());
                north = Math.max(north, point.north());
            }
        }
        double extent = Math.max(SMALLEST_EXTENT, Math.max(east - west, north - south));
        double scale = (SIDE - 2 * MARGIN) / extent;
        double left = (west + east) / 2 * scale - SIDE / 2;
        double top = -(south + north) / 2 * scale - SIDE / 2;
        StringBuilder svg = new StringBuilder(number(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="%.2f %.2f %.0f %.0f" role="img" \
                aria-label="Sketch of the boundary, the fix and its accuracy">
                <rect x="%.2f" y="%.2f" width="100%%" height="100%%" fill="#f7f7f5"/>
                """,
                SIDE, SIDE, left, top, SIDE, SIDE, left, top));
        if (!rings.isEmpty()) {
            svg.append("<path fill=\"#cfe3cf\" fill-rule=\"evenodd\" stroke=\"#2e6b2e\" stroke-width=\"2\" d=\"");
            rings.forEach(ring -> append(svg, ring, scale));
            svg.append("\"/>\n");
        }
        svg.append(number(
                "<circle r=\"%.2f\" fill=\"#1f5fae\" fill-opacity=\"0.15\" stroke=\"#1f5fae\" stroke-dasharray=\"5 4\"/>\n",
                accuracy() * scale));
        for (Offset fix : otherFixes) {
            svg.append(number(
                    "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"3.5\" fill=\"#8aa9cf\"/>\n",
                    fix.east() * scale, -fix.north() * scale));
        }
        for (Offset photo : photos) {
            svg.append(number(
                    "<rect x=\"%.2f\" y=\"%.2f\" width=\"8\" height=\"8\" fill=\"none\" stroke=\"#a8501c\" stroke-width=\"2\"/>\n",
                    photo.east() * scale - 4, -photo.north() * scale - 4));
        }
        svg.append("<circle r=\"5\" fill=\"#1f5fae\" stroke=\"#fff\" stroke-width=\"1.5\"/>\n");
        scaleBar(svg, left, top, extent, scale);
        return svg.append("</svg>\n").toString();
    }

    private static void append(StringBuilder path, List<Offset> ring, double scale) {
        String command = "M";
        for (Offset point : ring) {
            path.append(number("%s%.2f %.2f", command, point.east() * scale, -point.north() * scale));
            command = "L";
        }
        path.append("Z");
    }

    /** A bar of 1, 2 or 5 times a power of ten metres, at most a third of the width; and which way north is. */
    private static void scaleBar(StringBuilder svg, double left, double top, double extent, double scale) {
        double length = Math.pow(10, Math.floor(Math.log10(extent / 3)));
        double metres = extent / 3 >= 5 * length ? 5 * length : extent / 3 >= 2 * length ? 2 * length : length;
        double x = left + 12;
        double y = top + SIDE - 14;
        svg.append(number(
                """
                <path d="M%.2f %.2fv6h%.2fv-6" fill="none" stroke="#222" stroke-width="2"/>
                <text x="%.2f" y="%.2f" font-family="sans-serif" font-size="13" fill="#222">%s</text>
                <path d="M%.2f %.2fl-6 16l6 -4l6 4z" fill="#222"/>
                <text x="%.2f" y="%.2f" font-family="sans-serif" font-size="13" fill="#222" text-anchor="middle">N</text>
                """,
                x,
                y - 6,
                metres * scale,
                x,
                y - 10,
                metres >= 1000 ? "%.0f km".formatted(metres / 1000) : "%.0f m".formatted(metres),
                left + SIDE - 20,
                top + 12,
                left + SIDE - 20,
                top + 44));
    }

    private static String empty() {
        return number(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="60" role="img">
                <text x="12" y="36" font-family="sans-serif" font-size="15" fill="#222">There is no position to draw.</text>
                </svg>
                """,
                SIDE);
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
