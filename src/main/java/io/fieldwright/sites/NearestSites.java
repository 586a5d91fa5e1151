package io.fieldwright.sites;

import io.fieldwright.tenancy.TenantScope;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the sites around a point with the index on their positions in space, where neither the poles nor the
 * antimeridian are special. The index measures on a sphere. Between the two surfaces every length differs by a factor
 * from 0.9932 (a meridian at the equator) to 1.0034 (at the poles), so the nearest on the ellipsoid are all among those
 * up to 1.0104 times as far on the sphere as the nearest there. The index serves the order and not a condition, because
 * row-level security lets no condition past it that is not known to keep what it sees to itself.
 */
@Component
class NearestSites {

    record Found(UUID id, double metres) {}

    private record Candidate(Found found, double chord) {}

    private static final double SPHERE_RADIUS = 6_378_168;
    private static final double MARGIN = 1.0034 / 0.9932;
    private static final double ROUNDING_METRES = 0.01;

    static final String SQL =
            """
            select id, latitude, longitude, ll_to_earth(latitude, longitude) <-> ll_to_earth(:latitude, :longitude) as chord
            from site
            where (cast(:tenants as text[]) is null or tenant_id = any (cast(:tenants as text[])))
            order by ll_to_earth(latitude, longitude) <-> ll_to_earth(:latitude, :longitude)
            limit :limit
            """;

    private final JdbcClient jdbc;

    NearestSites(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** At most {@code limit} sites in sight by distance in metres, up to {@code withinMetres}. */
    List<Found> find(double latitude, double longitude, @Nullable Double withinMetres, int limit) {
        double within = withinMetres == null ? Double.MAX_VALUE : withinMetres;
        int asked = limit + limit / 8 + 8;
        List<Candidate> candidates = candidates(latitude, longitude, asked);
        while (candidates.size() == asked && mayMissNearer(candidates, limit)) {
            asked *= 2;
            candidates = candidates(latitude, longitude, asked);
        }
        return candidates.stream()
                .map(Candidate::found)
                .filter(found -> found.metres() <= within)
                .sorted(Comparator.comparingDouble(Found::metres).thenComparing(Found::id))
                .limit(limit)
                .toList();
    }

    /** Whether a site beyond the last candidate could be nearer on the ellipsoid than the {@code limit} nearest here. */
    private static boolean mayMissNearer(List<Candidate> candidates, int limit) {
        double last = arc(candidates.get(candidates.size() - 1).chord());
        return last <= arc(candidates.get(limit - 1).chord()) * MARGIN + ROUNDING_METRES;
    }

    private List<Candidate> candidates(double latitude, double longitude, int limit) {
        Collection<String> tenants = TenantScope.visible();
        return jdbc.sql(SQL)
                .param("latitude", latitude)
                .param("longitude", longitude)
                .param("tenants", tenants == null ? null : tenants.toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> new Candidate(
                        new Found(
                                row.getObject("id", UUID.class),
                                Geodesy.metres(
                                        latitude, longitude, row.getDouble("latitude"), row.getDouble("longitude"))),
                        row.getDouble("chord")))
                .list();
    }

    /** The way over the sphere's surface between two points, from the straight line through it. */
    private static double arc(double chord) {
        return 2 * SPHERE_RADIUS * Math.asin(Math.min(chord / (2 * SPHERE_RADIUS), 1));
    }
}
