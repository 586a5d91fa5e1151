package io.fieldwright.fieldwork;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.sites.Boundary;
import io.fieldwright.sites.Geodesy;
import io.fieldwright.sites.Geodesy.Offset;

/**
 * How likely a position that is known with a standard deviation lies in a boundary, and how far from its edge.
 *
 * <p>The boundary is seen on the azimuthal equidistant plane around the position. A line of GeoJSON is straight in longitude
 * and latitude (RFC 7946, 3.1.1) and therefore bent on that plane, most of all near the poles: it is halved where the bend
 * could matter, which is close to the position.
 */
final class GpsLikelihood {

    /** No accuracy in degrees is finer, and no receiver. */
    private static final double SMALLEST_DEVIATION_METRES = 1e-6;

    /** How far an edge near the position may be from straight, in standard deviations; moves the probability by 1e-6. */
    private static final double LARGEST_BEND = 4e-6;

    /** How far an edge farther away may be from straight, as a part of its distance. */
    private static final double LARGEST_BEND_AFAR = 1e-3;

    /** The largest radius of curvature of the ellipsoid, rounded up. */
    private static final double EARTH_RADIUS_METRES = 6_400_000;

    /** A polygon that starts farther away does not get here; it keeps the plane well away from the antipode. */
    private static final double FAR_METRES = 5_000_000;

    /** From pole to pole: no edge is farther. */
    private static final double HALFWAY_ROUND_METRES = 20_003_931;

    private final double latitude;
    private final double longitude;
    private final double deviation;

    private double probability;
    private double nearest = HALFWAY_ROUND_METRES;
    private int windings;

    private GpsLikelihood(double latitude, double longitude, double deviation) {
        this.latitude = latitude;
        this.longitude = longitude;
        this.deviation = Math.max(deviation, SMALLEST_DEVIATION_METRES);
    }

    /** @param deviation standard deviation of the position in metres, along every direction */
    static GpsLikelihood of(double latitude, double longitude, double deviation, Boundary boundary) {
        GpsLikelihood likelihood = new GpsLikelihood(latitude, longitude, deviation);
        JsonNode geometry = boundary.feature().path("geometry");
        JsonNode coordinates = geometry.path("coordinates");
        switch (geometry.path("type").asText()) {
            case "Point" ->
                likelihood.addCircle(
                        coordinates,
                        boundary.feature().at("/properties/radiusMetres").doubleValue());
            case "Polygon" -> likelihood.addPolygon(coordinates);
            default -> coordinates.forEach(likelihood::addPolygon);
        }
        return likelihood;
    }

    /** From 0 to 1. */
    double probability() {
        return Math.min(1, Math.max(0, probability));
    }

    /** Negative inside. */
    double metresToEdge() {
        return windings > 0 ? -nearest : nearest;
    }

    private void addCircle(JsonNode centre, double radius) {
        double distance = Geodesy.metres(latitude, longitude, latitude(centre), longitude(centre));
        probability = GpsGaussian.overCircle(distance / deviation, radius / deviation);
        nearest = Math.abs(distance - radius);
        windings = distance < radius ? 1 : 0;
    }

    private void addPolygon(JsonNode rings) {
        JsonNode first = rings.get(0).get(0);
        double distance = Geodesy.metres(latitude, longitude, latitude(first), longitude(first));
        if (distance > FAR_METRES) {
            nearest = Math.min(nearest, distance);
        } else {
            rings.forEach(this::addRing);
        }
    }

    private void addRing(JsonNode positions) {
        Vertex before = vertex(positions.get(0));
        for (int next = 1; next < positions.size(); next++) {
            Vertex after = vertex(positions.get(next));
            addEdge(before, after);
            before = after;
        }
    }

    private void addEdge(Vertex from, Vertex to) {
        double distance = metresTo(from, to);
        double harmless =
                Math.max(LARGEST_BEND * deviation, LARGEST_BEND_AFAR * (distance - GpsGaussian.REACH * deviation));
        if (bend(from, to, distance) > harmless) {
            Vertex middle = vertex((from.longitude() + to.longitude()) / 2, (from.latitude() + to.latitude()) / 2);
            addEdge(from, middle);
            addEdge(middle, to);
            return;
        }
        probability += GpsGaussian.alongEdge(
                from.east() / deviation, from.north() / deviation, to.east() / deviation, to.north() / deviation);
        windings += winding(from, to);
        if (!isSeam(from, to)) {
            nearest = Math.min(nearest, distance);
        }
    }

    /**
     * The most by which a line in longitude and latitude leaves the straight one between its ends: its acceleration over
     * the ground, and what the plane bends at this distance.
     */
    private static double bend(Vertex from, Vertex to, double distance) {
        double across = Math.toRadians(to.longitude() - from.longitude());
        double along = Math.toRadians(to.latitude() - from.latitude());
        double poleward = Math.toRadians(Math.max(Math.abs(from.latitude()), Math.abs(to.latitude())));
        double equatorward = Math.toRadians(Math.min(Math.abs(from.latitude()), Math.abs(to.latitude())));
        double width = across * Math.cos(equatorward);
        double onGround = Math.abs(across) * Math.sin(poleward) * (Math.abs(width) + 2 * Math.abs(along));
        double onPlane = (width * width + along * along) * distance / EARTH_RADIUS_METRES;
        return EARTH_RADIUS_METRES / 8 * (onGround + onPlane);
    }

    private static double metresTo(Vertex from, Vertex to) {
        double east = to.east() - from.east();
        double north = to.north() - from.north();
        double length = east * east + north * north;
        double part = length == 0 ? 0 : -(from.east() * east + from.north() * north) / length;
        double nearest = Math.min(1, Math.max(0, part));
        return Math.hypot(from.east() + nearest * east, from.north() + nearest * north);
    }

    /** Counts how often the boundary goes around the position: by its crossings of the ray to the east. */
    private static int winding(Vertex from, Vertex to) {
        boolean startsNorth = from.north() > 0;
        boolean endsNorth = to.north() > 0;
        if (startsNorth == endsNorth) {
            return 0;
        }
        double turn = from.east() * to.north() - to.east() * from.north();
        if (endsNorth) {
            return turn > 0 ? 1 : 0;
        }
        return turn < 0 ? -1 : 0;
    }

    /** Whether the edge lies where a map is cut, on the antimeridian or at a pole, and not where the site ends. */
    private static boolean isSeam(Vertex from, Vertex to) {
        return Math.abs(from.longitude()) == 180 && from.longitude() == to.longitude()
                || Math.abs(from.latitude()) == 90 && from.latitude() == to.latitude();
    }

    private Vertex vertex(JsonNode position) {
        return vertex(longitude(position), latitude(position));
    }

    private Vertex vertex(double longitude, double latitude) {
        Offset offset = Geodesy.offset(this.latitude, this.longitude, latitude, longitude);
        return new Vertex(longitude, latitude, offset.east(), offset.north());
    }

    private static double longitude(JsonNode position) {
        return position.get(0).doubleValue();
    }

    private static double latitude(JsonNode position) {
        return position.get(1).doubleValue();
    }

    /** A corner of the boundary, in degrees and in metres from the position. */
    private record Vertex(double longitude, double latitude, double east, double north) {}
}
