package io.fieldwright.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.ResponseEntity;

class SiteInterfaceTests extends SitesTest {

    private static final Map<String, Object> CIRCLE = Map.of(
            "type", "Feature",
            "geometry", Map.of("type", "Point", "coordinates", new double[] {73.8567, 18.5204}),
            "properties", Map.of("radiusMetres", 50));

    @Test
    void aSiteIsReadAsItWasWritten() {
        UUID region = coordinator.create(site("REGION").with("kind", "region"));
        UUID id = coordinator.create(site("PUN-001")
                .with("parent", region)
                .with("address", "  12 Station Road  ")
                .with("needsPermit", true)
                .with("access", Map.of("contact", "+91 20 555", "key", "with the guard", "hazards", "bees")));

        ResponseEntity<JsonNode> read = coordinator.get("/api/v1/sites/" + id);

        assertThat(read.getHeaders().getETag()).isEqualTo("\"0\"");
        JsonNode site = body(read);
        assertThat(site.get("organisation").asText()).isEqualTo(circle);
        assertThat(site.get("parent").asText()).isEqualTo(region.toString());
        assertThat(site.get("address").asText()).isEqualTo("12 Station Road");
        assertThat(site.get("needsPermit").asBoolean()).isTrue();
        assertThat(site.get("active").asBoolean()).isTrue();
        assertThat(site.get("access").get("contact").asText()).isEqualTo("+91 20 555");
        assertThat(site.get("access").get("protectiveEquipment").isNull()).isTrue();
        assertThat(site.get("boundary").isNull()).isTrue();
    }

    @Test
    void aChangeNeedsTheVersionThatWasRead() {
        UUID id = coordinator.create(site("A"));
        String path = "/api/v1/sites/" + id;

        assertThat(coordinator.put(path, site("A"), null).getStatusCode().value())
                .isEqualTo(428);
        ResponseEntity<JsonNode> changed = coordinator.put(path, site("A").with("active", false), "\"0\"");
        assertThat(changed.getStatusCode().value()).isEqualTo(200);
        assertThat(changed.getHeaders().getETag()).isEqualTo("\"1\"");
        assertThat(body(changed).get("active").asBoolean()).isFalse();
        assertThat(coordinator
                        .put(path, site("A").with("name", "late"), "\"0\"")
                        .getStatusCode()
                        .value())
                .isEqualTo(412);
        assertRefused(
                coordinator.put(path, site("A").with("organisation", otherCircle), "\"1\""),
                400,
                "organisation",
                "stays");
    }

    @Test
    void aCodeIsUniqueInItsOrganisationAlone() {
        coordinator.create(site("SAME"));
        otherCoordinator.create(site("SAME"));

        assertRefused(coordinator.post("/api/v1/sites", site("SAME")), 409, "code", "taken");
    }

    @Test
    void aCorporateSeesTheSitesOfItsCircles() {
        UUID id = coordinator.create(site("A"));

        assertThat(corporateAdmin.get("/api/v1/sites/" + id).getStatusCode().value())
                .isEqualTo(200);
        assertThat(corporateAdmin
                        .post("/api/v1/sites", site("B"))
                        .getStatusCode()
                        .value())
                .as("may read only")
                .isEqualTo(403);
    }

    @Test
    void nobodyCreatesSitesForAnOrganisationOutOfSight() {
        assertRefused(
                coordinator.post("/api/v1/sites", site("A").with("organisation", otherCircle)),
                400,
                "organisation",
                "there is no organisation");
    }

    @Test
    void aSiteIsNeverPartOfItself() {
        UUID top = coordinator.create(site("TOP"));
        UUID middle = coordinator.create(site("MIDDLE").with("parent", top));
        UUID bottom = coordinator.create(site("BOTTOM").with("parent", middle));

        assertRefused(
                coordinator.put("/api/v1/sites/" + top, site("TOP").with("parent", bottom), "\"0\""),
                400,
                "parent",
                "part of itself");
        assertRefused(
                coordinator.put("/api/v1/sites/" + top, site("TOP").with("parent", top), "\"0\""),
                400,
                "parent",
                "part of itself");
    }

    @Test
    void theDatabaseRefusesACircleThatTheApplicationOverlooked() {
        UUID top = coordinator.create(site("TOP"));
        UUID bottom = coordinator.create(site("BOTTOM").with("parent", top));

        assertThatThrownBy(() -> tables.sql("update site set parent_id = :bottom where id = :top")
                        .param("bottom", bottom)
                        .param("top", top)
                        .update())
                .hasMessageContaining("cannot have the parent");
    }

    @Test
    void aParentIsOfTheSameOrganisation() {
        UUID foreign = otherCoordinator.create(site("FOREIGN"));

        ResponseEntity<JsonNode> known =
                coordinator.post("/api/v1/sites", site("A").with("parent", foreign));
        ResponseEntity<JsonNode> unknown =
                coordinator.post("/api/v1/sites", site("A").with("parent", UUID.randomUUID()));

        assertRefused(known, 400, "parent", "there is no site");
        assertRefused(unknown, 400, "parent", "there is no site");
    }

    @ParameterizedTest
    @CsvSource({
        "code, a b, must be 1 to 60",
        "code, a/b, must be 1 to 60",
        "name, ' ', must not be blank",
        "kind, Tower, lower-case",
        "latitude, 91, between -90 and 90",
        "longitude, 181, between -180 and 180",
        "latitude, 103.8, swapped",
        "latitude, north, wrong type",
        "nonsense, 1, not a field",
    })
    void aWrongValueIsRefusedByName(String field, String value, String reason) {
        assertRefused(coordinator.post("/api/v1/sites", site("A").with(field, value)), 400, field, reason);
    }

    @Test
    void charactersThatCannotBeStoredAreRefused() {
        assertRefused(
                coordinator.post("/api/v1/sites", site("A").with("name", "a\u0007b")),
                400,
                "name",
                "control character");
        assertRefused(coordinator.get("/api/v1/sites?q={q}", "\0"), 400, "q", "control character");
    }

    @Test
    void aListIsNarrowedByTextKindParentAndActivity() {
        UUID region = coordinator.create(site("REGION").with("kind", "region").with("name", "West"));
        coordinator.create(site("PUN-1").with("parent", region).with("name", "100% Railway_Station"));
        coordinator.create(site("PUN-2").with("active", false));

        assertThat(codes("")).containsExactly("PUN-1", "PUN-2", "REGION");
        assertThat(codes("?q=pun")).containsExactly("PUN-1", "PUN-2");
        assertThat(codes("?q=railway_station")).containsExactly("PUN-1");
        assertThat(codes("?q=railway-station")).isEmpty();
        assertThat(codes("?q=%25")).containsExactly("PUN-1");
        assertThat(codes("?kind=region")).containsExactly("REGION");
        assertThat(codes("?parent=" + region)).containsExactly("PUN-1");
        assertThat(codes("?active=false")).containsExactly("PUN-2");
        assertThat(codes("?size=1&page=1")).containsExactly("PUN-2");
        assertThat(body(coordinator.get("/api/v1/sites?size=1")).get("total").asInt())
                .isEqualTo(3);
        assertRefused(coordinator.get("/api/v1/sites?sort=nonsense"), 400, "sort", "must be one of");
        assertRefused(coordinator.get("/api/v1/sites?active=perhaps"), 400, "active", "cannot be read");
    }

    private Stream<String> codes(String query) {
        return body(coordinator.get("/api/v1/sites" + query.replace("%25", "%")))
                .get("items")
                .findValuesAsText("code")
                .stream();
    }

    @Test
    void aBoundaryIsDrawnOnTheVersionThatWasRead() {
        UUID id = coordinator.create(site("A"));
        String path = "/api/v1/sites/" + id + "/boundary";

        assertThat(coordinator.get(path).getStatusCode().value()).isEqualTo(404);
        assertThat(coordinator.put(path, CIRCLE, null).getStatusCode().value()).isEqualTo(428);
        assertThat(coordinator.put(path, CIRCLE, "\"7\"").getStatusCode().value())
                .isEqualTo(412);
        ResponseEntity<JsonNode> drawn = coordinator.put(path, CIRCLE, "\"0\"");

        assertThat(drawn.getHeaders().getETag()).isEqualTo("\"1\"");
        ResponseEntity<JsonNode> read = coordinator.get(path);
        assertThat(read.getHeaders().getETag()).isEqualTo("\"1\"");
        assertThat(read.getHeaders().getContentType()).hasToString("application/geo+json");
        assertThat(body(read).at("/properties/radiusMetres").asDouble()).isEqualTo(50);
        assertThat(body(read).at("/geometry/coordinates/0").asDouble()).isEqualTo(73.8567);
        assertThat(body(coordinator.get("/api/v1/sites/" + id)).get("boundary").asText())
                .isEqualTo("circle");
        assertThat(coordinator
                        .put("/api/v1/sites/" + id, site("A"), "\"1\"")
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        assertThat(coordinator.get(path).getStatusCode().value())
                .as("a change of the site keeps it")
                .isEqualTo(200);
    }

    @Test
    void anInvalidBoundaryIsRefusedAndTheOldOneStays() {
        UUID id = coordinator.create(site("A"));
        String path = "/api/v1/sites/" + id + "/boundary";
        coordinator.put(path, CIRCLE, "\"0\"");

        ResponseEntity<JsonNode> refused = coordinator.put(
                path,
                Map.of("type", "Polygon", "coordinates", new double[][][] {{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}}),
                "\"1\"");

        assertRefused(refused, 400, "coordinates", "crosses or touches itself");
        assertThat(body(coordinator.get(path)).at("/geometry/type").asText()).isEqualTo("Point");
    }

    @Test
    void whatIsForeignLooksExactlyLikeWhatDoesNotExist() {
        UUID foreign = otherCoordinator.create(site("A"));
        UUID foreignImport = UUID.fromString(body(otherCoordinator.upload("", "text/csv", "code".getBytes()))
                .get("id")
                .asText());

        for (String path : new String[] {"/api/v1/sites/%s", "/api/v1/sites/%s/boundary"}) {
            assertSameAnswer(foreign, id -> coordinator.get(path.formatted(id)));
        }
        assertSameAnswer(foreign, id -> coordinator.put("/api/v1/sites/" + id, site("A"), "\"0\""));
        assertSameAnswer(foreign, id -> coordinator.put("/api/v1/sites/" + id + "/boundary", CIRCLE, "\"0\""));
        assertSameAnswer(foreignImport, id -> coordinator.get("/api/v1/site-imports/" + id));
        assertSameAnswer(foreignImport, id -> coordinator.get("/api/v1/site-imports/" + id + "/problems"));

        assertThat(codes("?q=A")).isEmpty();
        assertThat(body(coordinator.get("/api/v1/sites?parent=" + foreign))
                        .get("total")
                        .asInt())
                .isZero();
        assertThat(body(coordinator.get("/api/v1/sites/near?latitude=18.5&longitude=73.8")))
                .isEmpty();
        assertRefused(
                coordinator.upload("?organisation=" + otherCircle, "text/csv", "code".getBytes()),
                400,
                "organisation",
                "there is no organisation");
        assertThat(new String(
                        coordinator.download("/api/v1/sites/export", "text/csv").getBody()))
                .hasLineCount(1);
        ResponseEntity<byte[]> export =
                coordinator.download("/api/v1/sites/export?organisation=" + otherCircle, "text/csv");
        assertThat(export.getStatusCode().value()).isEqualTo(400);
        assertThat(new String(export.getBody())).contains("there is no organisation");
    }

    private void assertSameAnswer(UUID foreign, Function<UUID, ResponseEntity<JsonNode>> request) {
        UUID unknown = UUID.randomUUID();
        ResponseEntity<JsonNode> toForeign = request.apply(foreign);
        ResponseEntity<JsonNode> toUnknown = request.apply(unknown);
        assertThat(toForeign.getStatusCode().value()).isEqualTo(404);
        assertThat(toUnknown.getStatusCode().value()).isEqualTo(404);
        assertThat(body(toForeign).toString().replace(foreign.toString(), "ID"))
                .isEqualTo(body(toUnknown).toString().replace(unknown.toString(), "ID"));
    }
}
