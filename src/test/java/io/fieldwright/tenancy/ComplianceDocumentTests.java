package io.fieldwright.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.Partners;
import io.fieldwright.api.Problem;
import io.fieldwright.people.Office;
import io.fieldwright.tenancy.ComplianceDocument.Kind;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@FieldwrightTest
class ComplianceDocumentTests {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Organisations organisations;

    @Autowired
    private Engagements engagements;

    @Autowired
    private ComplianceDocuments documents;

    @Autowired
    private ComplianceDocumentRepository repository;

    @Autowired
    private Partners partners;

    @Autowired
    private Office office;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    private String corporate;
    private String circle;
    private String otherCircle;
    private String vendor;

    @BeforeEach
    void twoCirclesAndAVendorWithoutDocuments() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        corporate = "corporate-" + unique;
        circle = "circle-" + unique;
        otherCircle = "other-" + unique;
        vendor = "vendor-" + unique;
        organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(circle, Organisation.Kind.CIRCLE, "Circle", corporate);
        organisations.create(otherCircle, Organisation.Kind.CIRCLE, "Other circle", corporate);
        organisations.create(vendor, Organisation.Kind.VENDOR, "Vendor", null);
    }

    @Test
    void documentIsSubmittedByItsOrganisationAndApprovedByTheCircleItWorksFor() {
        partners.engage(circle, vendor);
        Caller administrator = signedIn(vendor, "tenant-admin");

        ResponseEntity<JsonNode> submitted = administrator.post(path(), body("ISO_9001", today.plusYears(1)));

        assertThat(submitted.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        assertThat(submitted.getBody().get("state").asText()).isEqualTo("SUBMITTED");
        assertThat(submitted.getBody().get("organisation").asText()).isEqualTo(vendor);
        String location = submitted.getHeaders().getLocation().getPath();
        Caller officer = signedIn(circle, "compliance");
        ResponseEntity<JsonNode> read = officer.get(location);
        assertThat(read.getBody()).isEqualTo(submitted.getBody());

        ResponseEntity<JsonNode> approved = officer.post(
                location + "/review",
                "{\"verdict\": \"APPROVED\"}",
                read.getHeaders().getETag());

        assertThat(approved.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(approved.getBody().get("state").asText()).isEqualTo("APPROVED");
        assertThat(approved.getBody().get("reviewedBy").asText()).startsWith("p");
        assertThat(officer.post(location + "/review", "{\"verdict\": \"APPROVED\"}", "*")
                        .getStatusCode())
                .isEqualTo(HttpStatus.CONFLICT);
        assertThat(administrator.get(path()).getBody().get("total").asInt()).isEqualTo(6);
    }

    @Test
    void renewalTakesThePlaceOfTheFormerDocumentOnceItIsApproved() {
        partners.showCompliance(vendor);
        ComplianceDocument former = approvedInsurance();

        ComplianceDocument forgotten = submit(Kind.INSURANCE, today.plusYears(1));
        ComplianceDocument renewal = submit(Kind.INSURANCE, today.plusYears(2));

        assertThat(state(forgotten)).isEqualTo(ComplianceDocument.State.SUPERSEDED);
        assertThat(state(former)).isEqualTo(ComplianceDocument.State.APPROVED);
        documents.approve(vendor, renewal.id(), "*");
        assertThat(state(former)).isEqualTo(ComplianceDocument.State.SUPERSEDED);
        assertThat(documents.lacking(vendor)).isEmpty();
    }

    @Test
    void rejectedDocumentCountsForNothingAndSaysWhy() {
        ComplianceDocument document = submit(Kind.INSURANCE, today.plusYears(1));
        Caller platform = signedIn(corporate, "platform-admin");
        String review = path() + "/" + document.id() + "/review";

        assertThat(platform.post(review, "{\"verdict\": \"REJECTED\"}", "*").getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(platform.post(review, "{\"verdict\": \"REJECTED\", \"reason\": \"illegible\"}")
                        .getStatusCode())
                .isEqualTo(HttpStatus.PRECONDITION_REQUIRED);
        ResponseEntity<JsonNode> rejected =
                platform.post(review, "{\"verdict\": \"REJECTED\", \"reason\": \"illegible\"}", "*");

        assertThat(rejected.getBody().get("state").asText()).isEqualTo("REJECTED");
        assertThat(rejected.getBody().get("rejectionReason").asText()).isEqualTo("illegible");
        assertThat(documents.lacking(vendor)).contains(Kind.INSURANCE);
    }

    @Test
    void vendorWithoutMandatoryDocumentsIsNotEngagedAndIsToldWhichItLacks() {
        documents.approve(vendor, submit(Kind.PAN, null).id(), "*");
        submit(Kind.GST_REGISTRATION, null);
        Caller platform = signedIn(corporate, "platform-admin");
        String engagement =
                "{\"circle\": \"%s\", \"vendor\": \"%s\", \"validFrom\": \"%s\"}".formatted(circle, vendor, today);

        ResponseEntity<JsonNode> refused = platform.post("/api/v1/engagements", engagement);

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("vendor");
        assertThat(refused.getBody().get("detail").asText())
                .isEqualTo("the vendor has no valid GST registration, labour licence, insurance, electrical contractor"
                        + " licence");
        partners.showCompliance(vendor);
        assertThat(platform.post("/api/v1/engagements", engagement).getStatusCode())
                .isEqualTo(HttpStatus.CREATED);
    }

    @Test
    void expiredDocumentBlocksNewEngagementsAndLeavesThoseThereAre() {
        partners.engage(circle, vendor);
        ComplianceDocuments later = on(today.plusYears(1).plusDays(1), new ArrayList<>());

        assertThat(inTransaction(() -> later.lacking(vendor)))
                .containsExactly(
                        Kind.GST_REGISTRATION,
                        Kind.PAN,
                        Kind.LABOUR_LICENCE,
                        Kind.INSURANCE,
                        Kind.ELECTRICAL_CONTRACTOR_LICENCE);
        assertThat(inTransaction(() -> on(today.plusYears(1), new ArrayList<>()).lacking(vendor)))
                .as("the last day counts")
                .isEmpty();
        assertThat(engagements.workersOf(circle)).containsKey(vendor);
    }

    @Test
    void endOfADocumentIsAnnouncedOnceThirtyDaysAheadAndOnceWhenItHasPassed() {
        LocalDate expiresOn = today.plusDays(400);
        ComplianceDocument document = submit(Kind.INSURANCE, expiresOn);
        documents.approve(vendor, document.id(), "*");
        submit(Kind.INSURANCE, expiresOn);

        assertThat(announcedOn(expiresOn.minusDays(31))).isEmpty();
        assertThat(announcedOn(expiresOn.minusDays(30)))
                .containsExactly(new ComplianceDocumentExpiring(document.id(), vendor, Kind.INSURANCE, expiresOn));
        assertThat(announcedOn(expiresOn.minusDays(30))).isEmpty();
        assertThat(announcedOn(expiresOn)).isEmpty();
        assertThat(announcedOn(expiresOn.plusDays(1))).hasSize(1);
        assertThat(announcedOn(expiresOn.plusDays(2))).isEmpty();
    }

    @Test
    void documentThatHasExpiredMeanwhileIsNotApproved() {
        ComplianceDocument document = submit(Kind.INSURANCE, today);
        ComplianceDocuments tomorrow = on(today.plusDays(1), new ArrayList<>());

        Problem refused = refusal(() -> tomorrow.approve(vendor, document.id(), "*"));

        assertThat(refused.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refused.errors().get(0).field()).isEqualTo("expiresOn");
    }

    @Test
    void documentsOutOfSightAreAbsent() {
        partners.engage(circle, vendor);
        ComplianceDocument document = submit(Kind.ISO_9001, today.plusYears(1));
        UUID unknown = UUID.randomUUID();
        Caller officer = signedIn(otherCircle, "compliance");
        Caller rival = signedIn(otherCircle, "tenant-admin");

        for (Caller caller : List.of(officer, rival)) {
            ResponseEntity<JsonNode> foreign = caller.get(path());
            ResponseEntity<JsonNode> absent = caller.get("/api/v1/organisations/no-such/compliance-documents");
            assertThat(foreign.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(foreign.getBody().get("detail").asText().replace(vendor, "no-such"))
                    .isEqualTo(absent.getBody().get("detail").asText());
            assertThat(caller.get(path() + "/" + document.id()).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        }
        assertThat(officer.post(path() + "/" + document.id() + "/review", "{\"verdict\": \"APPROVED\"}", "*")
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(rival.post(path(), body("INSURANCE", today.plusYears(1))).getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        Caller own = signedIn(circle, "compliance");
        assertThat(own.get("/api/v1/organisations/" + circle + "/compliance-documents/" + document.id())
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(own.get(path() + "/" + unknown).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void nobodyReviewsTheDocumentsOfTheirOwnOrganisation() {
        ResponseEntity<JsonNode> submitted = signedIn(circle, "tenant-admin")
                .post(
                        "/api/v1/organisations/" + circle + "/compliance-documents",
                        body("ISO_9001", today.plusYears(1)));

        assertThat(signedIn(circle, "compliance")
                        .post(
                                submitted.getHeaders().getLocation().getPath() + "/review",
                                "{\"verdict\": \"APPROVED\"}",
                                "*")
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    /** Nobody is above the organisation that runs the platform (ADR 0012). */
    @Test
    void whoeverManagesAllOrganisationsReviewsTheDocumentsOfTheirOwn() {
        ResponseEntity<JsonNode> submitted = signedIn(corporate, "tenant-admin")
                .post(
                        "/api/v1/organisations/" + corporate + "/compliance-documents",
                        body("ISO_9001", today.plusYears(1)));
        String review = submitted.getHeaders().getLocation().getPath() + "/review";
        String verdict = "{\"verdict\": \"APPROVED\"}";

        assertThat(signedIn(corporate, "compliance").post(review, verdict, "*").getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(signedIn(corporate, "platform-admin")
                        .post(review, verdict, "*")
                        .getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    @Test
    void onlyTheOrganisationItselfSubmits() {
        assertThat(signedIn(corporate, "tenant-admin")
                        .post(
                                "/api/v1/organisations/" + circle + "/compliance-documents",
                                body("ISO_9001", today.plusYears(1)))
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(signedIn(vendor, "team-lead")
                        .post(path(), body("ISO_9001", today.plusYears(1)))
                        .getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "INSURANCE, 1899-12-31, 2030-01-01, issuedOn",
        "INSURANCE, 2100-01-01, 2101-01-01, issuedOn",
        "INSURANCE, 2024-01-01, ,           expiresOn",
        "INSURANCE, 2024-01-01, 2024-01-01, expiresOn",
        "INSURANCE, 2024-01-01, 2024-06-01, expiresOn",
        "INSURANCE, 2024-01-01, 2124-01-01, expiresOn",
        "PAN,       2024-01-01, 2023-01-01, expiresOn"
    })
    void datesThatNoDocumentHasAreRefused(String kind, String issuedOn, @Nullable String expiresOn, String field) {
        ResponseEntity<JsonNode> refused =
                signedIn(vendor, "tenant-admin").post(path(), body(kind, issuedOn, expiresOn));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kind\": \"NO_SUCH\", \"number\": \"1\", \"issuer\": \"i\", \"issuedOn\": \"2024-01-01\"}",
                "{\"kind\": \"PAN\", \"number\": \" \", \"issuer\": \"i\", \"issuedOn\": \"2024-01-01\"}",
                "{\"kind\": \"PAN\", \"number\": \"1\", \"issuer\": \"i\", \"issuedOn\": \"yesterday\"}",
                "{\"kind\": \"PAN\", \"number\": \"1\", \"issuer\": \"i\", \"issuedOn\": \"2024-01-01\","
                        + " \"state\": \"APPROVED\"}"
            })
    void malformedDocumentIsRefused(String body) {
        assertThat(signedIn(vendor, "tenant-admin").post(path(), body).getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
    }

    private ComplianceDocument submit(Kind kind, @Nullable LocalDate expiresOn) {
        return documents.submit(
                vendor, new ComplianceDocuments.Description(kind, "42", "authority", today.minusYears(1), expiresOn));
    }

    private ComplianceDocument approvedInsurance() {
        return inTransaction(() -> repository
                .findByTenantIdAndKindAndState(vendor, Kind.INSURANCE, ComplianceDocument.State.APPROVED)
                .orElseThrow());
    }

    private ComplianceDocument.State state(ComplianceDocument document) {
        return documents.get(vendor, document.id()).state();
    }

    private List<ComplianceDocumentExpiring> announcedOn(LocalDate day) {
        List<ComplianceDocumentExpiring> announced = new ArrayList<>();
        ComplianceDocuments then = on(day, announced);
        transaction.executeWithoutResult(status -> then.warn());
        return announced.stream()
                .filter(event -> event.organisation().equals(vendor))
                .toList();
    }

    /** The service as it is on another day; what it publishes goes to {@code announced}. */
    private ComplianceDocuments on(LocalDate day, List<ComplianceDocumentExpiring> announced) {
        return new ComplianceDocuments(
                repository,
                organisations,
                jdbc,
                event -> announced.add((ComplianceDocumentExpiring) event),
                Clock.fixed(day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
    }

    private <T> T inTransaction(Supplier<T> work) {
        return transaction.execute(status -> work.get());
    }

    private Problem refusal(Runnable work) {
        return catchThrowableOfType(Problem.class, () -> transaction.executeWithoutResult(status -> work.run()));
    }

    private String path() {
        return "/api/v1/organisations/" + vendor + "/compliance-documents";
    }

    private static String body(String kind, LocalDate expiresOn) {
        return body(kind, "2024-01-01", expiresOn.toString());
    }

    private static String body(String kind, String issuedOn, @Nullable String expiresOn) {
        return "{\"kind\": \"%s\", \"number\": \"42\", \"issuer\": \"authority\", \"issuedOn\": \"%s\"%s}"
                .formatted(kind, issuedOn, expiresOn == null ? "" : ", \"expiresOn\": \"" + expiresOn + "\"");
    }

    private Caller signedIn(String organisation, String designation) {
        return office.signedIn(http, office.hire(organisation, designation));
    }
}
