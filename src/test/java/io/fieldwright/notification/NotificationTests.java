package io.fieldwright.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.Partners;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Over HTTP, in an installation without a mail server. */
@FieldwrightTest
class NotificationTests {

    private static final String PASSWORD = "correct horse battery";
    private static final String TEMPLATE = "/api/v1/notification-templates/SITE_HELD/";

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Notifications notifications;

    @Autowired
    private Organisations organisations;

    @Autowired
    private Partners partners;

    @Autowired
    private People people;

    @Autowired
    private RuntimeService runtime;

    private String corporate;
    private String here;
    private String elsewhere;
    private Person lead;
    private Person stranger;

    @BeforeEach
    void twoCircles() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        corporate = "corporate-" + unique;
        here = "here-" + unique;
        elsewhere = "elsewhere-" + unique;
        organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(here, Organisation.Kind.CIRCLE, "Here", corporate);
        organisations.create(elsewhere, Organisation.Kind.CIRCLE, "Elsewhere", corporate);
        lead = person(here, "team-lead");
        stranger = person(elsewhere, "team-lead");
    }

    @Test
    void everybodyReadsTheirOwnNotifications() {
        tellLead("storm");
        tellLead("flood");
        Caller me = signedIn(lead);

        JsonNode list = me.get("/api/v1/notifications?size=1").getBody();

        assertThat(list.get("total").asInt()).isEqualTo(2);
        assertThat(list.at("/items/0/body").asText()).contains("Reason: flood");
        assertThat(list.at("/items/0/event").asText()).isEqualTo("SITE_HELD");
        assertThat(unread(me)).isEqualTo(2);

        ResponseEntity<JsonNode> read =
                me.post("/api/v1/notifications/" + list.at("/items/0/id").asText() + "/read", null);

        assertThat(read.getBody().get("readAt").isTextual()).isTrue();
        assertThat(unread(me)).isEqualTo(1);
        assertThat(me.get("/api/v1/notifications?unread=true")
                        .getBody()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(me.get("/api/v1/notifications?unread=false")
                        .getBody()
                        .at("/items/0/body")
                        .asText())
                .contains("flood");
    }

    @Test
    void notificationReadTwiceKeepsTheFirstTime() {
        tellLead("storm");
        Caller me = signedIn(lead);
        String read = "/api/v1/notifications/"
                + me.get("/api/v1/notifications").getBody().at("/items/0/id").asText() + "/read";

        assertThat(me.post(read, null).getBody().get("readAt"))
                .isEqualTo(me.post(read, null).getBody().get("readAt"));
    }

    @Test
    void notificationOfSomebodyElseDoesNotExistWhetherTheyAreNearOrFar() {
        tellLead("storm");
        String id = signedIn(lead)
                .get("/api/v1/notifications")
                .getBody()
                .at("/items/0/id")
                .asText();

        for (Person other : List.of(stranger, person(here, "team-lead"))) {
            Caller caller = signedIn(other);
            ResponseEntity<JsonNode> foreign = caller.post("/api/v1/notifications/" + id + "/read", null);
            UUID unknown = UUID.randomUUID();

            assertThat(foreign.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(foreign.getBody().get("detail").asText().replace(id, unknown.toString()))
                    .isEqualTo(caller.post("/api/v1/notifications/" + unknown + "/read", null)
                            .getBody()
                            .get("detail")
                            .asText());
            assertThat(caller.get("/api/v1/notifications")
                            .getBody()
                            .get("total")
                            .asInt())
                    .isZero();
        }
        assertThat(unread(signedIn(lead))).isEqualTo(1);
    }

    @Test
    void administratorsSeeTheDeliveriesToTheirOwnPeople() {
        tellLead("storm");

        assertThat(deliveries(person(here, "tenant-admin"))).singleElement().satisfies(delivery -> {
            assertThat(delivery.get("recipient").asText()).isEqualTo(lead.username());
            assertThat(delivery.get("channel").asText()).isEqualTo("IN_APP");
            assertThat(delivery.get("state").asText()).isEqualTo("SENT");
        });
        assertThat(deliveries(person(corporate, "tenant-admin"))).hasSize(1);
        assertThat(deliveries(person(elsewhere, "tenant-admin"))).isEmpty();
        assertThat(signedIn(lead).get("/api/v1/deliveries").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void neitherSideOfACollaborationSeesWhatTheOtherSidesPeopleWereTold() {
        String vendor = "vendor" + here.substring(here.indexOf('-'));
        organisations.create(vendor, Organisation.Kind.VENDOR, "Vendor", null);
        String collaboration = partners.engage(here, vendor).tenantId();
        Person worker = person(vendor, "team-lead");

        notifications.tell(List.of(lead, worker), NotificationEvent.SITE_HELD, collaboration, Map.of("site", "A"));

        assertThat(deliveries(person(here, "tenant-admin")))
                .extracting(delivery -> delivery.get("recipient").asText())
                .containsExactly(lead.username());
        assertThat(deliveries(person(vendor, "tenant-admin")))
                .extracting(delivery -> delivery.get("recipient").asText())
                .containsExactly(worker.username());
        assertThat(latestSubject(worker)).isEqualTo("On hold: A");
    }

    @Test
    void withoutAMailServerNobodyIsMailed() {
        tellLead("storm");
        notifications.tellAddress("client@example.org", "en", NotificationEvent.SITE_DONE, here, Map.of());

        assertThat(deliveries(person(here, "tenant-admin"))).hasSize(1);
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey(Notifications.DELIVERY_PROCESS)
                        .tenantIdIn(here)
                        .count())
                .isZero();
    }

    @Test
    void organisationTellsInItsOwnWordsAndNoOtherDoes() {
        Caller administrator = signedIn(person(here, "tenant-admin"));
        ResponseEntity<JsonNode> packaged = administrator.get(TEMPLATE + "en");
        assertThat(packaged.getBody().get("subject").asText()).isEqualTo("On hold: {site}");
        assertThat(packaged.getBody().get("organisation").isNull()).isTrue();

        ResponseEntity<JsonNode> written = administrator.put(
                TEMPLATE + "en",
                """
                {"subject": "Wait with {site}", "body": "Because of {reason}."}""",
                packaged.getHeaders().getETag());

        assertThat(written.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(written.getBody().get("organisation").asText()).isEqualTo(here);
        tellLead("storm");
        notifications.tell(List.of(stranger), NotificationEvent.SITE_HELD, elsewhere, Map.of("site", "B"));
        assertThat(latestSubject(lead)).isEqualTo("Wait with A");
        assertThat(latestSubject(stranger)).isEqualTo("On hold: B");
    }

    @Test
    void corporateTellsForItsCirclesUntilTheyHaveTheirOwnWords() {
        override(person(corporate, "tenant-admin"), "en", "Corporate: {site}");
        tellLead("storm");
        assertThat(latestSubject(lead)).isEqualTo("Corporate: A");

        override(person(here, "tenant-admin"), "en", "Circle: {site}");
        tellLead("storm");
        assertThat(latestSubject(lead)).isEqualTo("Circle: A");
        assertThat(signedIn(person(elsewhere, "tenant-admin"))
                        .get(TEMPLATE + "en")
                        .getBody()
                        .get("organisation")
                        .asText())
                .isEqualTo(corporate);
    }

    @Test
    void everybodyIsToldInTheirLanguageElseInEnglish() {
        Person marathi = people.create(
                here,
                "marathi-" + here,
                PASSWORD,
                new People.Profile("Somebody", null, null, "mr", true, Set.of("team-lead")));
        Caller administrator = signedIn(person(here, "tenant-admin"));
        assertThat(administrator.get(TEMPLATE + "mr").getBody().get("language").asText())
                .isEqualTo("en");
        override(person(here, "tenant-admin"), "mr", "थांबा: {site}");

        notifications.tell(List.of(lead, marathi), NotificationEvent.SITE_HELD, here, Map.of("site", "A"));

        assertThat(latestSubject(marathi)).isEqualTo("थांबा: A");
        assertThat(latestSubject(lead)).isEqualTo("On hold: A");
    }

    @Test
    void unknownPlaceholderIsRefusedByName() {
        ResponseEntity<JsonNode> refused = signedIn(person(here, "tenant-admin"))
                .put(TEMPLATE + "en", """
                {"subject": "{site}", "body": "{password}"}""", "\"0\"");

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("body");
        assertThat(refused.getBody().at("/errors/0/reason").asText()).contains("{password}");
    }

    @Test
    void templateIsWrittenOnTheVersionThatWasReadOnly() {
        Caller administrator = signedIn(person(here, "tenant-admin"));
        String body = """
                {"subject": "{site}", "body": "{reason}"}""";

        assertThat(administrator.put(TEMPLATE + "en", body, null).getStatusCode())
                .isEqualTo(HttpStatus.PRECONDITION_REQUIRED);
        assertThat(administrator
                        .put(TEMPLATE + "en", body, "\"0\"")
                        .getHeaders()
                        .getETag())
                .isEqualTo("\"1\"");
        assertThat(administrator.put(TEMPLATE + "en", body, "\"0\"").getStatusCode())
                .isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(administrator
                        .put(TEMPLATE + "en", body.replace("{site}", "{team}"), "\"1\"")
                        .getHeaders()
                        .getETag())
                .isEqualTo("\"2\"");
    }

    @Test
    void requestsThatMakeNoSenseAreRefused() {
        Caller administrator = signedIn(person(here, "tenant-admin"));

        assertThat(administrator
                        .get("/api/v1/notification-templates/NO_EVENT/en")
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(administrator
                        .get(TEMPLATE + "english")
                        .getBody()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("language");
        assertThat(administrator
                        .get("/api/v1/deliveries?state=LOST")
                        .getBody()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("state");
        assertThat(administrator
                        .get("/api/v1/deliveries?sort=address")
                        .getBody()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("sort");
        assertThat(administrator
                        .get("/api/v1/notifications?unread=perhaps")
                        .getBody()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("unread");
        assertThat(signedIn(lead).get(TEMPLATE + "en").getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    }

    private void tellLead(String reason) {
        notifications.tell(List.of(lead), NotificationEvent.SITE_HELD, here, Map.of("site", "A", "reason", reason));
    }

    private void override(Person administrator, String language, String subject) {
        ResponseEntity<JsonNode> written = signedIn(administrator)
                .put(
                        TEMPLATE + language,
                        """
                        {"subject": "%s", "body": "{reason}"}""".formatted(subject),
                        "\"0\"");
        assertThat(written.getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    private String latestSubject(Person person) {
        return signedIn(person)
                .get("/api/v1/notifications")
                .getBody()
                .at("/items/0/subject")
                .asText();
    }

    private static int unread(Caller caller) {
        return caller.get("/api/v1/notifications/unread-count")
                .getBody()
                .get("unread")
                .asInt();
    }

    private List<JsonNode> deliveries(Person administrator) {
        JsonNode items = signedIn(administrator)
                .get("/api/v1/deliveries?state=SENT")
                .getBody()
                .get("items");
        return items.findParents("channel");
    }

    private Caller signedIn(Person person) {
        return Caller.signedIn(http, person.username(), PASSWORD);
    }

    private Person person(String organisation, String designation) {
        String username = designation + "-" + UUID.randomUUID().toString().substring(0, 8);
        return people.create(
                organisation,
                username,
                PASSWORD,
                new People.Profile("Somebody", username + "@example.org", null, "en", true, Set.of(designation)));
    }
}
