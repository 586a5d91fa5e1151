package io.fieldwright.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.Partners;
import io.fieldwright.TableOwner;
import io.fieldwright.api.SuspiciousRequest;
import io.fieldwright.people.People;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.Engagements;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;

@FieldwrightTest
class AuditTests {

    private static final String PASSWORD = "correct horse battery";
    private static final String LOOPBACK = "127.0.0.1";

    @Autowired
    private Partners partners;

    @Autowired
    private Engagements engagements;

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Organisations organisations;

    @Autowired
    private People people;

    @Autowired
    private PersonDirectory directory;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private JdbcConnectionDetails database;

    @Autowired
    private SecurityEvents securityEvents;

    @Autowired
    private Sealing sealing;

    @Autowired
    private TableOwner owner;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String corporate = "corporate-" + unique;
    private final String circle = "circle-" + unique;
    private final String vendor = "vendor-" + unique;
    private final String shared = circle + "~" + vendor;
    private final String platform = "platform-" + unique;

    private Caller admin;

    @BeforeEach
    void furnish() {
        organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(circle, Organisation.Kind.CIRCLE, "Circle", corporate);
        organisations.create(vendor, Organisation.Kind.VENDOR, "Vendor", null);
        partners.showCompliance(vendor);
        engagements.engage(circle, vendor, LocalDate.of(2026, 1, 1), null);
        admin = appoint(circle, "admin", "tenant-admin");
    }

    private Caller appoint(String organisation, String role, String... designations) {
        String username = role + "-" + unique;
        people.create(
                organisation,
                username,
                PASSWORD,
                new People.Profile("Asha Kulkarni", null, null, "en", true, Set.of(designations)));
        return Caller.signedIn(http, username, PASSWORD);
    }

    /** As whoever takes an answer of any kind. */
    private ResponseEntity<String> plainly(String role, String path) {
        return http.withBasicAuth(role + "-" + unique, PASSWORD).getForEntity(path, String.class);
    }

    private static List<JsonNode> entries(Caller caller, String query) {
        var answer = caller.get("/api/v1/audit?size=500&" + query);
        assertThat(answer.getStatusCode().value()).as("%s", answer.getBody()).isEqualTo(200);
        return StreamSupport.stream(answer.getBody().get("items").spliterator(), false)
                .toList();
    }

    private JsonNode only(String query) {
        List<JsonNode> found = entries(admin, query);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private void assertWritten(JsonNode entry, String actor, Instant since) {
        assertThat(entry.get("actor").asText()).isEqualTo(actor);
        assertThat(entry.get("origin").asText()).isEqualTo(LOOPBACK);
        assertThat(Instant.parse(entry.get("at").asText())).isBetween(since, Instant.now());
        assertThat(entry.get("tenant").asText()).isEqualTo(circle);
        assertThat(entry.get("sequence").asLong()).isPositive();
        assertThat(entry.get("transaction").asText()).hasSize(36);
    }

    @Test
    void creationTellsWhoWhenFromWhereAndWhatIsThereNow() {
        Instant since = Instant.now();
        String id = createTeam(leadAndMembers("member-a", "member-b"));
        JsonNode entry = only("table=team&key=" + id);
        assertWritten(entry, "admin-" + unique, since);
        assertThat(entry.get("operation").asText()).isEqualTo("INSERT");
        assertThat(entry.get("before").isNull()).isTrue();
        assertThat(entry.get("after").get("name").asText()).isEqualTo("Crew");
        assertThat(entry.get("after").get("tenant_id").asText()).isEqualTo(circle);
    }

    @Test
    void changeTellsWhatWasThereBeforeAndAfterAndNothingElse() {
        String id = createTeam(leadAndMembers("member-a", "member-b"));
        Instant since = Instant.now();
        change(id, "Night crew", "member-a", "member-b");
        JsonNode entry = only("operation=UPDATE&table=team&key=" + id);
        assertWritten(entry, "admin-" + unique, since);
        assertThat(entry.get("before").get("name").asText()).isEqualTo("Crew");
        assertThat(entry.get("after").get("name").asText()).isEqualTo("Night crew");
        assertThat(entry.get("before").has("code")).isFalse();
        assertThat(entry.get("after").has("code")).isFalse();
    }

    @Test
    void removalTellsWhatIsGoneAndPartsStandInTheChainOfTheirWhole() {
        String id = createTeam(leadAndMembers("member-a", "member-b"));
        Instant since = Instant.now();
        change(id, "Crew", "member-a");
        List<JsonNode> removed = entries(admin, "table=team_member&operation=DELETE");
        assertThat(removed).isNotEmpty();
        JsonNode entry = removed.get(0);
        assertWritten(entry, "admin-" + unique, since);
        assertThat(entry.get("key").asText()).startsWith(id + "/");
        assertThat(entry.get("before").get("team_id").asText()).isEqualTo(id);
        assertThat(entry.get("after").isNull()).isTrue();
    }

    private String leadAndMembers(String... members) {
        List<String> named = new ArrayList<>();
        for (String member : members) {
            appoint(circle, member, "coordinator");
            named.add("\"%s-%s\"".formatted(member, unique));
        }
        return "\"lead\": \"admin-%s\", \"members\": [%s]".formatted(unique, String.join(", ", named));
    }

    private String createTeam(String leadAndMembers) {
        var answer = admin.post(
                "/api/v1/teams",
                "{\"code\": \"crew\", \"name\": \"Crew\", \"skills\": [], %s}".formatted(leadAndMembers));
        assertThat(answer.getStatusCode().value()).as("%s", answer.getBody()).isEqualTo(201);
        return answer.getBody().get("id").asText();
    }

    private void change(String id, String name, String... members) {
        String named = String.join(
                ", ",
                List.of(members).stream()
                        .map(member -> "\"%s-%s\"".formatted(member, unique))
                        .toList());
        var answer = admin.put(
                "/api/v1/teams/" + id,
                "{\"name\": \"%s\", \"skills\": [], \"active\": true, \"lead\": \"admin-%s\", \"members\": [%s]}"
                        .formatted(name, unique, named),
                "*");
        assertThat(answer.getStatusCode().value()).as("%s", answer.getBody()).isEqualTo(200);
    }

    @Test
    void secretsAreHiddenThoughTheirChangeIsTold() {
        appoint(circle, "driver", "coordinator");
        transaction.executeWithoutResult(
                status -> jdbc.sql("update person set password_hash = 'other' where username = :username")
                        .param("username", "driver-" + unique)
                        .update());
        List<JsonNode> told = entries(admin, "table=person&operation=UPDATE");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).get("before").get("password_hash").asText()).isEqualTo("(hidden)");
        assertThat(told.get(0).get("after").get("password_hash").asText()).isEqualTo("(hidden)");
        assertThat(entries(admin, "table=person&operation=INSERT").toString()).doesNotContain("$2a$", "$2b$");
    }

    @Test
    void workOfTheSystemIsItsOwn() {
        assertThat(only("table=organisation&key=" + circle).get("actor").asText())
                .isEqualTo("system");
    }

    @Test
    void reasonIsToldWhereTheWorkGaveOne() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select set_config('fieldwright.reason', 'moved to Pune', true)")
                    .query()
                    .singleRow();
            jdbc.sql("update organisation set name = 'Pune' where code = :code")
                    .param("code", circle)
                    .update();
        });
        assertThat(only("table=organisation&operation=UPDATE&key=" + circle)
                        .get("reason")
                        .asText())
                .isEqualTo("moved to Pune");
        engagements.engage(circle, vendor, LocalDate.of(2020, 1, 1), LocalDate.of(2020, 2, 1));
        Caller corporateAdmin = appoint(corporate, "corporate", "tenant-admin");
        List<JsonNode> engaged = entries(corporateAdmin, "table=engagement&tenant=" + shared);
        assertThat(engaged).hasSize(2);
        assertThat(engaged.get(0).get("reason").isNull()).isTrue();
    }

    @Test
    void statementsPastTheApplicationAreWrittenDownToo() throws SQLException {
        try (Connection past = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                Statement statement = past.createStatement()) {
            past.setAutoCommit(false);
            statement.execute("set local fieldwright.tenants = '*'");
            statement.execute("update organisation set name = 'Renamed' where code = '" + circle + "'");
            past.commit();
        }
        JsonNode entry = only("operation=UPDATE&key=" + circle);
        assertThat(entry.get("actor").asText()).isEqualTo("database:" + database.getUsername());
        assertThat(entry.get("origin").asText()).isEqualTo(LOOPBACK);
    }

    @Test
    void oneStatementOverManyRowsIsOneEntryForEachChangedRow() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql(
                            """
                            insert into client (id, version, tenant_id, code, name, language)
                            select gen_random_uuid(), 0, :circle, 'client-' || n, 'Client', 'en' from generate_series(1, 300) n""")
                    .param("circle", circle)
                    .update();
            jdbc.sql("update client set name = 'Client' where tenant_id = :circle")
                    .param("circle", circle)
                    .update();
            jdbc.sql("delete from client where tenant_id = :circle and code > 'client-2'")
                    .param("circle", circle)
                    .update();
        });
        List<JsonNode> written = entries(admin, "table=client");
        assertThat(written).filteredOn(entry -> is(entry, "INSERT")).hasSize(300);
        assertThat(written).filteredOn(entry -> is(entry, "UPDATE")).isEmpty();
        assertThat(written).filteredOn(entry -> is(entry, "DELETE")).hasSize(188);
        assertThat(written)
                .extracting(entry -> entry.get("transaction").asText())
                .containsOnly(written.get(0).get("transaction").asText());
    }

    private static boolean is(JsonNode entry, String operation) {
        return entry.get("operation").asText().equals(operation);
    }

    @Test
    void rowThatGoesToAnotherTenantLeavesOneChainAndEntersTheOther() {
        UUID id = UUID.randomUUID();
        transaction.executeWithoutResult(status -> {
            jdbc.sql(
                            """
                            insert into notification_template (id, version, tenant_id, event, language, subject, body)
                            values (:id, 0, :circle, 'event', 'en', 'ours', 'ours')""")
                    .param("id", id)
                    .param("circle", circle)
                    .update();
            jdbc.sql("update notification_template set tenant_id = :vendor, subject = 'theirs' where id = :id")
                    .param("vendor", vendor)
                    .param("id", id)
                    .update();
        });
        Caller theirAdmin = appoint(vendor, "theirs", "tenant-admin");
        JsonNode left = only("operation=LEAVE&key=" + id);
        assertThat(left.get("before").get("subject").asText()).isEqualTo("ours");
        assertThat(left.get("after").isNull()).isTrue();
        List<JsonNode> theirs = entries(theirAdmin, "key=" + id);
        assertThat(theirs).hasSize(1);
        assertThat(theirs.get(0).get("operation").asText()).isEqualTo("ENTER");
        assertThat(theirs.get(0).get("before").isNull()).isTrue();
        assertThat(theirs.get(0).get("after").get("subject").asText()).isEqualTo("theirs");
    }

    @Test
    void partsDeletedWithTheirWholeStayInItsChain() {
        UUID designation = UUID.randomUUID();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("insert into designation (id, version, tenant_id, code, name) values (:id, 0, :circle, 'x', 'X')")
                    .param("id", designation)
                    .param("circle", circle)
                    .update();
            jdbc.sql("insert into designation_permission (designation_id, permission) values (:id, 'sites.read')")
                    .param("id", designation)
                    .update();
        });
        transaction.executeWithoutResult(status -> jdbc.sql("delete from designation where id = :id")
                .param("id", designation)
                .update());
        JsonNode part = only("operation=DELETE&table=designation_permission");
        assertThat(part.get("key").asText()).isEqualTo(designation + "/sites.read");
    }

    @Test
    void workThatIsRolledBackWasNotDone() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update organisation set name = 'Never' where code = :code")
                    .param("code", circle)
                    .update();
            status.setRollbackOnly();
        });
        assertThat(entries(admin, "operation=UPDATE&key=" + circle)).isEmpty();
    }

    @Test
    void auditedTableCannotBeTruncated() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> jdbc.sql("truncate team_skill").update()))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void listGoesOnBehindTheLastEntryOfAPage() {
        createTeam(leadAndMembers("member-a", "member-b"));
        List<JsonNode> all = entries(admin, "");
        assertThat(all.size()).isGreaterThan(10);
        List<String> paged = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = admin.get("/api/v1/audit?size=7" + next).getBody();
            page.get("items").forEach(entry -> paged.add(entry.get("id").asText()));
            next = page.get("next").isNull()
                    ? null
                    : "&before=" + page.get("next").asText();
        }
        assertThat(paged)
                .containsExactlyElementsOf(
                        all.stream().map(entry -> entry.get("id").asText()).toList());
    }

    @Test
    void filtersByActorAndTime() {
        createTeam(leadAndMembers("member-a"));
        List<JsonNode> own = entries(admin, "actor=admin-" + unique);
        assertThat(own)
                .isNotEmpty()
                .allMatch(entry -> entry.get("actor").asText().equals("admin-" + unique));
        String moment = own.get(own.size() - 1).get("at").asText();
        assertThat(entries(admin, "actor=admin-%s&from=%s".formatted(unique, moment)))
                .hasSameSizeAs(own);
        assertThat(entries(admin, "actor=admin-%s&to=%s".formatted(unique, moment)))
                .isEmpty();
        assertThat(entries(admin, "actor=nobody")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tenant=nowhere, tenant",
        "before=nowhere:1, before",
        "before=x, before",
        "before=, before",
        "operation=ERASE, operation",
        "from=yesterday, from",
        "size=0, size",
        "size=501, size",
        "size=many, size",
        "before=x:99999999999999999999, before"
    })
    void wrongParameterIsNamed(String query, String field) {
        var answer = admin.get("/api/v1/audit?" + query);
        assertThat(answer.getStatusCode().value()).as("%s", answer.getBody()).isEqualTo(400);
        assertThat(answer.getBody().get("errors").toString()).contains("\"field\":\"" + field + "\"");
    }

    @Test
    void textThatCannotBeStoredIsRefused() {
        assertThat(admin.get("/api/v1/audit?actor=\0").getStatusCode().value()).isEqualTo(400);
    }

    @Test
    void chainsOutOfSightDoNotExist() {
        Caller theirs = appoint(vendor, "theirs", "tenant-admin");
        for (String path : List.of("/api/v1/audit", "/api/v1/audit/verification", "/api/v1/audit/export")) {
            var foreign = plainly("theirs", path + "?tenant=" + circle);
            var absent = plainly("theirs", path + "?tenant=nothing-" + unique);
            assertThat(foreign.getStatusCode().value()).as(path).isEqualTo(400);
            assertThat(foreign.getBody().replace(circle, "X"))
                    .contains("\"field\":\"tenant\"")
                    .isEqualTo(absent.getBody().replace("nothing-" + unique, "X"));
        }
        assertThat(theirs.get("/api/v1/audit?before=" + circle + ":1")
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        assertThat(entries(theirs, ""))
                .extracting(entry -> entry.get("tenant").asText())
                .containsOnly(vendor, shared);
    }

    @Test
    void corporateSeesTheChainsOfItsCirclesAndOfWhomTheyEngage() {
        Caller above = appoint(corporate, "above", "compliance");
        assertThat(entries(above, ""))
                .extracting(entry -> entry.get("tenant").asText())
                .contains(corporate, circle, shared)
                .doesNotContain(vendor, Audit.PLATFORM);
    }

    @Test
    void readingNeedsThePermissionAndThePlatformAnotherOne() {
        appoint(circle, "coordinator", "coordinator");
        for (String path : List.of("/api/v1/audit", "/api/v1/audit/verification", "/api/v1/audit/export")) {
            assertThat(plainly("coordinator", path).getStatusCode().value()).isEqualTo(403);
            assertThat(plainly("admin", path + "?tenant=-").getStatusCode().value())
                    .isEqualTo(403);
        }
        Caller platformAdmin = appoint(corporate, platform, "platform-admin");
        assertThat(platformAdmin.get("/api/v1/audit?tenant=-").getStatusCode().value())
                .isEqualTo(200);
        assertThat(platformAdmin
                        .get("/api/v1/audit/verification?tenant=-")
                        .getBody()
                        .get("state")
                        .asText())
                .isEqualTo("INTACT");
    }

    @Test
    void failedSignInIsKeptWithThePlatform() {
        Caller platformAdmin = appoint(corporate, platform, "platform-admin");
        Caller.signedIn(http, "admin-" + unique, "wrong horse battery").get("/api/v1/audit");
        Caller.signedIn(http, "Secret " + unique, "wrong horse battery").get("/api/v1/audit");
        List<JsonNode> failures = entries(platformAdmin, "tenant=-&operation=SECURITY");
        assertThat(failures).anySatisfy(entry -> {
            assertThat(entry.get("event").asText()).isEqualTo("sign-in-failed");
            assertThat(entry.get("detail").asText()).isEqualTo("admin-" + unique + ": BadCredentials");
            assertThat(entry.get("origin").asText()).isEqualTo(LOOPBACK);
            assertThat(entry.get("actor").isNull()).isTrue();
        });
        assertThat(failures.toString()).doesNotContain("Secret " + unique, "horse");
    }

    @Test
    void whatASignedInPersonDidIsKeptInTheChainOfTheirOrganisation() {
        SignedInPerson person = directory.find("admin-" + unique).orElseThrow();
        var authentication = UsernamePasswordAuthenticationToken.authenticated(person, null, person.getAuthorities());
        SecurityContextHolder.getContext().setAuthentication(authentication);
        try {
            events.publishEvent(new InteractiveAuthenticationSuccessEvent(authentication, AuditTests.class));
            events.publishEvent(new SuspiciousRequest("reused-token", "of a family that was revoked"));
        } finally {
            SecurityContextHolder.clearContext();
        }
        List<JsonNode> kept = entries(admin, "operation=SECURITY");
        assertThat(kept).extracting(entry -> entry.get("event").asText()).containsExactly("reused-token", "signed-in");
        assertThat(kept).extracting(entry -> entry.get("actor").asText()).containsOnly("admin-" + unique);
        assertThat(kept).extracting(entry -> entry.get("tenant").asText()).containsOnly(circle);
    }

    @Test
    void suspiciousRequestIsKeptThoughItsWorkIsRolledBack() {
        Caller platformAdmin = appoint(corporate, platform, "platform-admin");
        transaction.executeWithoutResult(status -> {
            events.publishEvent(new SuspiciousRequest("spoofed-tenant", "X-Tenant: \0" + unique));
            status.setRollbackOnly();
        });
        assertThat(entries(platformAdmin, "tenant=-&operation=SECURITY"))
                .anySatisfy(entry -> assertThat(entry.get("detail").asText()).contains(unique));
    }

    @Test
    void searchByActorUsesItsIndexThoughTheTableIsWalled() {
        TenantScope.asSystem(() -> transaction.executeWithoutResult(status -> jdbc.sql(
                        """
                        select count(audit_security_event(:tenant, 'person-' || n % 1000, null, 'tried', 'anything'))
                        from generate_series(1, 20000) n""")
                .param("tenant", circle)
                .query()
                .singleRow()));
        sealing.sealNow();
        owner.sql("analyze audit_entry, audit_seal").update();

        List<String> plan = new ArrayList<>();
        as(
                "admin-" + unique,
                () -> transaction.executeWithoutResult(status -> plan.addAll(jdbc.sql("explain " + Audit.FOUND)
                        .param("tenants", new String[] {circle}, Types.ARRAY)
                        .param("table", null, Types.VARCHAR)
                        .param("key", null, Types.VARCHAR)
                        .param("actor", "person-7", Types.VARCHAR)
                        .param("operation", null, Types.VARCHAR)
                        .param("from", null, Types.VARCHAR)
                        .param("to", null, Types.VARCHAR)
                        .param("beforeAt", null, Types.VARCHAR)
                        .param("beforeId", null, Types.BIGINT)
                        .param("most", 50)
                        .query(String.class)
                        .list())));

        assertThat(String.join("\n", plan)).contains("audit_entry_actor").doesNotContain("Seq Scan");
        assertThat(entries(admin, "actor=person-7")).hasSize(20);
    }

    private void as(String username, Runnable work) {
        SignedInPerson person = directory.find(username).orElseThrow();
        SecurityContextHolder.getContext()
                .setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(person, null, person.getAuthorities()));
        try {
            work.run();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    @Test
    void refusedTokenIsKeptWithThePlatform() {
        Caller platformAdmin = appoint(corporate, platform, "platform-admin");
        for (String token : List.of("made-up", "fwk_made-up")) {
            HttpHeaders headers = new HttpHeaders();
            headers.setBearerAuth(token);
            assertThat(http.exchange("/api/v1/me", HttpMethod.GET, new HttpEntity<>(headers), String.class)
                            .getStatusCode()
                            .value())
                    .isEqualTo(401);
        }
        List<JsonNode> kept = entries(platformAdmin, "tenant=-&operation=SECURITY").stream()
                .filter(entry -> entry.get("event").asText().equals("token-refused"))
                .toList();
        assertThat(kept).isNotEmpty();
        assertThat(kept.toString()).doesNotContain("made-up");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/audit, by a permission",
        "POST, /engine-rest/process-definition/key/site-lifecycle/start, by the engine",
        "GET, /actuator/info, by the chain of filters"
    })
    void refusedAccessIsKeptInTheChainOfTheOrganisation(String method, String path) {
        appoint(circle, "coordinator", "coordinator");
        HttpEntity<?> body = method.equals("POST") ? new HttpEntity<>(Map.of()) : null;
        assertThat(http.withBasicAuth("coordinator-" + unique, PASSWORD)
                        .exchange(path, HttpMethod.valueOf(method), body, String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(403);
        JsonNode kept = only("operation=SECURITY");
        assertThat(kept.get("event").asText()).isEqualTo("access-refused");
        assertThat(kept.get("detail").asText()).isEqualTo(method + " " + path);
        assertThat(kept.get("actor").asText()).isEqualTo("coordinator-" + unique);
        assertThat(kept.get("origin").asText()).isEqualTo(LOOPBACK);
    }

    @Test
    void whoeverGoesOnAskingForWhatTheyMayNotCannotFillTheAuditEither() {
        Caller coordinator = appoint(circle, "coordinator", "coordinator");
        for (int attempt = 0; attempt < 20; attempt++) {
            coordinator.get("/api/v1/audit");
        }
        assertThat(entries(admin, "operation=SECURITY"))
                .hasSizeBetween(11, 13)
                .anySatisfy(entry -> assertThat(entry.get("detail").asText()).contains("goes on"));
    }

    @Test
    void whoeverHasProvedNothingCannotFillTheAudit() throws Exception {
        Caller platformAdmin = appoint(corporate, platform, "platform-admin");
        String network = "2001:db8:%s:%s::".formatted(unique.substring(0, 4), unique.substring(4));
        for (int host = 1; host <= 30; host++) {
            attack("spoofed-header", network + host);
        }
        attack("mass-assignment", network + 1);
        attack("spoofed-header", "198.51.100.1");

        List<JsonNode> kept = entries(platformAdmin, "tenant=-&operation=SECURITY").stream()
                .filter(entry -> entry.get("origin").asText().startsWith("2001:db8:")
                        || entry.get("detail").asText().contains(unique))
                .toList();
        assertThat(kept)
                .filteredOn(entry -> !entry.get("detail").asText().contains("goes on"))
                .extracting(entry -> entry.get("event").asText())
                .containsOnly("spoofed-header", "mass-assignment")
                .hasSize(12);
        assertThat(kept)
                .filteredOn(entry -> entry.get("detail").asText().contains("goes on"))
                .extracting(entry -> entry.get("origin").asText())
                .containsExactly(network + 11);
    }

    private void attack(String kind, String address) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        securityEvents.doFilter(
                request,
                new MockHttpServletResponse(),
                (same, answer) -> events.publishEvent(new SuspiciousRequest(kind, "of " + unique)));
    }
}
