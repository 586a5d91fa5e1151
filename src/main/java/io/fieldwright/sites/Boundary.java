package io.fieldwright.sites;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwright.api.Problem;
import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/**
 * The outline of a site as a GeoJSON feature (RFC 7946): a polygon or multipolygon, or a circle, which GeoJSON lacks and
 * which is a point with the property {@code radiusMetres}. What is invalid is refused with the reason, never repaired.
 * Either winding is read, as the RFC asks of readers; the right-hand rule is written. Heights and foreign members are
 * not kept.
 */
public record Boundary(Kind kind, ObjectNode feature) {

    /** A polygon includes several polygons together. */
    public enum Kind {
        CIRCLE,
        POLYGON
    }

    private static final String RADIUS = "radiusMetres";
    private static final double LARGEST_RADIUS = 100_000;
    private static final int MOST_POSITIONS = 10_000;
    private static final GeometryFactory GEOMETRIES = new GeometryFactory();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * Reads a feature, or a bare polygon or multipolygon.
     *
     * @throws Problem 400 that names the member, such as {@code geometry.coordinates[0][3]}, and what is wrong with it
     */
    public static Boundary parse(JsonNode json) {
        if (!"Feature".equals(json.path("type").asText())) {
            return polygons(json, "");
        }
        JsonNode geometry = json.path("geometry");
        return "Point".equals(geometry.path("type").asText())
                ? circle(geometry.path("coordinates"), json.path("properties").path(RADIUS))
                : polygons(geometry, "geometry.");
    }

    private static Boundary circle(JsonNode centre, JsonNode radius) {
        if (!radius.isNumber() || !(radius.doubleValue() > 0 && radius.doubleValue() <= LARGEST_RADIUS)) {
            throw Problem.invalid(
                    "properties." + RADIUS,
                    "a circle needs a radius above 0 and up to " + (int) LARGEST_RADIUS + " metres");
        }
        ObjectNode geometry = JSON.objectNode()
                .put("type", "Point")
                .set("coordinates", write(position(centre, "geometry.coordinates")));
        return new Boundary(Kind.CIRCLE, feature(geometry, JSON.objectNode().put(RADIUS, radius.doubleValue())));
    }

    private static Boundary polygons(JsonNode geometry, String path) {
        String type = geometry.path("type").asText();
        JsonNode coordinates = geometry.path("coordinates");
        String member = path + "coordinates";
        return switch (type) {
            case "Polygon" -> {
                Polygon polygon = polygon(coordinates, member);
                requireValid(polygon, member);
                yield polygons(type, write(polygon));
            }
            case "MultiPolygon" -> {
                List<Polygon> parts = new ArrayList<>();
                for (JsonNode part : elements(coordinates, member)) {
                    parts.add(polygon(part, member + "[" + parts.size() + "]"));
                }
                requireValid(GEOMETRIES.createMultiPolygon(parts.toArray(Polygon[]::new)), member);
                ArrayNode written = JSON.arrayNode();
                parts.forEach(part -> written.add(write(part)));
                yield polygons(type, written);
            }
            default ->
                throw Problem.invalid(
                        path + "type",
                        "a boundary is a Polygon, a MultiPolygon, or a Feature with a Point and the property "
                                + RADIUS);
        };
    }

    private static Boundary polygons(String type, ArrayNode coordinates) {
        ObjectNode geometry = JSON.objectNode().put("type", type).set("coordinates", coordinates);
        return new Boundary(Kind.POLYGON, feature(geometry, JSON.objectNode()));
    }

    private static ObjectNode feature(ObjectNode geometry, ObjectNode properties) {
        ObjectNode feature = JSON.objectNode().put("type", "Feature");
        feature.set("geometry", geometry);
        feature.set("properties", properties);
        return feature;
    }

    private static Polygon polygon(JsonNode rings, String member) {
        List<LinearRing> read = new ArrayList<>();
        for (JsonNode ring : elements(rings, member)) {
            read.add(ring(ring, member + "[" + read.size() + "]"));
        }
        return GEOMETRIES.createPolygon(
                read.get(0), read.subList(1, read.size()).toArray(LinearRing[]::new));
    }

    private static LinearRing ring(JsonNode positions, String member) {
        List<Coordinate> ring = new ArrayList<>();
        for (JsonNode position : elements(positions, member)) {
            String where = member + "[" + ring.size() + "]";
            Coordinate next = position(position, where);
            if (!ring.isEmpty() && Math.abs(next.x - ring.get(ring.size() - 1).x) > 180) {
                throw Problem.invalid(
                        where, "the ring crosses the antimeridian: cut it there into a MultiPolygon (RFC 7946, 3.1.9)");
            }
            ring.add(next);
        }
        if (ring.size() < 4) {
            throw Problem.invalid(member, "the ring has " + ring.size() + " positions, it needs at least 4");
        }
        if (!ring.get(0).equals2D(ring.get(ring.size() - 1))) {
            throw Problem.invalid(member, "the ring is not closed: its first and last position differ");
        }
        return GEOMETRIES.createLinearRing(ring.toArray(Coordinate[]::new));
    }

    private static Coordinate position(JsonNode position, String member) {
        if (!position.isArray()
                || position.size() < 2
                || position.size() > 3
                || !position.get(0).isNumber()
                || !position.get(1).isNumber()) {
            throw Problem.invalid(member, "a position is [longitude, latitude]");
        }
        double longitude = position.get(0).doubleValue();
        double latitude = position.get(1).doubleValue();
        if (Math.abs(latitude) > 90 && Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90) {
            throw Problem.invalid(member, "longitude and latitude look swapped: longitude comes first");
        }
        if (!(Math.abs(longitude) <= 180)) {
            throw Problem.invalid(member, "longitude must be between -180 and 180");
        }
        if (!(Math.abs(latitude) <= 90)) {
            throw Problem.invalid(member, "latitude must be between -90 and 90");
        }
        return new Coordinate(longitude, latitude);
    }

    private static JsonNode elements(JsonNode array, String member) {
        if (!array.isArray() || array.isEmpty()) {
            throw Problem.invalid(member, "must be an array that is not empty");
        }
        return array;
    }

    private static void requireValid(Geometry geometry, String member) {
        if (geometry.getNumPoints() > MOST_POSITIONS) {
            throw Problem.invalid(member, "has more than " + MOST_POSITIONS + " positions");
        }
        TopologyValidationError error = new IsValidOp(geometry).getValidationError();
        if (error != null) {
            Coordinate at = error.getCoordinate();
            throw Problem.invalid(member, reason(error.getErrorType()) + " at [" + at.x + ", " + at.y + "]");
        }
    }

    private static String reason(int error) {
        return switch (error) {
            case TopologyValidationError.HOLE_OUTSIDE_SHELL -> "a hole lies outside the shell";
            case TopologyValidationError.NESTED_HOLES -> "a hole lies inside another hole";
            case TopologyValidationError.DISCONNECTED_INTERIOR -> "the holes cut the interior apart";
            case TopologyValidationError.SELF_INTERSECTION -> "the boundary crosses or touches itself along a line";
            case TopologyValidationError.RING_SELF_INTERSECTION -> "a ring touches itself";
            case TopologyValidationError.NESTED_SHELLS -> "a polygon lies inside another polygon";
            case TopologyValidationError.DUPLICATE_RINGS -> "the same ring appears twice";
            case TopologyValidationError.TOO_FEW_POINTS -> "a ring has fewer than 3 different positions";
            default -> "the boundary is not valid";
        };
    }

    private static ArrayNode write(Polygon polygon) {
        ArrayNode rings = JSON.arrayNode().add(write(polygon.getExteriorRing(), true));
        for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
            rings.add(write(polygon.getInteriorRingN(hole), false));
        }
        return rings;
    }

    private static ArrayNode write(LinearRing ring, boolean counterClockwise) {
        boolean asGiven = Orientation.isCCW(ring.getCoordinateSequence()) == counterClockwise;
        ArrayNode positions = JSON.arrayNode();
        for (Coordinate position : (asGiven ? ring : ring.reverse()).getCoordinates()) {
            positions.add(write(position));
        }
        return positions;
    }

    private static ArrayNode write(Coordinate position) {
        return JSON.arrayNode().add(position.x).add(position.y);
    }
}
