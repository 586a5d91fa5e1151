package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.zaxxer.hikari.HikariDataSource;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.api.Problem;
import io.fieldwright.api.Secrets;
import io.fieldwright.people.Person;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@FieldwrightTest
class TokenTests {

    @Autowired
    private Household house;

    @Autowired
    private Suspicions suspicions;

    @Autowired
    private SignIns signIns;

    @Autowired
    private SigningKeys keys;

    @Autowired
    private PersonDirectory directory;

    @Autowired
    private DataSource connections;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private Clock clock;

    private Person coordinator;
    private JsonNode tokens;

    @BeforeEach
    void signIn() {
        coordinator = house.person(house.circle, "coordinator");
        tokens = house.tokens(coordinator);
    }

    private static String access(JsonNode tokens) {
        return Household.bearer(tokens.get("accessToken").asText());
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.get("refreshToken").asText();
    }

    private int me(JsonNode tokens) {
        return house.status(access(tokens), "/api/v1/me");
    }

    @Test
    void accessTokenOpensEveryInterfaceAsThePersonOfNow() {
        assertThat(tokens.get("tokenType").asText()).isEqualTo("Bearer");
        assertThat(tokens.get("expiresIn").asLong()).isEqualTo(3600);
        JsonNode me = house.get(access(tokens), "/api/v1/me").getBody();
        assertThat(me.get("username").asText()).isEqualTo(coordinator.username());
        assertThat(me.get("groups").toString()).isEqualTo("[\"coordinator\"]");
        assertThat(house.status(access(tokens), "/engine-rest/task")).isEqualTo(200);
        assertThat(house.status(access(tokens), "/actuator/info")).isEqualTo(403);
        assertThat(house.status(access(tokens), "/api/v1/projects")).isEqualTo(200);

        house.change(coordinator, true, "driver");

        assertThat(house.status(access(tokens), "/api/v1/projects")).isEqualTo(403);
        assertThat(house.status(access(tokens), "/actuator/info")).isEqualTo(403);
        assertThat(house.get(access(tokens), "/api/v1/me")
                        .getBody()
                        .get("groups")
                        .toString())
                .isEqualTo("[\"driver\"]");
    }

    @Test
    void deactivatedPersonsTokensAreUselessFromTheNextRequestOn() {
        house.change(coordinator, false, "coordinator");

        assertThat(me(tokens)).isEqualTo(401);
        assertThat(house.status(access(tokens), "/engine-rest/task")).isEqualTo(401);
        assertThat(house.refresh(refreshToken(tokens)).getStatusCode().value()).isEqualTo(401);
    }

    @Test
    void refreshGivesNewTokensForTheSameSession() {
        ResponseEntity<JsonNode> refreshed = house.refresh(refreshToken(tokens));

        assertThat(refreshed.getStatusCode().value()).isEqualTo(200);
        assertThat(refreshed.getBody().get("session")).isEqualTo(tokens.get("session"));
        assertThat(refreshToken(refreshed.getBody())).isNotEqualTo(refreshToken(tokens));
        assertThat(me(refreshed.getBody())).isEqualTo(200);
    }

    @Test
    void reusedRefreshTokenIsRefusedAndEndsItsWholeFamilyAtOnce() {
        JsonNode refreshed = house.refresh(refreshToken(tokens)).getBody();
        JsonNode elsewhere = house.tokens(coordinator);

        ResponseEntity<JsonNode> reused = house.refresh(refreshToken(tokens));

        assertThat(reused.getStatusCode().value()).isEqualTo(401);
        assertThat(reused.getBody().get("detail").asText()).contains("sign in again");
        assertThat(house.refresh(refreshToken(refreshed)).getStatusCode().value())
                .isEqualTo(401);
        assertThat(me(tokens)).isEqualTo(401);
        assertThat(me(refreshed)).isEqualTo(401);
        assertThat(me(elsewhere)).isEqualTo(200);
        assertThat(suspicions.count(
                        "reused-refresh-token", tokens.get("session").asText()))
                .isEqualTo(1);
    }

    @Test
    void ofTwoRefreshesAtOnceExactlyOneSucceeds() throws Exception {
        ExecutorService devices = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 10; round++) {
                String token = refreshToken(house.tokens(coordinator));
                CyclicBarrier together = new CyclicBarrier(2);
                Callable<Integer> refresh = () -> {
                    together.await();
                    return house.refresh(token).getStatusCode().value();
                };
                List<Future<Integer>> both = devices.invokeAll(List.of(refresh, refresh));
                List<Integer> statuses = List.of(both.get(0).get(), both.get(1).get());
                assertThat(statuses).containsOnlyOnce(200);
                assertThat(statuses).allMatch(status -> List.of(200, 401, 409).contains(status));
            }
        } finally {
            devices.shutdownNow();
        }
    }

    @Test
    void requestThatWasUnderWayAtTheSameMomentIsRefusedWithoutEndingTheFamily() {
        Instant arrived = Instant.now();
        JsonNode refreshed = house.refresh(refreshToken(tokens)).getBody();

        assertThatThrownBy(() -> signIns.refresh(refreshToken(tokens), arrived))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.status().value()).isEqualTo(409));
        assertThat(me(refreshed)).isEqualTo(200);

        house.sql(other -> {
            other.sql("select * from refresh_token where secret_hash = :hash for update")
                    .param("hash", Secrets.digest(refreshToken(refreshed)))
                    .query()
                    .listOfRows();
            assertThat(house.refresh(refreshToken(refreshed)).getStatusCode().value())
                    .isEqualTo(409);
        });
        assertThat(house.refresh(refreshToken(refreshed)).getStatusCode().value())
                .isEqualTo(200);
    }

    @Test
    void refreshTokenIsStoredAsItsDigestOnly() {
        house.sql(rows -> assertThat(rows.sql("select secret_hash from refresh_token where sign_in_id = :id")
                        .param("id", UUID.fromString(tokens.get("session").asText()))
                        .query(byte[].class)
                        .single())
                .hasSize(32)
                .isNotEqualTo(refreshToken(tokens).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void expiredRefreshTokenIsRefused() {
        house.sql(rows -> rows.sql("update refresh_token set expires_at = now() where sign_in_id = :id")
                .param("id", UUID.fromString(tokens.get("session").asText()))
                .update());

        assertThat(house.refresh(refreshToken(tokens)).getStatusCode().value()).isEqualTo(401);
    }

    @Test
    void familyThatIsRefreshedAgainAndAgainEndsAfterThirtyDays() {
        house.sql(rows -> rows.sql("update sign_in set opened_at = now() - interval '29 days' where id = :id")
                .param("id", UUID.fromString(tokens.get("session").asText()))
                .update());

        JsonNode refreshed = house.refresh(refreshToken(tokens)).getBody();

        assertThat(Instant.parse(refreshed.get("refreshTokenExpiresAt").asText()))
                .isBefore(Instant.now().plusSeconds(24 * 3600 + 60));
    }

    @Test
    void logoutEndsTheFamily() {
        assertThat(house.post(access(tokens), "/api/v1/logout", null)
                        .getStatusCode()
                        .value())
                .isEqualTo(204);

        assertThat(me(tokens)).isEqualTo(401);
        assertThat(house.refresh(refreshToken(tokens)).getStatusCode().value()).isEqualTo(401);
        assertThat(house.post(Household.basic(coordinator), "/api/v1/logout", null)
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
    }

    @Test
    void personSeesAndEndsTheirOwnSessionsOnly() {
        JsonNode phone = house.tokens(coordinator);
        JsonNode stranger = house.tokens(house.person(house.circle, "coordinator"));

        JsonNode sessions = house.get(access(phone), "/api/v1/me/sessions").getBody();
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).get("current").asBoolean()).isTrue();
        assertThat(sessions.get(1).get("current").asBoolean()).isFalse();
        assertThat(sessions.get(0).get("kind").asText()).isEqualTo("TOKENS");
        assertThat(sessions.get(0).get("origin").asText()).isNotEmpty();

        for (String id :
                List.of(stranger.get("session").asText(), UUID.randomUUID().toString())) {
            ResponseEntity<JsonNode> refused =
                    house.call(access(phone), HttpMethod.DELETE, "/api/v1/me/sessions/" + id, null);
            assertThat(refused.getStatusCode().value()).isEqualTo(404);
            assertThat(refused.getBody().get("detail").asText()).isEqualTo("There is no session " + id + ".");
        }
        assertThat(me(stranger)).isEqualTo(200);

        house.call(
                access(phone),
                HttpMethod.DELETE,
                "/api/v1/me/sessions/" + tokens.get("session").asText(),
                null);
        assertThat(me(tokens)).isEqualTo(401);
        assertThat(me(phone)).isEqualTo(200);

        house.call(access(phone), HttpMethod.DELETE, "/api/v1/me/sessions", null);
        assertThat(me(phone)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "unsigned",
        "signed by somebody else",
        "signed with the public key as a secret",
        "expired",
        "without an end",
        "of another issuer",
        "for another audience",
        "for no audience",
        "of another type",
        "of another person",
        "without a session",
        "of an unknown session"
    })
    void tokenThatWeDidNotIssueIsRefused(String token) throws Exception {
        assertThat(house.status(Household.bearer(forged("ours")), "/api/v1/me")).isEqualTo(200);
        assertThat(house.status(Household.bearer(forged(token)), "/api/v1/me")).isEqualTo(401);
    }

    private String forged(String how) throws Exception {
        ECKey ours = keys.signing().toECKey();
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(how.equals("of another issuer") ? "elsewhere" : "fieldwright")
                .subject(how.equals("of another person") ? "admin" : coordinator.username())
                .issueTime(Date.from(now.minusSeconds(10)));
        if (!how.equals("for no audience")) {
            claims.audience(how.equals("for another audience") ? "elsewhere" : "fieldwright");
        }
        if (!how.equals("without an end")) {
            claims.expirationTime(Date.from(how.equals("expired") ? now.minusSeconds(1) : now.plusSeconds(60)));
        }
        if (!how.equals("without a session")) {
            claims.claim(
                    "sid",
                    how.equals("of an unknown session")
                            ? UUID.randomUUID().toString()
                            : tokens.get("session").asText());
        }
        JOSEObjectType type = new JOSEObjectType(how.equals("of another type") ? "JWT" : "at+jwt");
        if (how.equals("unsigned")) {
            return new PlainJWT(claims.build()).serialize();
        }
        if (how.equals("signed with the public key as a secret")) {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(type)
                            .keyID(ours.getKeyID())
                            .build(),
                    claims.build());
            token.sign(new MACSigner(ours.toECPublicKey().getEncoded()));
            return token.serialize();
        }
        ECKey key = how.equals("signed by somebody else")
                ? new ECKeyGenerator(Curve.P_256).keyID(ours.getKeyID()).generate()
                : ours;
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(type)
                        .keyID(key.getKeyID())
                        .build(),
                claims.build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/login, '{\"username\": \"asha\"}', 400, password",
        "/api/v1/login, '{\"username\": \"\", \"password\": \"x\"}', 400, username",
        "/api/v1/login, '{\"username\": 1, \"password\": \"x\"}', 400, username",
        "/api/v1/login, '[]', 400, ",
        "/api/v1/login, '', 400, ",
        "/api/v1/login/refresh, '{}', 400, refreshToken",
        "/api/v1/login/refresh, '{\"refreshToken\": \"made up\"}', 401, ",
        "/api/v1/login/password, '{\"token\": \"made up\", \"password\": \"correct horse\"}', 400, token"
    })
    void malformedRequestIsRefusedWithTheField(String path, String body, int status, String field) {
        ResponseEntity<JsonNode> refused = house.post(null, path, body);

        assertThat(refused.getStatusCode().value()).isEqualTo(status);
        assertThat(refused.getHeaders().getContentType().toString()).isEqualTo("application/problem+json");
        if (field != null) {
            assertThat(refused.getBody().at("/errors/0/field").asText()).isEqualTo(field);
        }
    }

    @Test
    void anotherKeySignsAfterNinetyDaysAndTokensOfTheLastOneStayGood() {
        String before = keys.signing().getKeyID();
        house.sql(rows -> rows.sql("update signing_key set created_at = created_at - interval '90 days'")
                .update());
        SigningKeys restarted = anotherNode();

        assertThat(restarted.signing().getKeyID()).isNotEqualTo(before);
        assertThat(me(tokens)).isEqualTo(200);
        assertThat(anotherNode().signing().getKeyID())
                .isEqualTo(restarted.signing().getKeyID());
    }

    @Test
    void lastFreeConnectionIsEnoughThoughTheKeysMustBeReadAgain() throws Exception {
        Tokens tokensOfAnotherNode = new Tokens(signIns, new AccessTokens(anotherNode(), clock));
        SignedInPerson person = directory.find(coordinator.username()).orElseThrow();

        Tokens.Issued issued = withOneFreeConnection(
                () -> tokensOfAnotherNode.open(person, new RequestOrigin("203.0.113.1", "phone")));
        Tokens.Issued refreshed =
                withOneFreeConnection(() -> new Tokens(signIns, new AccessTokens(anotherNode(), clock))
                        .refresh(issued.refreshToken(), clock.instant()));

        assertThat(house.status(Household.bearer(issued.accessToken()), "/api/v1/me"))
                .isEqualTo(200);
        assertThat(refreshed.signIn()).isEqualTo(issued.signIn());
    }

    private <T> T withOneFreeConnection(Callable<T> work) throws Exception {
        List<Connection> taken = new ArrayList<>();
        try {
            int all = connections.unwrap(HikariDataSource.class).getMaximumPoolSize();
            while (taken.size() < all - 1) {
                taken.add(connections.getConnection());
            }
            return work.call();
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    private SigningKeys anotherNode() {
        return new SigningKeys(jdbc, transactions, clock);
    }
}
