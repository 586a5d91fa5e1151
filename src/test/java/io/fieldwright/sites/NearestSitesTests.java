package io.fieldwright.sites;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.tenancy.TenantScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

class NearestSitesTests extends SitesTest {

    @Autowired
    private Sites sites;

    @Test
    void acrossTheAntimeridianIsNear() {
        create("WEST", -16.8, 179.9);
        create("EAST", -16.8, -179.9);
        create("FAR", -16.8, 178);

        JsonNode near = near("latitude=-16.8&longitude=-179.95&limit=2");

        assertThat(near.findValuesAsText("code")).containsExactly("EAST", "WEST");
        assertThat(near.at("/1/metres").asDouble())
                .isEqualTo(Geodesy.metres(-16.8, -179.95, -16.8, 179.9))
                .isBetween(15_980.0, 15_990.0);
    }

    @Test
    void overThePoleIsNear() {
        create("BEYOND", 89.9, 170);
        create("THERE", 90, 0);
        create("SOUTH", 88, -10);

        JsonNode near = near("latitude=89.95&longitude=-10&limit=10");

        assertThat(near.findValuesAsText("code")).containsExactly("THERE", "BEYOND", "SOUTH");
        assertThat(near.at("/0/metres").asDouble()).isBetween(5_584.0, 5_586.0);
    }

    @Test
    void nothingFartherThanAskedForIsFound() {
        create("NEAR", 18.52, 73.85);
        create("FAR", 18.53, 73.85);

        assertThat(near("latitude=18.52&longitude=73.85&withinMetres=0").findValuesAsText("code"))
                .containsExactly("NEAR");
        assertThat(near("latitude=18.52&longitude=73.85&withinMetres=1106").findValuesAsText("code"))
                .containsExactly("NEAR");
        assertThat(near("latitude=18.52&longitude=73.85&withinMetres=1107").findValuesAsText("code"))
                .containsExactly("NEAR", "FAR");
    }

    @Test
    void theNearestOnTheEllipsoidAreFoundAlsoWhereASphereSaysOtherwise() {
        Random random = new Random(7);
        List<double[]> positions = new ArrayList<>();
        for (int site = 0; site < 300; site++) {
            double bearing = 2 * Math.PI * random.nextDouble();
            double degrees = 3 + random.nextDouble() * 0.02;
            double[] position = {degrees * Math.cos(bearing), 100 + degrees * Math.sin(bearing)};
            positions.add(position);
            sites(site, position);
        }

        JsonNode near = near("latitude=0&longitude=100&limit=25");

        List<Double> expected = positions.stream()
                .map(position -> Geodesy.metres(0, 100, position[0], position[1]))
                .sorted(Comparator.naturalOrder())
                .limit(25)
                .toList();
        assertThat(near.findValues("metres").stream().map(JsonNode::asDouble)).containsExactlyElementsOf(expected);
    }

    private void sites(int number, double[] position) {
        TenantScope.asSystem(() -> sites.create(
                circle,
                new SiteDescription(
                        "S" + number,
                        "Site",
                        "tower",
                        null,
                        null,
                        position[0],
                        position[1],
                        true,
                        false,
                        AccessDetails.NONE)));
    }

    @Test
    void theSearchUsesTheIndexOnPositionsThoughTheTableIsWalled() {
        tables.sql(
                        """
                        insert into site (id, version, tenant_id, code, name, kind, latitude, longitude, active, needs_permit)
                        select gen_random_uuid(), 0, :tenant, 'S' || n, 'Site', 'tower', 8 + random() * 27, 69 + random() * 27,
                          true, false
                        from generate_series(1, 20000) n
                        """)
                .param("tenant", circle)
                .update();
        tables.sql("analyze site").update();

        List<String> plan = tables.sql("explain " + NearestSites.SQL)
                .param("latitude", 18.5)
                .param("longitude", 73.8)
                .param("tenants", new String[] {circle})
                .param("limit", 20)
                .query(String.class)
                .list();

        assertThat(plan.stream().filter(line -> line.contains("site_position")))
                .as(String.join("\n", plan))
                .hasSize(1);
        assertThat(plan).noneMatch(line -> line.contains("Seq Scan"));
    }

    @ParameterizedTest
    @CsvSource({
        "latitude=91&longitude=0, latitude",
        "latitude=NaN&longitude=0, latitude",
        "latitude=0&longitude=181, longitude",
        "latitude=0&longitude=0&limit=0, limit",
        "latitude=0&longitude=0&limit=501, limit",
        "latitude=0&longitude=0&withinMetres=-1, withinMetres",
        "latitude=x&longitude=0, latitude",
    })
    void aWrongQuestionIsRefusedByName(String query, String field) {
        assertRefused(coordinator.get("/api/v1/sites/near?" + query), 400, field, "");
    }

    private void create(String code, double latitude, double longitude) {
        coordinator.create(site(code).with("latitude", latitude).with("longitude", longitude));
    }

    private JsonNode near(String query) {
        return body(coordinator.get("/api/v1/sites/near?" + query));
    }
}
