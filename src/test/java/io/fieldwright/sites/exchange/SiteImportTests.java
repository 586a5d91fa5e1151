package io.fieldwright.sites.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.sites.SitesTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseEntity;

class SiteImportTests extends SitesTest {

    private static final String HEADER = "code,name,kind,latitude,longitude";

    @Autowired
    private ImportWorker worker;

    @Autowired
    private ImportRun run;

    @Autowired
    private ImportRecords records;

    @Test
    void tenThousandSitesAreImportedAndThenUnchanged() {
        String file = manySites(10_000);

        JsonNode first = imported("", file);
        JsonNode second = imported("", file);

        assertCounts(first, "completed", 10_000, 10_000, 0, 0, 0);
        assertCounts(second, "completed", 10_000, 0, 0, 10_000, 0);
        assertThat(body(coordinator.get("/api/v1/sites?size=1")).get("total").asInt())
                .isEqualTo(10_000);
        assertThat(leftovers(first)).isZero();
    }

    @Test
    void anUploadIsAcceptedAndItsLocationTellsHowItGoes() {
        ResponseEntity<JsonNode> accepted =
                coordinator.upload("", "text/csv", (HEADER + "\nA,Name,tower,1,2").getBytes());

        assertThat(accepted.getStatusCode().value()).isEqualTo(202);
        assertThat(accepted.getHeaders().getLocation()).isNotNull();
        assertThat(accepted.getHeaders().getLocation().getPath())
                .isEqualTo("/api/v1/site-imports/" + body(accepted).get("id").asText());
        assertCounts(finished(accepted), "completed", 1, 1, 0, 0, 0);
    }

    @Test
    void eachBadRowIsReportedWithRowAndColumnAndTheGoodOnesAreKept() {
        String file =
                """
                code,name,kind,latitude,longitude,active,boundary
                GOOD-1,First,tower,18.5,73.8,,
                BAD-1,Name,tower,north,73.8,,
                BAD-2,Name,tower,91,173.8,,
                BAD-3,Name,tower,103.8,1.35,,
                BAD-4,Name,tower,1,181,,
                ,Name,tower,1,2,,
                BAD 5,,Tower,1,2,perhaps,{}

                GOOD-1,Again,tower,1,2,,
                BAD-6,Name,tower,1
                BAD-7,Name,tower,1,2,,,more
                BAD-8,"Na"me,tower,1,2,,
                BAD-9,%s,tower,1,2,,
                GOOD-2,"Last, but not ""least\""
                here",tower,-18.5,-73.8,no,
                """
                        .formatted("x".repeat(1_048_576));

        JsonNode done = imported("", file);

        assertCounts(done, "completed", 13, 2, 0, 0, 11);
        assertThat(problems(done))
                .containsExactly(
                        "3 latitude is not a number of degrees such as 18.5204: north",
                        "4 latitude must be between -90 and 90",
                        "5 latitude must be between -90 and 90; latitude and longitude look swapped",
                        "6 longitude must be between -180 and 180",
                        "7 code is missing",
                        "8 name is missing",
                        "8 active is neither true nor false: perhaps",
                        "8 boundary type: a boundary is a Polygon, a MultiPolygon, or a Feature with a Point and the property"
                                + " radiusMetres",
                        "8 code must be 1 to 60 letters, digits, '.', '_', ':' or '-'",
                        "8 kind must be one lower-case word of at most 30 characters, such as tower",
                        "10 code the code GOOD-1 is already in row 2",
                        "11 null has 4 cells where the header has 7",
                        "12 null has 8 cells where the header has 7",
                        "13 name continues after its closing quote",
                        "14 name is too long: 1048576 bytes, a cell may have 65536 and a row 524288");
        assertThat(site("GOOD-1", "name")).isEqualTo("First");
        assertThat(site("GOOD-2", "name")).isEqualTo("Last, but not \"least\"\nhere");
        assertThat(site("GOOD-2", "active")).isEqualTo("false");
    }

    @Test
    void nothingIsWrittenWhenAskedForAndOneRowIsBad() {
        String file = HEADER + "\nA,Name,tower,1,2\nB,Name,tower,91,2\n";

        JsonNode done = imported("?allOrNothing=true", file);

        assertCounts(done, "failed", 2, 0, 0, 0, 1);
        assertThat(done.get("failure").asText()).contains("Nothing was written");
        assertThat(body(coordinator.get("/api/v1/sites")).get("total").asInt()).isZero();
        assertCounts(imported("?allOrNothing=true", HEADER + "\nA,Name,tower,1,2\n"), "completed", 1, 1, 0, 0, 0);
    }

    @Test
    void aDryRunTellsWhatWouldHappenAndWritesNothing() {
        imported("", HEADER + "\nSAME,Name,tower,1,2\nOTHER,Name,tower,1,2\n");

        JsonNode done = imported(
                "?dryRun=true",
                HEADER + ",parent\nSAME,Name,tower,1,2,\nOTHER,New name,tower,1,2,\nNEW,Name,tower,1,2,SAME\n"
                        + "BAD,Name,tower,1,2,NOWHERE\n");

        assertCounts(done, "completed", 4, 1, 1, 1, 1);
        assertThat(body(coordinator.get("/api/v1/sites")).get("total").asInt()).isEqualTo(2);
        assertThat(site("OTHER", "name")).isEqualTo("Name");
    }

    @Test
    void whatTheFileDoesNotSayStaysAsItIs() {
        imported("", HEADER + ",hazards,needsPermit\nA,Name,tower,1,2,bees,true\n");

        JsonNode done = imported("", HEADER + "\nA,New name,tower,1,2\n");

        assertCounts(done, "completed", 1, 0, 1, 0, 0);
        assertThat(site("A", "name")).isEqualTo("New name");
        assertThat(body(coordinator.get("/api/v1/sites?q=A"))
                        .at("/items/0/access/hazards")
                        .asText())
                .isEqualTo("bees");
        assertThat(site("A", "needsPermit")).isEqualTo("true");
    }

    @Test
    void parentsMayComeAfterTheirChildrenAndExchangePlaces() {
        assertCounts(
                imported("", HEADER + ",parent\nCHILD,Name,tower,1,2,TOP\nTOP,Name,region,1,2,\n"),
                "completed",
                2,
                2,
                0,
                0,
                0);
        assertThat(parentOf("CHILD")).isEqualTo("TOP");

        imported("", HEADER + ",parent\nOTHER,Name,region,1,2,\nTOP,Name,region,1,2,OTHER\n");
        JsonNode done = imported("", HEADER + ",parent\nCHILD,Name,tower,1,2,OTHER\nTOP,Name,region,1,2,CHILD\n");

        assertCounts(done, "completed", 2, 0, 2, 0, 0);
        assertThat(parentOf("CHILD")).isEqualTo("OTHER");
        assertThat(parentOf("TOP")).isEqualTo("CHILD");
    }

    @Test
    void rowsThatWouldCloseACircleAreRefusedTogetherWithWhatNeedsThem() {
        imported("", HEADER + ",parent\nTOP,Name,region,1,2,\nMIDDLE,Name,region,1,2,TOP\n");

        JsonNode done = imported(
                "",
                HEADER + ",parent\nTOP,Name,region,1,2,MIDDLE\nX,Name,tower,1,2,Y\nY,Name,tower,1,2,X\n"
                        + "UNDER-X,Name,tower,1,2,X\nSELF,Name,tower,1,2,SELF\nGOOD,Name,tower,1,2,MIDDLE\n");

        assertCounts(done, "completed", 6, 1, 0, 0, 5);
        assertThat(problems(done))
                .containsExactly(
                        "2 parent would make the site a part of itself",
                        "3 parent would make the site a part of itself",
                        "4 parent would make the site a part of itself",
                        "6 parent would make the site a part of itself",
                        "5 parent there is no site X in the organisation or in a sound row of the file");
        assertThat(parentOf("GOOD")).isEqualTo("MIDDLE");
    }

    @Test
    void anUploadThatIsNoCsvOfSitesFailsWithTheReason() {
        assertThat(failure("")).contains("1 null the file is empty");
        assertThat(failure("code,name,kind,latitude\nA,Name,tower,1"))
                .containsExactly("1 longitude is missing in the header");
        assertThat(failure("code,code,name,kind,latitude,longitude,adress"))
                .anyMatch(problem -> problem.startsWith("1 adress is not a column of sites"))
                .contains("1 code is in the header twice");
        assertThat(failure("code;name;kind;latitude;longitude\n"))
                .anyMatch(problem -> problem.startsWith("1 code;name;kind;latitude;longitude is not a column"));
        JsonNode utf16 = finished(coordinator.upload("", "text/csv", HEADER.getBytes(StandardCharsets.UTF_16)));
        assertThat(problems(utf16)).containsExactly("1 null the file is UTF-16; save it as UTF-8");
        assertThat(coordinator
                        .upload("", "text/csv;charset=ISO-8859-1", new byte[0])
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        assertThat(coordinator
                        .upload("", "text/plain", new byte[0])
                        .getStatusCode()
                        .value())
                .isEqualTo(415);
        assertRefused(coordinator.upload("?dryRun=perhaps", "text/csv", new byte[0]), 400, "dryRun", "cannot be read");
    }

    @Test
    void anEncodingOrAQuoteThatIsWrongSpoilsNoEarlierRow() {
        byte[] latin1 = (HEADER + "\nA,Name,tower,1,2\nB,Pun\u00E9,tower,1,2\nC,Name,tower,1,2\nD,\"Name,tower,1,2\nE,")
                .getBytes(StandardCharsets.ISO_8859_1);

        JsonNode done = finished(coordinator.upload("", "text/csv", latin1));

        assertCounts(done, "completed", 4, 2, 0, 0, 2);
        assertThat(problems(done))
                .containsExactly(
                        "3 name is not UTF-8 at byte 56 of the file",
                        "5 name opens a quote that is never closed; all that follows was read as this cell",
                        "5 kind is missing",
                        "5 latitude is missing",
                        "5 longitude is missing");
    }

    @Test
    void onlyTheFirstTenThousandProblemsAreKeptAndItSaysSo() {
        StringBuilder file = new StringBuilder(HEADER).append('\n');
        IntStream.range(0, 10_500).forEach(row -> file.append("S").append(row).append(",Name,tower,91,181\n"));

        JsonNode done = imported("", file.toString());

        assertCounts(done, "completed", 10_500, 0, 0, 0, 10_500);
        assertThat(done.get("problems").asInt()).isEqualTo(21_000);
        assertThat(done.get("allProblemsKept").asBoolean()).isFalse();
        JsonNode last =
                body(coordinator.get("/api/v1/site-imports/" + done.get("id").asText() + "/problems?page=99&size=100"));
        assertThat(last.get("total").asInt()).isEqualTo(10_000);
        assertThat(last.get("items")).hasSize(100);
    }

    @Test
    void geoJsonIsImportedFeatureByFeature() {
        String file =
                """
                {"features":[
                  {"type":"Feature","geometry":{"type":"Point","coordinates":[73.8567,18.5204]},
                   "properties":{"code":"A","name":"Name","kind":"tower","needsPermit":true,"boundary":
                     {"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}},
                  {"type":"Feature","geometry":{"type":"Point","coordinates":[18.5,173.8]},
                   "properties":{"code":"B","name":["x"],"kind":"tower"}},
                  {"type":"Feature","geometry":null,"properties":{}},
                  7,
                  {"type":"Feature","geometry":{"type":"Point","coordinates":[0,0]},
                   "properties":{"code":"C","name":"Name","kind":"tower"}},
                  {"type":"Feature","geometry"],"type":"FeatureCollection"}
                """;

        JsonNode done = finished(coordinator.upload("", "application/geo+json", file.getBytes(StandardCharsets.UTF_8)));

        assertCounts(done, "completed", 6, 2, 0, 0, 4);
        assertThat(problems(done))
                .containsExactly(
                        "2 name has a value of the wrong type",
                        "2 latitude must be between -90 and 90; latitude and longitude look swapped",
                        "3 null has no Point as its geometry; an outline belongs in the property boundary",
                        "4 null is not a Feature",
                        "6 null is not well-formed JSON in UTF-8 near byte 605 of the file; nothing after it was read");
        assertThat(site("A", "boundary")).isEqualTo("polygon");
        assertThat(site("A", "latitude")).isEqualTo("18.5204");
        for (String noCollection :
                List.of("", "[]", "{}", "{\"features\":7}", "nonsense", "{\"x\":\"" + "y".repeat(2_000_000))) {
            JsonNode refused = finished(coordinator.upload("", "application/geo+json", noCollection.getBytes()));
            assertThat(refused.get("state").asText()).isEqualTo("failed");
            assertThat(problems(refused)).hasSize(1);
        }
    }

    @Test
    void whatIsExportedComesBackUnchanged() throws Exception {
        UUID parent = coordinator.create(site("PARENT"));
        UUID id = coordinator.create(site("A-1")
                .with("name", "=1+1, \"quoted\"\nand more")
                .with("parent", parent)
                .with("address", "'=already guarded")
                .with("latitude", -0.00001)
                .with("active", false)
                .with("access", Map.of("contact", "+91 20 555", "hazards", "-", "key", "@guard")));
        coordinator.put(
                "/api/v1/sites/" + id + "/boundary",
                json.readTree("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}"),
                "\"0\"");
        imported("", HEADER + "\nÄ-2,Grüße,tower,1,2\n");

        byte[] csv = coordinator.download("/api/v1/sites/export", "text/csv").getBody();
        byte[] geoJson = coordinator
                .download("/api/v1/sites/export", "application/geo+json")
                .getBody();

        assertThat(new String(csv, StandardCharsets.UTF_8))
                .startsWith("code,name,kind,latitude,longitude,parent,address,")
                .contains("\"'=1+1, \"\"quoted\"\"")
                .contains(",'+91 20 555,")
                .contains(",-1.0E-5,");
        assertCounts(finished(coordinator.upload("", "text/csv", csv)), "completed", 3, 0, 0, 3, 0);
        assertCounts(finished(coordinator.upload("", "application/geo+json", geoJson)), "completed", 3, 0, 0, 3, 0);
        assertCounts(
                finished(otherCoordinator, otherCoordinator.upload("", "text/csv", csv)), "completed", 3, 3, 0, 0, 0);
        assertThat(otherCoordinator.download("/api/v1/sites/export", "text/csv").getBody())
                .isEqualTo(csv);
        assertThat(otherCoordinator
                        .download("/api/v1/sites/export", "application/geo+json")
                        .getBody())
                .isEqualTo(geoJson);
    }

    @Test
    void anImportThatDiedWithItsProcessGoesOnWhereItStood() {
        String file = manySites(5_000) + "LATE,Name,tower,91,181,\n";
        for (int transactions = 0; transactions < 14; transactions++) {
            worker.stop();
            UUID id = UUID.fromString(body(coordinator.upload(
                            "",
                            "text/csv",
                            file.replace("SITE-", "S" + transactions + "-").getBytes()))
                    .get("id")
                    .asText());
            int[] left = {transactions};
            run.run(records.claim().orElseThrow(), () -> left[0]-- <= 0);
            tables.sql(
                            "update site_import set claimed_until = now() - interval '1 second' where id = :id and state = 'RUNNING'")
                    .param("id", id)
                    .update();
            worker.start();

            JsonNode done = finished(coordinator, id);

            assertCounts(done, "completed", 5_001, 5_000, 0, 0, 1);
            assertThat(done.get("problems").asInt()).isEqualTo(2);
        }
        assertThat(body(coordinator.get("/api/v1/sites?size=1")).get("total").asInt())
                .isEqualTo(14 * 5_000);
    }

    private static String manySites(int count) {
        StringBuilder file = new StringBuilder(HEADER).append(",address\n");
        for (int site = 0; site < count; site++) {
            file.append(String.format(
                    Locale.ROOT,
                    "SITE-%06d,Tower %d,tower,%.6f,%.6f,\"Plot %d, Ring Road\"%n",
                    site,
                    site,
                    8 + 27 * ((site * 0.618033988749895) % 1),
                    69 + 27 * ((site * 0.754877666246693) % 1),
                    site));
        }
        return file.toString();
    }

    private JsonNode imported(String query, String file) {
        return finished(coordinator.upload(query, "text/csv", file.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> failure(String file) {
        JsonNode done = imported("", file);
        assertThat(done.get("state").asText()).isEqualTo("failed");
        return problems(done);
    }

    private JsonNode finished(ResponseEntity<JsonNode> accepted) {
        return finished(coordinator, accepted);
    }

    private JsonNode finished(Caller caller, ResponseEntity<JsonNode> accepted) {
        assertThat(accepted.getStatusCode().value())
                .as("%s", accepted.getBody())
                .isEqualTo(202);
        return finished(caller, UUID.fromString(body(accepted).get("id").asText()));
    }

    private JsonNode finished(Caller caller, UUID id) {
        return await().until(() -> body(caller.get("/api/v1/site-imports/" + id)), found -> !found.get("finishedAt")
                .isNull());
    }

    private List<String> problems(JsonNode done) {
        List<String> problems = new ArrayList<>();
        body(coordinator.get("/api/v1/site-imports/" + done.get("id").asText() + "/problems"))
                .get("items")
                .forEach(problem -> problems.add(problem.get("row").asText() + " "
                        + problem.get("column").asText() + " "
                        + problem.get("reason").asText()));
        return problems;
    }

    private static void assertCounts(
            JsonNode done, String state, int read, int created, int updated, int unchanged, int refused) {
        assertThat(List.of(
                        done.get("state").asText(),
                        done.get("rowsRead").asInt(),
                        done.get("created").asInt(),
                        done.get("updated").asInt(),
                        done.get("unchanged").asInt(),
                        done.get("refused").asInt()))
                .as("%s", done)
                .isEqualTo(List.of(state, read, created, updated, unchanged, refused));
    }

    private String site(String code, String member) {
        return body(coordinator.get("/api/v1/sites?q=" + code))
                .at("/items/0/" + member)
                .asText();
    }

    private String parentOf(String code) {
        return body(coordinator.get("/api/v1/sites/" + site(code, "parent")))
                .get("code")
                .asText();
    }

    private int leftovers(JsonNode done) {
        return tables.sql(
                        """
                        select (select count(*) from site_import_row where import_id = :id)
                          + (select count(*) from site_import_chunk where import_id = :id)
                        """)
                .param("id", UUID.fromString(done.get("id").asText()))
                .query(Integer.class)
                .single();
    }
}
