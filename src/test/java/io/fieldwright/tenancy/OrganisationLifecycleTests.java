package io.fieldwright.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.Caller;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.api.Problem;
import io.fieldwright.people.Office;
import io.fieldwright.tenancy.Organisation.State;
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
class OrganisationLifecycleTests {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Organisations organisations;

    @Autowired
    private Office office;

    private String corporate;
    private String circle;
    private String vendor;
    private Caller platform;

    @BeforeEach
    void corporateWithACircle() {
        String unique = Office.unique();
        corporate = "corporate-" + unique;
        circle = "circle-" + unique;
        vendor = "vendor-" + unique;
        organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
        organisations.create(circle, Organisation.Kind.CIRCLE, "Circle", corporate);
        organisations.create(vendor, Organisation.Kind.VENDOR, "Vendor", null);
        platform = signedIn(corporate, "platform-admin");
    }

    @Test
    void peopleOfASuspendedOrganisationCannotSignInUntilItIsReactivated() {
        Caller coordinator = signedIn(circle, "coordinator");
        assertThat(coordinator.get("/api/v1/me").getStatusCode()).isEqualTo(HttpStatus.OK);

        ResponseEntity<JsonNode> suspended = move(circle, "suspend", "licence withdrawn");

        assertThat(suspended.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(suspended.getBody().get("state").asText()).isEqualTo("SUSPENDED");
        assertThat(suspended.getBody().get("stateReason").asText()).isEqualTo("licence withdrawn");
        assertThat(suspended.getBody().get("stateSince").asText()).isNotBlank();
        assertThat(suspended.getBody().get("active").asBoolean()).isFalse();
        assertThat(coordinator.get("/api/v1/me").getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);

        assertThat(move(circle, "reactivate", "licence renewed").getStatusCode())
                .isEqualTo(HttpStatus.OK);
        assertThat(coordinator.get("/api/v1/me").getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,   suspend,    409",
        "PENDING,   reactivate, 409",
        "PENDING,   close,      200",
        "ACTIVE,    suspend,    200",
        "ACTIVE,    reactivate, 409",
        "ACTIVE,    close,      200",
        "SUSPENDED, suspend,    409",
        "SUSPENDED, reactivate, 200",
        "SUSPENDED, close,      200",
        "CLOSED,    suspend,    409",
        "CLOSED,    reactivate, 409",
        "CLOSED,    close,      409"
    })
    void onlyAllowedMovesAreMade(State from, String move, int status) {
        String code = inState(from);

        ResponseEntity<JsonNode> answer = move(code, move, "because");

        assertThat(answer.getStatusCode().value()).isEqualTo(status);
        if (status == 409) {
            assertThat(answer.getBody().at("/errors/0/field").asText()).isEqualTo("state");
            assertThat(organisations.get(code).state()).isEqualTo(from);
        }
    }

    @Test
    void pendingOrganisationIsActivatedOnce() {
        String code = inState(State.PENDING);

        assertThat(organisations.activate(code, "documents approved").state()).isEqualTo(State.ACTIVE);

        assertThatThrownBy(() -> organisations.activate(code, "again"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(HttpStatus.CONFLICT));
    }

    @Test
    void corporateIsNotClosedBeforeItsCircles() {
        Caller other = signedIn(anotherCorporate(), "platform-admin");

        assertThat(move(other, corporate, "close", "merged").getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(move(other, circle, "close", "merged").getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(move(other, corporate, "close", "merged").getStatusCode()).isEqualTo(HttpStatus.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspend", "close"})
    void nobodyShutsOutTheirOwnOrganisation(String move) {
        ResponseEntity<JsonNode> refused = move(corporate, move, "by mistake");

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo("code");
        assertThat(organisations.get(corporate).state()).isEqualTo(State.ACTIVE);
    }

    @Test
    void organisationIsRenamedAndNothingElseOfItChanges() {
        String path = "/api/v1/organisations/" + circle;
        String tag = platform.get(path).getHeaders().getETag();

        ResponseEntity<JsonNode> renamed = platform.put(path, "{\"name\": \"Maharashtra & Goa\"}", tag);

        assertThat(renamed.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(renamed.getBody().get("name").asText()).isEqualTo("Maharashtra & Goa");
        assertThat(platform.put(path, "{\"name\": \"Again\"}", tag).getStatusCode())
                .isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(platform.put(path, "{\"name\": \"Again\", \"parent\": \"" + vendor + "\"}", "*")
                        .getStatusCode())
                .isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; 400",
                "{\"reason\": \" \"}; 400",
                "{\"reason\": \"r\", \"state\": \"CLOSED\"}; 400",
                "no json; 400"
            })
    void moveWithoutAReasonIsRefused(String body, int status) {
        assertThat(platform.post("/api/v1/organisations/" + circle + "/suspend", body, "*")
                        .getStatusCode()
                        .value())
                .isEqualTo(status);
    }

    @Test
    void moveNeedsThePresentVersionAndThePermission() {
        String path = "/api/v1/organisations/" + circle + "/suspend";
        String body = "{\"reason\": \"because\"}";

        assertThat(platform.post(path, body).getStatusCode()).isEqualTo(HttpStatus.PRECONDITION_REQUIRED);
        assertThat(platform.post(path, body, "\"77\"").getStatusCode()).isEqualTo(HttpStatus.PRECONDITION_FAILED);
        assertThat(signedIn(circle, "tenant-admin").post(path, body, "*").getStatusCode())
                .isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(platform.post("/api/v1/organisations/no-such/suspend", body, "*")
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
    }

    private String inState(State state) {
        String code = "vendor-" + Office.unique();
        organisations.create(
                code,
                Organisation.Kind.VENDOR,
                "Vendor",
                null,
                null,
                state == State.PENDING ? State.PENDING : State.ACTIVE);
        if (state == State.SUSPENDED) {
            organisations.suspend(code, "*", "because");
        }
        if (state == State.CLOSED) {
            organisations.close(code, "*", "because");
        }
        return code;
    }

    private String anotherCorporate() {
        String code = "other-" + Office.unique();
        organisations.create(code, Organisation.Kind.CORPORATE, "Other corporate", null);
        return code;
    }

    private ResponseEntity<JsonNode> move(String code, String move, String reason) {
        return move(platform, code, move, reason);
    }

    private static ResponseEntity<JsonNode> move(Caller caller, String code, String move, String reason) {
        String path = "/api/v1/organisations/" + code;
        return caller.post(
                path + "/" + move,
                "{\"reason\": \"" + reason + "\"}",
                caller.get(path).getHeaders().getETag());
    }

    private Caller signedIn(String organisation, String designation) {
        return office.signedIn(http, office.hire(organisation, designation));
    }
}
