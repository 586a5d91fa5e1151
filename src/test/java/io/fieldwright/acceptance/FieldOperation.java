package io.fieldwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A circle with its people, a vehicle fleet, warehouses, 10,000 imported sites and equipment on some of them, all of it
 * entered over REST.
 */
final class FieldOperation {

    static final String PROJECT = "RECOVERY";
    static final int SITES = 10_000;

    private static final String CIRCLE = "circle";
    private static final List<String> ROLES = List.of(
            "coordinator",
            "project-manager",
            "asset-owner",
            "transport-coordinator",
            "driver",
            "storekeeper",
            "warehouse-manager",
            "finance-approver",
            "team-lead",
            "field-engineer");
    /** Latitude and longitude of cities that sites lie around: Pune, Mumbai, Nagpur, Bengaluru, Hubballi, Mangaluru. */
    private static final double[][] CITIES = {
        {18.5204, 73.8567},
        {19.076, 72.8777},
        {21.1458, 79.0882},
        {12.9716, 77.5946},
        {15.3647, 75.124},
        {12.9141, 74.856}
    };

    private final RunningApplication application;
    private final Map<String, RestUser> users = new HashMap<>();
    private final List<String> siteIds = new ArrayList<>();
    private String projectId;
    private String teamId;

    private FieldOperation(RunningApplication application) {
        this.application = application;
    }

    static FieldOperation furnish(RunningApplication application, int dismantles) {
        FieldOperation operation = new FieldOperation(application);
        operation.employ();
        operation.equip();
        operation.importSites(dismantles);
        operation.registerEquipment(dismantles);
        return operation;
    }

    private void employ() {
        RestUser administrator = administrator();
        create(
                administrator,
                "organisations",
                Map.of("code", CIRCLE, "kind", "CIRCLE", "name", "Circle", "parent", RunningApplication.CORPORATE));
        for (String role : ROLES) {
            create(
                    administrator,
                    "people",
                    Map.of(
                            "organisation", CIRCLE,
                            "username", role,
                            "password", RunningApplication.PASSWORD,
                            "name", role,
                            "designations", List.of(role)));
            users.put(role, new RestUser(application, role));
        }
        teamId = create(
                        administrator,
                        "teams",
                        Map.of(
                                "organisation",
                                CIRCLE,
                                "code",
                                "crew",
                                "name",
                                "Crew",
                                "lead",
                                "team-lead",
                                "members",
                                List.of("field-engineer"),
                                "skills",
                                List.of("dismantling")))
                .path("id")
                .asText();
    }

    private void equip() {
        RestUser coordinator = as("coordinator");
        create(coordinator, "clients", Map.of("code", "tower-company", "name", "Tower Company"));
        projectId = create(
                        coordinator,
                        "projects",
                        Map.of(
                                "code", PROJECT,
                                "client", "tower-company",
                                "name", "Recovery",
                                "manager", "project-manager",
                                "designPhase", "EXECUTION",
                                "workType", "DISMANTLE",
                                "startsOn", "2026-01-01"))
                .path("id")
                .asText();
        category(coordinator, "radio", "electronics", "40000.00", 25);
        category(coordinator, "feeder", "cable", "150.00", 1);
        RestUser transport = as("transport-coordinator");
        for (int number = 0; number < 20; number++) {
            create(
                    transport,
                    "vehicles",
                    Map.of(
                            "registration", "MH12AB%04d".formatted(number),
                            "vehicle", Map.of("name", "Truck " + number, "capacityKilograms", 2_000)));
        }
        for (int number = 0; number < CITIES.length; number++) {
            create(
                    transport,
                    "warehouses",
                    Map.of(
                            "code",
                            "store-" + number,
                            "warehouse",
                            Map.of(
                                    "name",
                                    "Store " + number,
                                    "latitude",
                                    CITIES[number][0],
                                    "longitude",
                                    CITIES[number][1],
                                    "capacityKilograms",
                                    500_000,
                                    "acceptedKinds",
                                    List.of("electronics", "cable"),
                                    "secure",
                                    true)));
        }
    }

    private static void category(RestUser coordinator, String code, String kind, String newPrice, double kilograms) {
        create(
                coordinator,
                "equipment-categories",
                Map.of(
                        "code", code,
                        "name", code,
                        "kind", kind,
                        "newPrice", newPrice,
                        "serialScan", kind.equals("electronics"),
                        "complexityRating", 2,
                        "weightKilograms", kilograms,
                        "volumeCubicMetres", 0.1));
    }

    private void importSites(int dismantles) {
        RestUser coordinator = as("coordinator");
        String id = coordinator
                .post("/api/v1/site-imports", "import", "text/csv", csv())
                .required()
                .path("id")
                .asText();
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !coordinator
                        .get("/api/v1/site-imports/" + id)
                        .path("finishedAt")
                        .isNull());
        JsonNode result = coordinator.get("/api/v1/site-imports/" + id);
        assertThat(result.path("created").asInt()).as(result.toString()).isEqualTo(SITES);
        for (int page = 0; siteIds.size() < dismantles; page++) {
            coordinator
                    .get("/api/v1/sites?sort=code&size=500&page=" + page)
                    .path("items")
                    .forEach(site -> siteIds.add(site.path("id").asText()));
        }
    }

    /** Towers scattered around the cities as towers are: dense in the middle, sparse outside. */
    private static String csv() {
        Random scatter = new Random(20_260_101);
        StringBuilder csv = new StringBuilder("code,name,kind,latitude,longitude,needsPermit\n");
        for (int number = 0; number < SITES; number++) {
            double[] city = CITIES[number % CITIES.length];
            csv.append("TOWER-%05d,Tower %d,tower,%.5f,%.5f,%s%n"
                    .formatted(
                            number,
                            number,
                            city[0] + scatter.nextGaussian() * 0.15,
                            city[1] + scatter.nextGaussian() * 0.15,
                            number % 5 == 0));
        }
        return csv.toString();
    }

    private void registerEquipment(int dismantles) {
        RestUser coordinator = as("coordinator");
        String model = create(
                        coordinator,
                        "equipment-models",
                        Map.of("category", "radio", "manufacturer", "Ericsson", "name", "Radio 2217"))
                .path("id")
                .asText();
        List<Map<String, Object>> items = new ArrayList<>();
        for (int site = 0; site < dismantles; site++) {
            for (int radio = 1; radio <= 2; radio++) {
                items.add(Map.of(
                        "modelId", model,
                        "serialNumber", serial(site, radio),
                        "condition", "working",
                        "inServiceSince",
                                LocalDate.now(ZoneOffset.UTC).minusYears(3).toString(),
                        "place", Map.of("kind", "site", "id", siteIds.get(site))));
            }
        }
        create(coordinator, "equipment-items/bulk", Map.of("items", items));
    }

    private static JsonNode create(RestUser user, String what, Map<String, ?> body) {
        return user.post("/api/v1/" + what, UUID.randomUUID().toString(), body).required();
    }

    static String serial(int site, int radio) {
        return "R-%05d-%d".formatted(site, radio);
    }

    static int cable(int site) {
        return 30 + site % 7;
    }

    Set<String> roles() {
        return users.keySet();
    }

    RestUser administrator() {
        return new RestUser(application, RunningApplication.ADMINISTRATOR);
    }

    RestUser as(String role) {
        return users.get(role);
    }

    String siteId(int site) {
        return siteIds.get(site);
    }

    String projectId() {
        return projectId;
    }

    String teamId() {
        return teamId;
    }
}
