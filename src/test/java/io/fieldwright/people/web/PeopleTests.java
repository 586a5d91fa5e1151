package io.fieldwright.people.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.Partners;
import io.fieldwright.TableOwner;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

@FieldwrightTest
class PeopleTests {

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Organisations organisations;

    @Autowired
    private Partners partners;

    @Autowired
    private People people;

    @Autowired
    private TableOwner tables;

    private String corporate;
    private String here;
    private String elsewhere;
    private String vendor;
    private Caller administrator;

    @BeforeEach
    void twoCirclesAndAVendor() {
        String unique = unique();
        corporate = "corporate-" + unique;
        here = "here-" + unique;
        elsewhere = "elsewhere-" + unique;
        vendor = "vendor-" + unique;
        organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(here, Organisation.Kind.CIRCLE, "Here", corporate);
        organisations.create(elsewhere, Organisation.Kind.CIRCLE, "Elsewhere", corporate);
        organisations.create(vendor, Organisation.Kind.VENDOR, "Vendor", null);
        partners.engage(here, vendor);
        administrator = signedIn(person(here, "tenant-admin"));
    }

    @Test
    void createdPersonCanSignInAndIsWhoTheyAreDesignatedToBe() {
        String username = "asha-" + unique();

        ResponseEntity<JsonNode> created = administrator.post(
                "/api/v1/people",
                """
                {"username": "%s", "password": "%s", "name": "Asha Rao", "email": "asha@example.org",
                 "phone": "+91 20 1234", "language": "mr", "designations": ["coordinator", "storekeeper"]}"""
                        .formatted(username, PASSWORD));

        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(created.getBody().get("organisation").asText()).isEqualTo(here);
        assertThat(created.getBody().get("active").asBoolean()).isTrue();
        assertThat(created.getBody().get("designations").toString()).isEqualTo("[\"coordinator\",\"storekeeper\"]");
        assertThat(created.getBody().toString()).doesNotContain("assword");
        ResponseEntity<JsonNode> read =
                administrator.get(created.getHeaders().getLocation().getPath());
        assertThat(read.getBody()).isEqualTo(created.getBody());
        assertThat(read.getHeaders().getETag()).isEqualTo(created.getHeaders().getETag());

        JsonNode me =
                Caller.signedIn(http, username, PASSWORD).get("/api/v1/me").getBody();
        assertThat(me.get("name").asText()).isEqualTo("Asha Rao");
        assertThat(me.get("organisation").asText()).isEqualTo(here);
        assertThat(me.get("tenants").toString()).isEqualTo("[\"%s\",\"%s~%s\"]".formatted(here, here, vendor));
        assertThat(me.get("groups").toString()).isEqualTo("[\"coordinator\",\"storekeeper\"]");
        assertThat(me.get("permissions").toString()).contains("\"people.read\"").doesNotContain("people.write");
    }

    @Test
    void personOfAnotherOrganisationDoesNotExist() {
        Person foreign = person(elsewhere, "coordinator");
        Person ofVendor = person(vendor, "team-lead");
        String change = profile("coordinator");

        for (Person person : Set.of(foreign, ofVendor)) {
            UUID unknown = UUID.randomUUID();
            ResponseEntity<JsonNode> read = administrator.get("/api/v1/people/" + person.id());
            assertThat(read.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(detail(read).replace(person.id().toString(), unknown.toString()))
                    .isEqualTo(detail(administrator.get("/api/v1/people/" + unknown)));
            assertThat(administrator
                            .put("/api/v1/people/" + person.id(), change, "*")
                            .getStatusCode())
                    .isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(administrator.get("/api/v1/people?size=500").getBody().toString())
                    .doesNotContain(person.username());
        }
        assertThat(administrator.get("/api/v1/people/no-id").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void foreignOrganisationIsRefusedAsAnUnknownOne() {
        for (String organisation : Set.of(elsewhere, corporate, vendor, here + "~" + vendor, "no-such")) {
            ResponseEntity<JsonNode> refused = administrator.post(
                    "/api/v1/people",
                    newPerson("somebody-" + unique(), ", \"organisation\": \"" + organisation + "\""));

            assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
            assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("organisation");
            assertThat(detail(refused)).isEqualTo("organisation: there is no organisation " + organisation);
        }
    }

    @Test
    void organisationOutOfSightIsRefusedAsAnUnknownOneThoughThePlatformManagesIt() {
        Caller platform = signedIn(person(corporate, "platform-admin"));
        assertThat(platform.get("/api/v1/organisations/" + vendor).getStatusCode())
                .isEqualTo(HttpStatus.OK);

        for (String organisation : Set.of(vendor, here + "~" + vendor, "no-such")) {
            ResponseEntity<JsonNode> refused = platform.post(
                    "/api/v1/people",
                    newPerson("somebody-" + unique(), ", \"organisation\": \"" + organisation + "\""));

            assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
            assertThat(detail(refused)).isEqualTo("organisation: there is no organisation " + organisation);
        }
    }

    @Test
    void platformAdministratorLetsInTheFirstAdministratorOfACircle() {
        Caller platform = signedIn(person(corporate, "platform-admin"));

        ResponseEntity<JsonNode> created = platform.post(
                "/api/v1/people",
                newPerson(
                        "first-" + unique(),
                        ", \"organisation\": \"" + here + "\", \"designations\": [\"tenant-admin\"]"));

        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(created.getBody().get("organisation").asText()).isEqualTo(here);
    }

    @Test
    void organisationIsCreatedTogetherWithSomebodyWhoLooksAfterIt() {
        Caller platform = signedIn(person(corporate, "platform-admin"));
        String code = "newcomer-" + unique();

        ResponseEntity<JsonNode> refused = platform.post(
                "/api/v1/organisations",
                """
                {"code": "%s", "kind": "VENDOR", "name": "Newcomer",
                 "administrator": {"username": "%s", "password": "short", "name": "Tara"}}"""
                        .formatted(code, code));
        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(detail(refused)).contains("password");

        ResponseEntity<JsonNode> created = platform.post(
                "/api/v1/organisations",
                """
                {"code": "%s", "kind": "VENDOR", "name": "Newcomer",
                 "administrator": {"username": "%s", "password": "%s", "name": "Tara"}}"""
                        .formatted(code, code, PASSWORD));
        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(platform.get(created.getHeaders().getLocation().getPath()).getStatusCode())
                .isEqualTo(HttpStatus.OK);
        JsonNode me = Caller.signedIn(http, code, PASSWORD).get("/api/v1/me").getBody();
        assertThat(me.get("organisation").asText()).isEqualTo(code);
        assertThat(me.get("groups").toString()).isEqualTo("[\"tenant-admin\"]");
    }

    @Test
    void administratorOfACorporateGrantsNothingThatReachesBeyondIt() {
        Caller ofCorporate = signedIn(person(corporate, "tenant-admin"));

        for (String beyond : Set.of("platform-admin", "process-owner")) {
            ResponseEntity<JsonNode> refused = ofCorporate.post(
                    "/api/v1/people",
                    """
                    {"username": "%s", "password": "%s", "name": "Friend", "language": "en", "designations": ["%s"]}"""
                            .formatted("friend-" + unique(), PASSWORD, beyond));
            assertThat(refused.getStatusCode()).as(beyond).isEqualTo(HttpStatus.FORBIDDEN);
        }
    }

    @Test
    void nobodyGrantsMoreThanTheyHold() {
        Person clerk = person(here, designation(here, "clerk", "people.write", "people.read", "sites.read"));
        designation(here, "reader", "sites.read");
        Caller caller = signedIn(clerk);

        assertThat(caller.post("/api/v1/people", newPerson("a-" + unique(), ", \"designations\": [\"reader\"]"))
                        .getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
        for (String above : Set.of("tenant-admin", "coordinator", "compliance")) {
            ResponseEntity<JsonNode> refused = caller.post(
                    "/api/v1/people", newPerson("b-" + unique(), ", \"designations\": [\"" + above + "\"]"));
            assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
            assertThat(detail(refused)).contains(above);
        }
        assertThat(caller.put("/api/v1/people/" + clerk.id(), profile("clerk", "tenant-admin"), "*")
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void whoHoldsMoreAlreadyMayStillBeRenamed() {
        Caller clerk = signedIn(person(here, designation(here, "clerk", "people.write", "people.read")));
        Person coordinator = person(here, "coordinator");

        assertThat(clerk.put("/api/v1/people/" + coordinator.id(), profile("coordinator"), "*")
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    @Test
    void administratorOfOneOrganisationIsNoneOfAnother() {
        Caller corporateAdministrator = signedIn(person(corporate, "tenant-admin"));

        assertThat(corporateAdministrator
                        .post(
                                "/api/v1/people",
                                newPerson(
                                        "c-" + unique(),
                                        ", \"organisation\": \"" + here + "\", \"designations\": [\"coordinator\"]"))
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void designationBeyondTheKindOfOrganisationIsRefused() {
        designation(here, "owner", "processes.deploy");
        tables.sql(
                        """
                        insert into designation_candidate_group
                        select id, 'process-owner' from designation where tenant_id = :tenant and code = 'owner'""")
                .param("tenant", here)
                .update();

        ResponseEntity<JsonNode> refused =
                administrator.post("/api/v1/people", newPerson("d-" + unique(), ", \"designations\": [\"owner\"]"));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("designations");
        assertThat(detail(refused)).contains("process-owner");
    }

    @Test
    void profileIsChangedOnTheVersionThatWasReadOnly() {
        Person person = person(here, "coordinator");
        String path = "/api/v1/people/" + person.id();
        String read = administrator.get(path).getHeaders().getETag();

        assertThat(administrator.put(path, profile("coordinator"), null).getStatusCode())
                .isEqualTo(HttpStatus.PRECONDITION_REQUIRED);
        ResponseEntity<JsonNode> changed = administrator.put(path, profile("storekeeper"), read);
        assertThat(changed.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(changed.getBody().get("designations").toString()).isEqualTo("[\"storekeeper\"]");
        assertThat(changed.getHeaders().getETag()).isNotEqualTo(read);
        assertThat(administrator.put(path, profile("coordinator"), read).getStatusCode())
                .isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(administrator.get(path).getBody().get("designations").toString())
                .isEqualTo("[\"storekeeper\"]");
    }

    @Test
    void deactivatedPersonCannotSignIn() {
        Person person = person(here, "coordinator");
        Caller caller = signedIn(person);
        assertThat(caller.get("/api/v1/me").getStatusCode()).isEqualTo(HttpStatus.OK);

        administrator.put(
                "/api/v1/people/" + person.id(),
                profile("coordinator").replace("\"active\": true", "\"active\": false"),
                "*");

        assertThat(caller.get("/api/v1/me").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void listsShowOwnPeopleAndDesignationsAPageAtATime() {
        person(here, "coordinator");

        JsonNode list =
                administrator.get("/api/v1/people?size=1&sort=username,desc").getBody();
        assertThat(list.get("total").asInt()).isEqualTo(2);
        assertThat(list.get("items")).hasSize(1);
        JsonNode designations =
                administrator.get("/api/v1/designations?size=100").getBody();
        assertThat(designations.findValuesAsText("organisation")).containsOnly(here);
        assertThat(designations.findValuesAsText("code"))
                .contains("coordinator")
                .doesNotContain("process-owner");
        assertThat(signedIn(person(corporate, "tenant-admin"))
                        .get("/api/v1/people?size=500")
                        .getBody()
                        .findValuesAsText("organisation"))
                .contains(here, corporate);
    }

    @Test
    void whoeverMayOnlyReadChangesNothing() {
        Caller reader = signedIn(person(here, "coordinator"));
        Caller nobody = signedIn(person(here, "driver"));

        assertThat(reader.get("/api/v1/people").getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(reader.post("/api/v1/people", newPerson("e-" + unique(), "")).getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(nobody.get("/api/v1/people").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(nobody.get("/api/v1/me").getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(http.getForEntity("/api/v1/me", JsonNode.class).getStatusCode())
                .isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void takenUsernameIsAConflict() {
        Person taken = person(here, "coordinator");

        ResponseEntity<JsonNode> refused = administrator.post("/api/v1/people", newPerson(taken.username(), ""));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("username");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    username     | "Asha"
                    username     | "a b"
                    username     | ""
                    username     | 7
                    username     | null
                    username     | ["a"]
                    username     | "LONG"
                    password     | "short"
                    password     | "पासवर्डपासवर्डपासवर्डपासवर्ड"
                    password     | null
                    password     | "LONG"
                    name         | ""
                    name         | " "
                    name         | null
                    name         | {"first": "A"}
                    name         | "a\\u0000b"
                    name         | "a\\ud800b"
                    name         | "LONG"
                    email        | "nobody"
                    email        | "a@b\\r\\nBcc: c@d"
                    email        | 5
                    email        | "LONG"
                    phone        | "call me"
                    phone        | true
                    language     | "english"
                    language     | "LONG"
                    designations | "coordinator"
                    designations | null
                    designations | [null]
                    designations | [7]
                    designations | ["emperor"]
                    designations | ["LONG"]
                    organisation | "LONG"
                    organisation | 1
                    surprise     | 1
                    active       | false""")
    void nonsenseIsRefusedByName(String field, String value) {
        String huge = value.replace("LONG", "x".repeat(100_000));

        ResponseEntity<JsonNode> refused =
                administrator.post("/api/v1/people", newPerson("f-" + unique(), ", \"%s\": %s".formatted(field, huge)));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).startsWith(field);
        assertThat(refused.getBody().toString()).doesNotContain("Exception", "io.fieldwright", "java.");
        assertThat(refused.getBody().toString().length()).isLessThan(2_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``
                    {
                    []
                    null
                    "text"
                    {}""")
    void bodyThatIsNoneIsRefused(String body) {
        ResponseEntity<JsonNode> refused = administrator.post("/api/v1/people", body);

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().toString()).doesNotContain("Exception", "io.fieldwright", "java.");
    }

    @Test
    void sortingByASecretIsRefused() {
        ResponseEntity<JsonNode> refused = administrator.get("/api/v1/people?sort=passwordHash");

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("sort");
    }

    /** A sound request; {@code more} overrides its fields, the last of a name counts. */
    private static String newPerson(String username, String more) {
        return """
                {"username": "%s", "password": "%s", "name": "Somebody", "designations": []%s}"""
                .formatted(username, PASSWORD, more);
    }

    private static String profile(String... designations) {
        return """
                {"name": "Renamed", "language": "en", "active": true, "designations": ["%s"]}"""
                .formatted(String.join("\", \"", designations));
    }

    private static String detail(ResponseEntity<JsonNode> answer) {
        return answer.getBody().get("detail").asText();
    }

    private String designation(String organisation, String code, String... permissions) {
        UUID id = UUID.randomUUID();
        tables.sql("insert into designation values (:id, 0, :tenant, :code, :code, null)")
                .param("id", id)
                .param("tenant", organisation)
                .param("code", code)
                .update();
        for (String permission : permissions) {
            tables.sql("insert into designation_permission values (:id, :permission)")
                    .param("id", id)
                    .param("permission", permission)
                    .update();
        }
        return code;
    }

    private Caller signedIn(Person person) {
        return Caller.signedIn(http, person.username(), PASSWORD);
    }

    private Person person(String organisation, String designation) {
        return people.create(
                organisation,
                designation + "-" + unique(),
                PASSWORD,
                new People.Profile("Somebody", null, null, "en", true, Set.of(designation)));
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
