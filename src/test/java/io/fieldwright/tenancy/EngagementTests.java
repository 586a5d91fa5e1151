package io.fieldwright.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.Partners;
import io.fieldwright.people.Office;
import io.fieldwright.people.PersonDirectory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

@FieldwrightTest
class EngagementTests {

    private static final String PATH = "/api/v1/engagements";

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Organisations organisations;

    @Autowired
    private Engagements engagements;

    @Autowired
    private Partners partners;

    @Autowired
    private Office office;

    @Autowired
    private PersonDirectory directory;

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    private String unique;
    private String corporate;
    private String north;
    private String south;
    private String first;
    private String second;
    private String third;

    @BeforeEach
    void twoCirclesAndThreeVendors() {
        unique = UUID.randomUUID().toString().substring(0, 6);
        corporate = "corp-" + unique;
        north = "north-" + unique;
        south = "south-" + unique;
        first = "first-" + unique;
        second = "second-" + unique;
        third = "third-" + unique;
        organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(north, Organisation.Kind.CIRCLE, "North", corporate);
        organisations.create(south, Organisation.Kind.CIRCLE, "South", corporate);
        for (String vendor : List.of(first, second, third)) {
            organisations.create(vendor, Organisation.Kind.VENDOR, vendor, null);
            partners.showCompliance(vendor);
        }
    }

    @Test
    void everybodySeesTheChainsTheyStandInAndNoOthers() {
        UUID northFirst = partners.engage(north, first).id();
        UUID northFirstSecond = below(northFirst, second);
        UUID northFirstThird = below(northFirst, third);
        UUID northFirstSecondThird = below(northFirstSecond, third);
        UUID southThird = partners.engage(south, third).id();

        Map<String, List<UUID>> sights = Map.of(
                corporate, List.of(northFirst, northFirstSecond, northFirstThird, northFirstSecondThird, southThird),
                north, List.of(northFirst, northFirstSecond, northFirstThird, northFirstSecondThird),
                south, List.of(southThird),
                first, List.of(northFirst, northFirstSecond, northFirstThird, northFirstSecondThird),
                second, List.of(northFirstSecond, northFirstSecondThird),
                third, List.of(northFirstThird, northFirstSecondThird, southThird));
        sights.forEach((organisation, seen) -> {
            Caller caller = administratorOf(organisation);
            assertThat(ids(caller)).as(organisation).containsExactlyInAnyOrderElementsOf(seen);
            for (UUID id : List.of(northFirst, northFirstSecond, northFirstThird, northFirstSecondThird, southThird)) {
                assertThat(caller.get(PATH + "/" + id).getStatusCode())
                        .as(organisation)
                        .isEqualTo(seen.contains(id) ? HttpStatus.OK : HttpStatus.NOT_FOUND);
            }
        });
    }

    @Test
    void tenantsFollowTheChainAndTheFormerOnesStayWithTheirOwner() {
        UUID northFirst = partners.engage(north, first).id();
        UUID northFirstSecond = below(northFirst, second);
        assertThat(tenants(first)).containsExactlyInAnyOrder(first, chain(north, first), chain(north, first, second));
        assertThat(tenants(second)).containsExactlyInAnyOrder(second, chain(north, first, second));

        engagements.end(northFirstSecond, "*", today.minusDays(1), "work done");

        assertThat(tenants(second)).containsExactly(second);
        assertThat(tenants(first)).contains(chain(north, first, second));
        engagements.end(northFirst, "*", today.minusDays(1), "contract over");
        assertThat(tenants(first)).containsExactly(first);
        assertThat(tenants(north)).containsExactlyInAnyOrder(north, chain(north, first), chain(north, first, second));
        assertThat(tenants(corporate)).contains(north, south, chain(north, first, second));
    }

    @Test
    void suspendedLinkPutsTheChainBelowItAtRest() {
        below(partners.engage(north, first).id(), second);
        assertThat(engagements.workersOf(north).keySet()).containsExactly(north, first, second);

        organisations.suspend(first, "*", "licence withdrawn");

        assertThat(engagements.workersOf(north).keySet()).containsExactly(north);
        assertThat(tenants(second)).containsExactly(second);
        organisations.reactivate(first, "*", "licence renewed");
        assertThat(tenants(second)).contains(chain(north, first, second));
    }

    @Test
    void vendorOfSeveralChainsWorksInTheShortest() {
        UUID northFirst = partners.engage(north, first).id();
        below(northFirst, second);
        assertThat(engagements.workersOf(north).get(second).tenantId()).isEqualTo(chain(north, first, second));

        partners.engage(north, second);

        assertThat(engagements.workersOf(north).get(second).tenantId()).isEqualTo(chain(north, second));
    }

    @Test
    void tenantAdministratorsEngageForTheirOwnOrganisation() {
        ResponseEntity<JsonNode> direct = post(administratorOf(north), north, first, null, today, null);
        assertThat(direct.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(direct.getBody().get("chain").toString()).isEqualTo("[\"%s\",\"%s\"]".formatted(north, first));
        UUID parent = id(direct);

        ResponseEntity<JsonNode> below = post(administratorOf(first), null, second, parent, today, null);

        assertThat(below.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(below.getBody().get("principal").asText()).isEqualTo(first);
        assertThat(below.getBody().get("parent").asText()).isEqualTo(parent.toString());
        ResponseEntity<JsonNode> read =
                administratorOf(first).get(below.getHeaders().getLocation().getPath());
        assertThat(read.getBody()).isEqualTo(below.getBody());
        assertThat(read.getHeaders().getETag()).isEqualTo(below.getHeaders().getETag());
    }

    @Test
    void foreignPrincipalsAndParentsAreRefusedAsUnknownOnes() {
        UUID northFirst = partners.engage(north, first).id();
        for (String principal : List.of(south, corporate, second, "no-such", chain(north, first))) {
            assertRefused(
                    post(administratorOf(north), principal, third, null, today, null),
                    HttpStatus.BAD_REQUEST,
                    "principal",
                    "principal: is none that you engage vendors for");
        }
        for (UUID parent : List.of(northFirst, UUID.randomUUID())) {
            assertRefused(
                    post(administratorOf(third), null, second, parent, today, null),
                    HttpStatus.BAD_REQUEST,
                    "parent",
                    "parent: there is no such parent");
        }
        assertRefused(
                post(administratorOf(north), null, second, northFirst, today, null),
                HttpStatus.BAD_REQUEST,
                "principal",
                "principal: is none that you engage vendors for");
    }

    @Test
    void whatIsNoActiveVendorIsRefusedAsAnUnknownOne() {
        organisations.suspend(third, "*", "licence withdrawn");
        for (String vendor : List.of(third, south, corporate, "no-such", chain(south, first))) {
            assertRefused(
                    post(administratorOf(north), north, vendor, null, today, null),
                    HttpStatus.BAD_REQUEST,
                    "vendor",
                    "vendor: must be an active vendor");
        }
    }

    @Test
    void nobodyStandsTwiceInAChain() {
        UUID northFirst = partners.engage(north, first).id();
        UUID northFirstSecond = below(northFirst, second);

        for (String vendor : List.of(first, second)) {
            assertRefused(
                    post(administratorOf(second), second, vendor, northFirstSecond, today, null),
                    HttpStatus.CONFLICT,
                    "vendor",
                    "the vendor is in this chain already: " + chain(north, first, second));
        }
    }

    @Test
    void chainsEndAtFiveEngagementsAndWhereTheEngineCannotNameThem() {
        UUID parent = null;
        String principal = "c-" + unique;
        organisations.create(principal, Organisation.Kind.CIRCLE, "Circle", corporate);
        for (int depth = 1; depth <= 6; depth++) {
            String vendor = "v" + depth + unique;
            organisations.create(vendor, Organisation.Kind.VENDOR, vendor, null);
            partners.showCompliance(vendor);
            ResponseEntity<JsonNode> answer =
                    post(platform(), parent == null ? principal : null, vendor, parent, today, null);
            if (depth == 6) {
                assertRefused(answer, HttpStatus.CONFLICT, "parent", "a chain has at most 5 engagements");
            } else {
                parent = id(answer);
            }
        }
        String longName = "a".repeat(40);
        String vendor = longName.substring(unique.length()) + unique;
        organisations.create(vendor, Organisation.Kind.VENDOR, "Long", null);
        UUID northFirst = partners.engage(north, first).id();
        assertRefused(
                post(platform(), null, vendor, northFirst, today, null),
                HttpStatus.CONFLICT,
                "vendor",
                "the codes in this chain are together longer than 64");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01,           2025-12-31, 400, validTo",
        "1999-12-31,           ,           400, validFrom",
        "2100-01-02,           ,           400, validFrom",
        "+999999999-12-31,     ,           400, validFrom",
        "2026-01-01,           2100-01-02, 400, validTo",
        "2026-01-01,           2026-01-01, 201, "
    })
    void datesAreInOrderAndOfThisCentury(String from, @Nullable String to, int status, @Nullable String field) {
        ResponseEntity<JsonNode> answer = administratorOf(north).post(PATH, body(north, first, null, from, to));

        assertThat(answer.getStatusCode().value()).isEqualTo(status);
        if (field != null) {
            assertThat(answer.getBody().at("/errors/0/field").asText()).isEqualTo(field);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 2026-06-30, validFrom",
        "2026-02-01, 2026-07-01, validTo",
        "2026-02-01, ,           validTo"
    })
    void subcontractLiesWithinTheEngagementAbove(String from, @Nullable String to, String field) {
        UUID parent = engagements
                .engage(north, first, LocalDate.of(2026, 2, 1), LocalDate.of(2026, 6, 30))
                .id();

        ResponseEntity<JsonNode> refused = platform().post(PATH, body(null, second, parent, from, to));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01, 2026-01-31, 201",
        "2026-01-01, 2026-02-01, 409",
        "2026-03-01, 2026-03-02, 409",
        "2026-06-30, ,           409",
        "2026-01-01, ,           409",
        "2026-07-01, ,           201"
    })
    void vendorIsEngagedOnceAtATime(String from, @Nullable String to, int status) {
        engagements.engage(north, first, LocalDate.of(2026, 2, 1), LocalDate.of(2026, 6, 30));

        ResponseEntity<JsonNode> answer = administratorOf(north).post(PATH, body(north, first, null, from, to));

        assertThat(answer.getStatusCode().value()).isEqualTo(status);
    }

    @Test
    void oneOfTwoSimultaneousEngagementsIsRefused() throws Exception {
        Caller administrator = administratorOf(north);
        CyclicBarrier barrier = new CyclicBarrier(2);
        Callable<HttpStatus> attempt = () -> {
            barrier.await();
            return HttpStatus.valueOf(post(administrator, north, first, null, today, null)
                    .getStatusCode()
                    .value());
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<HttpStatus> answers = new ArrayList<>();
            for (Future<HttpStatus> answer : threads.invokeAll(List.of(attempt, attempt))) {
                answers.add(answer.get());
            }
            assertThat(answers).containsExactlyInAnyOrder(HttpStatus.CREATED, HttpStatus.CONFLICT);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void endedEngagementEndsAllBelowAndMayBeRenewed() {
        UUID northFirst = partners.engage(north, first).id();
        UUID northFirstSecond = below(northFirst, second);

        ResponseEntity<JsonNode> ended = end(administratorOf(north), northFirst, today);

        assertThat(ended.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(ended.getBody().get("validTo").asText()).isEqualTo(today.toString());
        assertThat(ended.getBody().get("endReason").asText()).isEqualTo("contract over");
        assertThat(engagements.get(northFirstSecond).validTo()).isEqualTo(today);
        UUID renewed = id(post(administratorOf(north), north, first, null, today.plusDays(1), null));
        assertThat(post(administratorOf(first), null, second, renewed, today.plusDays(1), null)
                        .getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
    }

    @Test
    void engagementThatHasNotBegunIsWithdrawn() {
        UUID id = id(post(administratorOf(north), north, first, null, today.plusDays(10), null));

        assertThat(end(administratorOf(north), id, today.plusDays(9)).getStatusCode())
                .isEqualTo(HttpStatus.OK);

        assertThat(post(administratorOf(north), north, first, null, today, null).getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
        assertThat(end(administratorOf(north), id, today.plusDays(9)).getStatusCode())
                .isEqualTo(HttpStatus.CONFLICT);
    }

    @Test
    void engagementIsEndedByItsPrincipalOrTheOwnerOfItsChain() {
        UUID northFirst = partners.engage(north, first).id();
        UUID northFirstSecond = below(northFirst, second);

        assertThat(end(administratorOf(first), northFirst, today).getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(end(administratorOf(second), northFirstSecond, today).getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(end(administratorOf(south), northFirst, today).getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(end(administratorOf(first), northFirstSecond, today.plusDays(9))
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(end(administratorOf(north), northFirstSecond, today).getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 40_000})
    void lastDayIsNeitherLongPastNorFarAway(int days) {
        UUID id = partners.engage(north, first).id();

        ResponseEntity<JsonNode> refused = end(administratorOf(north), id, today.plusDays(days));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("lastDay");
    }

    @Test
    void vendorWorksForClientsOfItsOwnOnlyInDualMode() {
        assertRefused(
                post(administratorOf(first), first, second, null, today, null),
                HttpStatus.BAD_REQUEST,
                "principal",
                "principal: must be a circle, or a vendor in dual mode");

        organisations.change(first, "*", new Organisations.Profile("First", null, true));

        assertThat(post(administratorOf(first), first, second, null, today, null)
                        .getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
        assertThat(tenants(second)).containsExactlyInAnyOrder(second, chain(first, second));
        assertThat(tenants(first)).containsExactlyInAnyOrder(first, chain(first, second));
        assertThat(tenants(corporate)).doesNotContain(chain(first, second));
    }

    @Test
    void theEngineNamesChainsAndFindsWhoTakesPartInThem() {
        below(partners.engage(north, first).id(), second);
        String tenant = chain(north, first, second);
        List<String> takingPart = List.of(corporate, north, first, second);
        List<String> usernames = new ArrayList<>();
        for (String organisation : List.of(corporate, north, south, first, second, third)) {
            String username = person(organisation);
            if (takingPart.contains(organisation)) {
                usernames.add(username);
            }
        }

        assertThat(directory.tenantNames(List.of(tenant)))
                .containsEntry(tenant, "North with %s with %s".formatted(first, second));
        assertThat(directory.search(
                        new PersonDirectory.Search(null, null, null, null, null, tenant, null, null, 0, 1000)))
                .extracting(PersonDirectory.Entry::username)
                .containsExactlyInAnyOrderElementsOf(usernames);
    }

    private UUID below(UUID parent, String vendor) {
        return engagements
                .engage(null, vendor, parent, LocalDate.of(2020, 1, 1), null)
                .id();
    }

    private static String chain(String... organisations) {
        return String.join("~", organisations);
    }

    private Set<String> tenants(String organisation) {
        return directory.find(person(organisation)).orElseThrow().tenants();
    }

    private static List<UUID> ids(Caller caller) {
        JsonNode items = caller.get(PATH + "?size=500").getBody().get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> UUID.fromString(item.get("id").asText()))
                .toList();
    }

    private static UUID id(ResponseEntity<JsonNode> created) {
        assertThat(created.getStatusCode())
                .as(String.valueOf(created.getBody()))
                .isEqualTo(HttpStatus.CREATED);
        return UUID.fromString(created.getBody().get("id").asText());
    }

    private static ResponseEntity<JsonNode> post(
            Caller caller,
            @Nullable String principal,
            String vendor,
            @Nullable UUID parent,
            LocalDate from,
            @Nullable LocalDate to) {
        return caller.post(PATH, body(principal, vendor, parent, from.toString(), to == null ? null : to.toString()));
    }

    private static String body(
            @Nullable String principal, String vendor, @Nullable UUID parent, String from, @Nullable String to) {
        return "{\"vendor\": \"" + vendor + "\", \"validFrom\": \"" + from + "\""
                + (principal == null ? "" : ", \"circle\": \"" + principal + "\"")
                + (parent == null ? "" : ", \"parent\": \"" + parent + "\"")
                + (to == null ? "" : ", \"validTo\": \"" + to + "\"") + "}";
    }

    private static ResponseEntity<JsonNode> end(Caller caller, UUID id, LocalDate lastDay) {
        return caller.post(
                PATH + "/" + id + "/end", "{\"lastDay\": \"" + lastDay + "\", \"reason\": \"contract over\"}", "*");
    }

    private static void assertRefused(ResponseEntity<JsonNode> answer, HttpStatus status, String field, String detail) {
        assertThat(answer.getStatusCode()).as(String.valueOf(answer.getBody())).isEqualTo(status);
        assertThat(answer.getBody().at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(answer.getBody().get("detail").asText()).isEqualTo(detail);
    }

    private Caller administratorOf(String organisation) {
        return office.signedIn(http, office.hire(organisation, "tenant-admin"));
    }

    private String person(String organisation) {
        return office.hire(organisation, "tenant-admin").username();
    }

    private Caller platform() {
        return office.signedIn(http, office.hire(corporate, "platform-admin"));
    }
}
