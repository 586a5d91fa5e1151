package io.fieldwright.sites;

import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import net.sf.geographiclib.GeodesicMask;

/**
 * Distances and directions on the WGS84 ellipsoid, exact to nanometres also at the poles and across the antimeridian
 * (Karney 2013).
 */
public final class Geodesy {

    private Geodesy() {}

    /** Length in metres of the shortest path over the ground between two positions in degrees. */
    public static double metres(double latitude1, double longitude1, double latitude2, double longitude2) {
        return Geodesic.WGS84.Inverse(latitude1, longitude1, latitude2, longitude2, GeodesicMask.DISTANCE).s12;
    }

    /** Where a position lies as seen from another, in metres to the east and to the north. */
    public record Offset(double east, double north) {}

    /**
     * Where the second position lies as seen from the first, both in degrees: on the azimuthal equidistant plane, on which
     * distance and direction from the first position are true.
     */
    public static Offset offset(double latitude1, double longitude1, double latitude2, double longitude2) {
        GeodesicData path = Geodesic.WGS84.Inverse(
                latitude1, longitude1, latitude2, longitude2, GeodesicMask.DISTANCE | GeodesicMask.AZIMUTH);
        double azimuth = Math.toRadians(path.azi1);
        return new Offset(path.s12 * Math.sin(azimuth), path.s12 * Math.cos(azimuth));
    }
}
