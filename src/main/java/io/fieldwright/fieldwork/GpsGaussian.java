package io.fieldwright.fieldwork;

/**
 * Integrals of the circular Gaussian of standard deviation 1 around the origin of a plane, exact to about 1e-10.
 *
 * <p>By Green's theorem the integral over an area is one along its edge, counter-clockwise: of (1 - exp(-r²/2)) dθ / 2π,
 * where r and θ are the polar coordinates of the edge. This holds for any area, with holes (clockwise) and of many parts, and
 * wherever the origin lies. Along a straight line it is Owen's T function, around a circle Marcum's Q function (Owen 1956;
 * DiDonato and Hageman 1982; Simon and Alouini 2005).
 *
 * <p>Beyond {@link #REACH} the exponential vanishes and what is left is the angle under which the edge is seen. Within, the
 * integrand has no singularity, not even at the origin, and Gauss-Legendre quadrature over steps of two standard deviations
 * is exact to 4e-12.
 */
final class GpsGaussian {

    /** Standard deviations beyond which 2e-11 of the Gaussian lie. */
    static final double REACH = 7;

    private static final double LONGEST_STEP = 2;
    private static final double WIDEST_STEP = Math.PI / 2;
    private static final double[] NODES = {
        0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363
    };
    private static final double[] WEIGHTS = {
        0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763
    };

    private GpsGaussian() {}

    /** What the straight edge from (x1, y1) to (x2, y2) adds to the integral over the area to its left. */
    static double alongEdge(double x1, double y1, double x2, double y2) {
        double length = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
        if (length == 0) {
            return 0;
        }
        double offset = (x1 * y2 - x2 * y1) / length;
        double start = (x1 * (x2 - x1) + y1 * (y2 - y1)) / length;
        double end = start + length;
        double reach = Math.sqrt(Math.max(0, REACH * REACH - offset * offset));
        double from = Math.max(start, -reach);
        double to = Math.min(end, reach);
        double turned = from < to
                ? angle(offset, start, from) + alongLine(offset, from, to) + angle(offset, to, end)
                : angle(offset, start, end);
        return turned / (2 * Math.PI);
    }

    /** The angle under which the origin sees a piece of a line that passes it at the distance {@code offset}. */
    private static double angle(double offset, double from, double to) {
        return Math.atan2(offset * (to - from), offset * offset + from * to);
    }

    private static double alongLine(double offset, double from, double to) {
        int steps = (int) Math.ceil((to - from) / LONGEST_STEP);
        double half = (to - from) / (2 * steps);
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            double middle = from + (2 * step + 1) * half;
            for (int node = 0; node < NODES.length; node++) {
                double before = middle - NODES[node] * half;
                double after = middle + NODES[node] * half;
                sum += WEIGHTS[node]
                        * (density(offset * offset + before * before) + density(offset * offset + after * after));
            }
        }
        return offset * half * sum;
    }

    /** The integral over a circle whose centre is {@code distance} from the origin. */
    static double overCircle(double distance, double radius) {
        double width = widthInReach(distance, radius);
        double sine = Math.sin(width / 2);
        double beyond = Math.atan2(radius * Math.sin(width), distance - radius + 2 * radius * sine * sine);
        return (aroundCircle(distance, radius, width) + beyond) / Math.PI;
    }

    /** How much of a half circle is within reach: the angle at its centre, from the point nearest to the origin on. */
    private static double widthInReach(double distance, double radius) {
        double room = REACH * REACH - (radius - distance) * (radius - distance);
        if (room <= 0) {
            return 0;
        }
        double all = 4 * distance * radius;
        return room < all ? 2 * Math.asin(Math.sqrt(room / all)) : Math.PI;
    }

    private static double aroundCircle(double distance, double radius, double width) {
        int steps = 1 + (int) Math.max(width * radius / LONGEST_STEP, width / WIDEST_STEP);
        double half = width / (2 * steps);
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            double middle = (2 * step + 1) * half;
            for (int node = 0; node < NODES.length; node++) {
                sum += WEIGHTS[node]
                        * (onCircle(distance, radius, middle - NODES[node] * half)
                                + onCircle(distance, radius, middle + NODES[node] * half));
            }
        }
        return half * sum;
    }

    /** Written with the gap between circle and origin, which keeps its digits when both are many deviations wide. */
    private static double onCircle(double distance, double radius, double angle) {
        double gap = radius - distance;
        double sine = Math.sin(angle / 2);
        double rise = 2 * distance * sine * sine;
        return radius * (gap + rise) * density(gap * gap + 2 * radius * rise);
    }

    /** (1 - exp(-r²/2)) / r², which is 1/2 at the origin. */
    private static double density(double squaredDistance) {
        return squaredDistance < 1e-5
                ? 0.5 - squaredDistance / 8
                : (1 - Math.exp(-squaredDistance / 2)) / squaredDistance;
    }
}
