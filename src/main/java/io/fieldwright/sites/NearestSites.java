package io.fieldwright.sites;

import io.fieldwright.tenancy.TenantScope;
import java.sql.Types;
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
 * up to 1.0104 times as far on the sphere as the nearest there.
 */
@Component
class NearestSites {

    record Found(UUID id, double metres) {}

    private static final double SPHERE_RADIUS = 6_378_168;
    private static final double SHORTEST = 0.9932;
    private static final double LONGEST = 1.0034;

    private static final String SQL =
            """
            with nearest as (
              select ll_to_earth(latitude, longitude) <-> ll_to_earth(:latitude, :longitude) as chord
              from site
              where (cast(:tenants as text[]) is null or tenant_id = any (cast(:tenants as text[])))
                and (cast(:sites as uuid[]) is null or id = any (cast(:sites as uuid[])))%s
              order by ll_to_earth(latitude, longitude) <-> ll_to_earth(:latitude, :longitude)
              limit :limit)
            select id, latitude, longitude
            from site
            where cube_enlarge(
                ll_to_earth(:latitude, :longitude),
                (select least(:reach, max(chord) * :margin + 0.01) from nearest), 3) @> ll_to_earth(latitude, longitude)
              and (cast(:tenants as text[]) is null or tenant_id = any (cast(:tenants as text[])))
              and (cast(:sites as uuid[]) is null or id = any (cast(:sites as uuid[])))
            """;

    private static final String WITHIN_REACH =
            " and cube_enlarge(ll_to_earth(:latitude, :longitude), :reach, 3) @> ll_to_earth(latitude, longitude)";

    private final JdbcClient jdbc;

    NearestSites(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Without a bound it must not say one: the planner guesses how few sites that leaves and forgoes the index. */
    static String sql(boolean bounded) {
        return SQL.formatted(bounded ? WITHIN_REACH : "");
    }

    /** At most {@code limit} sites in sight by distance in metres, up to {@code withinMetres}. */
    List<Found> find(double latitude, double longitude, @Nullable Double withinMetres, int limit) {
        double within = withinMetres == null ? Double.MAX_VALUE : withinMetres;
        Collection<String> tenants = TenantScope.visible();
        return jdbc
                .sql(sql(withinMetres != null))
                .param("latitude", latitude)
                .param("longitude", longitude)
                .param("reach", chord(within / SHORTEST))
                .param("margin", LONGEST / SHORTEST)
                .param("tenants", tenants == null ? null : tenants.toArray(String[]::new))
                .param("sites", TenantScope.visibleSiteIds(), Types.ARRAY)
                .param("limit", limit)
                .query((row, number) -> new Found(
                        row.getObject("id", UUID.class),
                        Geodesy.metres(latitude, longitude, row.getDouble("latitude"), row.getDouble("longitude"))))
                .list()
                .stream()
                .filter(found -> found.metres() <= within)
                .sorted(Comparator.comparingDouble(Found::metres).thenComparing(Found::id))
                .limit(limit)
                .toList();
    }

    /** The straight line through the sphere under an arc of its surface, a centimetre longer against rounding. */
    private static double chord(double arc) {
        return 2 * SPHERE_RADIUS * Math.sin(Math.min(arc / (2 * SPHERE_RADIUS), Math.PI / 2)) + 0.01;
    }
}
