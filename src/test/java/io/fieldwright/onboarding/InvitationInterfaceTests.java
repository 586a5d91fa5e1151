package io.fieldwright.onboarding;

import static io.fieldwright.RoleHolders.PASSWORD;
import static io.fieldwright.RoleHolders.username;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.tenancy.ComplianceDocument;
import io.fieldwright.tenancy.ComplianceDocuments;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/** Over HTTP: those who invite with their account, the invited with nothing but their link. */
class InvitationInterfaceTests extends InvitationTest {

    private static final String INVITATIONS = "/api/v1/invitations";

    private Caller caller(String username) {
        return Caller.signedIn(http, username, PASSWORD);
    }

    private Caller admin() {
        return caller(administrator());
    }

    private String vendorBody() {
        return """
                {"kind": "VENDOR", "name": "Vertex", "email": "%s",
                 "engagement": {"circle": "%s", "validFrom": "2026-01-01"}}"""
                .formatted(email, circle);
    }

    private Invitation inviteOverHttp() {
        ResponseEntity<JsonNode> created = admin().post(INVITATIONS, vendorBody());
        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        Invitation invitation =
                invitations.get(UUID.fromString(created.getBody().get("id").asText()));
        runJobs(invitation);
        return invitation;
    }

    private ResponseEntity<JsonNode> answer(String body) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        return http.exchange(INVITATIONS + "/accept", HttpMethod.POST, new HttpEntity<>(body, headers), JsonNode.class);
    }

    private String answerBody(String token) {
        return """
                {"token": "%s", "organisation": {"code": "%s", "name": "Vertex"},
                 "administrator": {"username": "boss.%s", "password": "%s", "name": "The Boss"},
                 "documents": [%s]}"""
                .formatted(
                        token,
                        vendor,
                        vendor,
                        PASSWORD,
                        mandatoryDocuments().stream()
                                .map(InvitationInterfaceTests::json)
                                .collect(Collectors.joining(", ")));
    }

    private static String json(ComplianceDocuments.Description document) {
        return """
                {"kind": "%s", "number": "%s", "issuer": "%s", "issuedOn": "%s", "expiresOn": "%s"}"""
                .formatted(
                        document.kind(),
                        document.number(),
                        document.issuer(),
                        document.issuedOn(),
                        document.expiresOn());
    }

    private static List<String> fieldsOf(ResponseEntity<JsonNode> refused) {
        return refused.getBody().path("errors").findValuesAsText("field");
    }

    @Test
    void invitedAcceptsOverTheMailedLinkAndSignsInOnlyOnceApproved() {
        Invitation invitation = inviteOverHttp();

        ResponseEntity<JsonNode> accepted = answer(answerBody(mailedToken(email)));

        assertThat(accepted.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(accepted.getBody().get("organisation").asText()).isEqualTo(vendor);
        Caller boss = caller("boss." + vendor);
        assertThat(boss.get("/api/v1/me").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);

        Caller compliance = caller(username(circle, "compliance"));
        String task = compliance
                .get("/api/v1/tasks?processKey=tenant-invitation")
                .getBody()
                .at("/items/0/id")
                .asText();
        assertThat(compliance
                        .post(
                                "/api/v1/tasks/" + task + "/complete",
                                """
                        {"answers": {"outcome": "approve"}}""")
                        .getStatusCode()
                        .is2xxSuccessful())
                .isTrue();

        assertThat(boss.get("/api/v1/me").getStatusCode()).isEqualTo(HttpStatus.OK);
        JsonNode shown = admin().get(INVITATIONS + "/" + invitation.id()).getBody();
        assertThat(shown.get("state").asText()).isEqualTo("ACTIVATED");
        assertThat(shown.get("invitedOrganisation").asText()).isEqualTo(vendor);
        assertThat(shown.toString()).doesNotContain("token");
        assertThat(admin().get(INVITATIONS + "?state=ACTIVATED")
                        .getBody()
                        .get("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(admin().get(INVITATIONS + "?state=INVITED")
                        .getBody()
                        .get("total")
                        .asInt())
                .isZero();
    }

    @Test
    void refusedAnswerNamesItsFieldsInTheOrderInWhichTheyAreDeclared() {
        String unnamed =
                """
                {"kind": "GST_REGISTRATION", "number": "", "issuer": "", "issuedOn": null}""";
        String sound = json(document(ComplianceDocument.Kind.GST_REGISTRATION));
        List<String> documents = new ArrayList<>(Collections.nCopies(11, sound));
        documents.set(10, unnamed);
        documents.set(2, unnamed);

        ResponseEntity<JsonNode> refused = answer(
                """
                {"documents": [%s], "organisation": {"code": "x", "name": ""},
                 "administrator": {"username": "", "password": "", "name": ""}, "token": "%s"}"""
                        .formatted(
                                String.join(", ", documents),
                                InvitationToken.random().text()));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fieldsOf(refused))
                .containsExactly(
                        "organisation.code",
                        "organisation.name",
                        "administrator.username",
                        "administrator.password",
                        "administrator.name",
                        "documents[2].number",
                        "documents[2].issuer",
                        "documents[2].issuedOn",
                        "documents[10].number",
                        "documents[10].issuer",
                        "documents[10].issuedOn");
    }

    @Test
    void secondAnswerGetsWhatAnUnknownTokenGets() {
        inviteOverHttp();
        String token = mailedToken(email);
        answer(answerBody(token));

        ResponseEntity<JsonNode> second = answer(answerBody(token));

        assertThat(second.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(second.getBody())
                .isEqualTo(answer(answerBody(InvitationToken.random().text())).getBody());
    }

    @Test
    void ofTwoAnswersAtOnceOneIsTaken() throws Exception {
        Invitation invitation = inviteOverHttp();
        String body = answerBody(mailedToken(email));
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<HttpStatus> answering = () -> {
            together.await();
            return HttpStatus.valueOf(answer(body).getStatusCode().value());
        };
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<HttpStatus>> answers = both.invokeAll(List.of(answering, answering));
            assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
                    .containsExactlyInAnyOrder(HttpStatus.OK, HttpStatus.NOT_FOUND);
        } finally {
            both.shutdown();
        }
        assertThat(now(invitation).state()).isEqualTo(Invitation.State.UNDER_REVIEW);
    }

    @Test
    void everyTokenThatCannotBeUsedGetsTheSameAnswer() {
        Invitation resent = inviteOverHttp();
        String replaced = mailedToken(email);
        admin().post(INVITATIONS + "/" + resent.id() + "/resend", null);
        runJobs(resent);
        String revoked = mailedToken(email);
        admin().post(INVITATIONS + "/" + resent.id() + "/revoke", "{\"reason\": \"changed our mind\"}");
        Invitation late = inviteOverHttp();
        String expired = mailedToken(email);
        fireTimer(late);

        for (String token :
                List.of(replaced, revoked, expired, InvitationToken.random().text(), "nonsense")) {
            ResponseEntity<JsonNode> refused = answer(answerBody(token));
            assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(refused.getBody().get("detail").asText())
                    .isEqualTo("There is no open invitation for this token.");
            ResponseEntity<String> page = http.getForEntity("/invitations/accept?token=" + token, String.class);
            assertThat(page.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(page.getBody()).contains("This link does not work");
        }
        assertThat(organisations.find(vendor)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "organisation.code           | \"code\": \"%s\"          | \"code\": \"No Code\"",
                "organisation.name           | \"name\": \"Vertex\"      | \"name\": \" \"",
                "administrator.username      | \"boss.%s\"               | \"No Name\"",
                "administrator.password      | correct horse battery staple | short",
                "documents[0].kind           | GST_REGISTRATION          | DRIVING_LICENCE",
                "documents[0].issuedOn       | \"issuedOn\": \"          | \"issuedOn\": \"3",
                "tenantId                    | {\"token\"                | {\"tenantId\": \"x\", \"token\"",
            })
    void answerThatCannotBeTakenIsRefusedByFieldAndLeavesTheLinkAlive(String field, String sane, String wrong) {
        Invitation invitation = inviteOverHttp();
        String token = mailedToken(email);
        String body = answerBody(token).replaceFirst(Pattern.quote(sane.formatted(vendor)), wrong);

        ResponseEntity<JsonNode> refused = answer(body);

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fieldsOf(refused)).containsExactly(field);
        assertThat(now(invitation).state()).isEqualTo(Invitation.State.INVITED);
        assertThat(answer(answerBody(token)).getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    @Test
    void codeAndUsernameThatAreTakenAreRefusedAndLeaveTheLinkAlive() {
        inviteOverHttp();
        String token = mailedToken(email);

        ResponseEntity<JsonNode> code = answer(answerBody(token).replace("\"" + vendor + "\"", "\"" + circle + "\""));
        ResponseEntity<JsonNode> username = answer(answerBody(token).replace("boss." + vendor, administrator()));

        assertThat(code.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(fieldsOf(code)).containsExactly("organisation.code");
        assertThat(username.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(fieldsOf(username)).containsExactly("administrator.username");
        assertThat(organisations.find(vendor)).isEmpty();
        assertThat(answer(answerBody(token)).getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{}", "null", "{\"token\": 3}", "{\"token\": null}"})
    void malformedAnswerIsABadRequest(String body) {
        assertThat(answer(body).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void hugeAnswerIsABadRequest() {
        String huge = "x".repeat(3_000_000);

        assertThat(answer(answerBody(huge)).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(post(form(huge)).getStatusCode().is4xxClientError()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind                 | {\"kind\": \"CORPORATE\", \"name\": \"A\", \"email\": \"a@example.org\"}",
                "kind                 | {\"kind\": \"CIRCLE\", \"name\": \"A\", \"email\": \"a@example.org\"}",
                "kind                 | {\"name\": \"A\", \"email\": \"a@example.org\"}",
                "name                 | {\"kind\": \"VENDOR\", \"name\": \"\", \"email\": \"a@example.org\"}",
                "email                | {\"kind\": \"VENDOR\", \"name\": \"A\", \"email\": \"a@b\\r\\nBcc: c@d.org\"}",
                "email                | {\"kind\": \"VENDOR\", \"name\": \"A\", \"email\": \"a@localhost\"}",
                "language             | {\"kind\": \"VENDOR\", \"name\": \"A\", \"email\": \"a@example.org\","
                        + " \"language\": \"english\"}",
                "code                 | {\"kind\": \"VENDOR\", \"name\": \"A\", \"email\": \"a@example.org\","
                        + " \"code\": \"A B\"}",
                "parent               | {\"kind\": \"VENDOR\", \"name\": \"A\", \"email\": \"a@example.org\","
                        + " \"parent\": \"x\"}",
                "organisation         | {\"kind\": \"VENDOR\", \"name\": \"A\", \"email\": \"a@example.org\","
                        + " \"organisation\": \"nowhere\"}",
                "state                | {\"kind\": \"VENDOR\", \"name\": \"A\", \"email\": \"a@example.org\","
                        + " \"state\": \"ACTIVATED\"}",
                "engagement.circle    | {\"kind\": \"VENDOR\", \"name\": \"A\", \"email\": \"a@example.org\","
                        + " \"engagement\": {\"circle\": \"nowhere\", \"validFrom\": \"2026-01-01\"}}",
                "engagement.validFrom | {\"kind\": \"VENDOR\", \"name\": \"A\", \"email\": \"a@example.org\","
                        + " \"engagement\": {\"circle\": \"CIRCLE\", \"validFrom\": \"0001-01-01\"}}",
                "engagement.validTo   | {\"kind\": \"VENDOR\", \"name\": \"A\", \"email\": \"a@example.org\","
                        + " \"engagement\": {\"circle\": \"CIRCLE\", \"validFrom\": \"2026-01-01\", \"validTo\":"
                        + " \"2025-01-01\"}}",
            })
    void invitationThatMakesNoSenseIsRefusedByField(String field, String body) {
        ResponseEntity<JsonNode> refused =
                admin().post(INVITATIONS, body.replace("\"CIRCLE\", \"validFrom", "\"" + circle + "\", \"validFrom"));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fieldsOf(refused)).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    engagement        | null
                    engagement.parent | {"validFrom": "2026-01-01"}
                    engagement.circle | {"circle": "CIRCLE", "validFrom": "2026-01-01"}""")
    void vendorInvitesNobodyForClientsOfItsOwnWhomNobodyWouldReview(String field, String engagement) {
        organisations.create(
                vendor,
                Organisation.Kind.VENDOR,
                new Organisations.Profile("Vertex", null, true),
                null,
                null,
                Organisation.State.ACTIVE);
        holders.appoint(vendor, "tenant-admin");

        ResponseEntity<JsonNode> refused = caller(username(vendor, "tenant-admin"))
                .post(
                        INVITATIONS,
                        """
                        {"kind": "VENDOR", "name": "A", "email": "a@example.org", "engagement": %s}"""
                                .formatted(engagement.replace("CIRCLE", vendor)));

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fieldsOf(refused)).containsExactly(field);
    }

    @Test
    void secondOpenInvitationToTheSameAddressIsRefused() {
        inviteOverHttp();

        ResponseEntity<JsonNode> second = admin().post(INVITATIONS, vendorBody().replace(email, email.toUpperCase()));

        assertThat(second.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(fieldsOf(second)).containsExactly("email");
    }

    @Test
    void platformAdministratorInvitesACircleOfTheCorporate() {
        String platformAdministrator = username(corporate, "platform-admin");

        ResponseEntity<JsonNode> created = caller(platformAdministrator)
                .post(
                        INVITATIONS,
                        """
                {"kind": "CIRCLE", "name": "Second", "email": "%s", "parent": "%s"}"""
                                .formatted(email, corporate));

        assertThat(created.getStatusCode()).isEqualTo(HttpStatus.CREATED);
        runJobs(invitations.get(UUID.fromString(created.getBody().get("id").asText())));
        invitations.accept(
                mailedToken(email),
                new Invitations.Answer(
                        new Invitations.NewOrganisation("second-" + unique, "Second"),
                        new Invitations.NewAdministrator("boss.second-" + unique, PASSWORD, "Boss"),
                        List.of()));
        assertThat(organisations.get("second-" + unique).parentCode()).isEqualTo(corporate);
        assertThat(stateOf("second-" + unique)).isEqualTo(Organisation.State.PENDING);
    }

    @Test
    void strangersAndTheUnentitledDoNotLearnThatAnInvitationExists() {
        Invitation invitation = inviteOverHttp();
        String elsewhere = "elsewhere-" + unique;
        organisations.create(elsewhere, Organisation.Kind.CIRCLE, "Elsewhere", corporate);
        holders.appoint(elsewhere, "tenant-admin");
        holders.appoint(circle, "team-lead");
        Caller stranger = caller(username(elsewhere, "tenant-admin"));
        Caller unentitled = caller(username(circle, "team-lead"));
        UUID unknown = UUID.randomUUID();
        String reason = "{\"reason\": \"none\"}";

        assertThat(stranger.get(INVITATIONS).getBody().get("total").asInt()).isZero();
        assertThat(unentitled.get(INVITATIONS).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(unentitled.post(INVITATIONS, vendorBody()).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
        for (String action : List.of("/resend", "/revoke", "/bounced")) {
            ResponseEntity<JsonNode> foreign = stranger.post(INVITATIONS + "/" + invitation.id() + action, reason);
            ResponseEntity<JsonNode> absent = stranger.post(INVITATIONS + "/" + unknown + action, reason);
            assertThat(foreign.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(foreign.getBody()
                            .get("detail")
                            .asText()
                            .replace(invitation.id().toString(), ""))
                    .isEqualTo(absent.getBody().get("detail").asText().replace(unknown.toString(), ""));
            assertThat(unentitled
                            .post(INVITATIONS + "/" + invitation.id() + action, reason)
                            .getStatusCode())
                    .isEqualTo(HttpStatus.FORBIDDEN);
        }
        assertThat(stranger.get(INVITATIONS + "/" + invitation.id()).getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(now(invitation).state()).isEqualTo(Invitation.State.INVITED);
    }

    @Test
    void bounceReportedOverHttpAsksForAnotherAddress() {
        Invitation invitation = inviteOverHttp();

        assertThat(admin().post(INVITATIONS + "/" + invitation.id() + "/bounced", "{\"reason\": \"mailbox full\"}")
                        .getStatusCode())
                .isEqualTo(HttpStatus.NO_CONTENT);

        assertThat(task(invitation).getTaskDefinitionKey()).isEqualTo("Task_CorrectAddress");
        assertThat(admin().post(INVITATIONS + "/" + invitation.id() + "/resend", null)
                        .getStatusCode())
                .isEqualTo(HttpStatus.CONFLICT);
    }

    private MultiValueMap<String, String> form(String token) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add("token", token);
        form.add("organisation.code", vendor);
        form.add("organisation.name", "Vertex <script>alert(1)</script>");
        form.add("administrator.name", "The Boss");
        form.add("administrator.username", "boss." + vendor);
        form.add("administrator.password", PASSWORD);
        return form;
    }

    private ResponseEntity<String> post(MultiValueMap<String, String> form) {
        return http.postForEntity("/invitations/accept", form, String.class);
    }

    @Test
    void pageKeepsTheTokenToItselfAndRunsNoForeignCode() {
        inviteOverHttp();

        ResponseEntity<String> page =
                http.getForEntity("/invitations/accept?token=" + mailedToken(email), String.class);

        assertThat(page.getStatusCode()).isEqualTo(HttpStatus.OK);
        HttpHeaders headers = page.getHeaders();
        assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(headers.getFirst("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.getFirst("Permissions-Policy")).contains("geolocation=()");
        assertThat(headers.getFirst("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(headers.getFirst("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(headers.getCacheControl()).contains("no-store");
        assertThat(headers.get(HttpHeaders.SET_COOKIE)).isNull();
        assertThat(page.getBody()).doesNotContain("<script");
        assertThat(http.getForEntity("/invitations/page.css", String.class).getStatusCode())
                .isEqualTo(HttpStatus.OK);
    }

    @Test
    void answerBeyondAllUseAndHeaderThatClaimsToBeSomebodyAreRefused() {
        assertThat(answer("{\"token\": \"" + "x".repeat(8 * 1024 * 1024) + "\"}")
                        .getStatusCode())
                .isEqualTo(HttpStatus.PAYLOAD_TOO_LARGE);

        HttpHeaders claiming = new HttpHeaders();
        claiming.setContentType(MediaType.APPLICATION_JSON);
        claiming.set("X-Tenant", circle);
        ResponseEntity<JsonNode> refused = http.exchange(
                INVITATIONS + "/accept", HttpMethod.POST, new HttpEntity<>("{}", claiming), JsonNode.class);
        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(fieldsOf(refused)).containsExactly("X-Tenant");
    }

    @Test
    void pageShowsMistakesBesideTheirFieldsAndTakesTheMendedAnswer() {
        Invitation invitation = inviteOverHttp();
        MultiValueMap<String, String> form = form(mailedToken(email));
        form.set("organisation.code", "No Code");
        form.set("administrator.password", "short");
        form.set("documents[2].issuedOn", "yesterday");

        ResponseEntity<String> refused = post(form);

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(refused.getBody())
                .contains(
                        "id=\"organisation.code-error\"",
                        "id=\"documents[2].number-error\"",
                        "id=\"documents[2].issuedOn-error\"",
                        "Vertex &lt;script&gt;")
                .doesNotContain("<script>", "short\"");
        assertThat(entry(refused, "organisation.code")).startsWith("Short code: must be");
        assertThat(entry(refused, "documents[2].issuedOn"))
                .isEqualTo(StringUtils.capitalize(ComplianceDocument.Kind.values()[2].label())
                        + ", Issued on: must be a date such as 2026-03-31");

        form.set("organisation.code", vendor);
        form.remove("documents[2].issuedOn");
        assertThat(post(form).getBody()).contains("id=\"administrator.password-error\"");
        form.set("administrator.password", PASSWORD);
        form.set("administrator.name", "\u0000");
        assertThat(post(form).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        form.set("administrator.name", "The Boss");

        ResponseEntity<String> taken = post(form);

        assertThat(taken.getStatusCode().is4xxClientError()).isFalse();
        assertThat(now(invitation).state()).isEqualTo(Invitation.State.UNDER_REVIEW);
        assertThat(post(form).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    }

    /** What the list of mistakes at the top says where it links to {@code field}. */
    private static String entry(ResponseEntity<String> page, String field) {
        assertThat(page.getBody()).contains("<input id=\"" + field + "\"");
        Matcher entry = Pattern.compile("<a href=\"#" + Pattern.quote(field) + "\">([^<]*)</a>")
                .matcher(page.getBody());
        assertThat(entry.find()).as(page.getBody()).isTrue();
        return entry.group(1);
    }

    @Test
    void mistakeInWhatIsNoFieldOfThePageIsShownAlike() {
        inviteOverHttp();
        MultiValueMap<String, String> form = form(mailedToken(email));
        form.set("documents[99999999999].number", "\u0000");

        assertThat(post(form).getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void pageWithoutATokenIsTheOneForDeadLinks() {
        assertThat(http.getForEntity("/invitations/accept", String.class).getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(post(new LinkedMultiValueMap<>()).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    }
}
