package io.fieldwright.sites;

import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicMask;

/** Distances on the WGS84 ellipsoid, exact to nanometres also at the poles and across the antimeridian (Karney 2013). */
public final class Geodesy {

    private Geodesy() {}

    /** Length in metres of the shortest path over the ground between two positions in degrees. */
    public static double metres(double latitude1, double longitude1, double latitude2, double longitude2) {
        return Geodesic.WGS84.Inverse(latitude1, longitude1, latitude2, longitude2, GeodesicMask.DISTANCE).s12;
    }
}
