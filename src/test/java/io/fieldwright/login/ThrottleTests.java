package io.fieldwright.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.api.Problem;
import io.fieldwright.people.Person;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

@FieldwrightTest
class ThrottleTests {

    private static final int ATTEMPTS = 10;

    @LocalServerPort
    private int port;

    @Autowired
    private Household house;

    @Autowired
    private Suspicions suspicions;

    @Autowired
    private LoginThrottle throttle;

    @Autowired
    private ApplicationEventPublisher events;

    private Person coordinator;

    @BeforeEach
    void begin() {
        coordinator = house.person(house.circle, "coordinator");
        forget();
    }

    /** All tests call from one address, so its bucket is filled again. */
    @AfterEach
    void forget() {
        house.sql(rows -> rows.sql("delete from login_throttle").update());
    }

    private int basic(String username, String password) {
        return house.status(Household.basic(username, password), "/api/v1/me");
    }

    private void exhaust(String username) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            assertThat(basic(username, "wrong password " + attempt)).isEqualTo(401);
        }
    }

    @Test
    void guessesAreRefusedAfterTheTenthAndSoIsTheRightPassword() {
        exhaust(coordinator.username());

        ResponseEntity<JsonNode> refused = house.login(coordinator.username(), Household.PASSWORD);

        assertThat(refused.getStatusCode().value()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)))
                .isBetween(1, 60);
        assertThat(refused.getHeaders().getContentType().toString()).isEqualTo("application/problem+json");
        assertThat(basic(coordinator.username(), Household.PASSWORD)).isEqualTo(429);
        assertThat(suspicions.count("guessed-passwords", coordinator.username()))
                .isEqualTo(1);
    }

    @Test
    void anotherAttemptIsAllowedAfterAMinute() {
        exhaust(coordinator.username());
        house.sql(rows -> rows.sql("update login_throttle set counts_till = counts_till - interval '1 minute'")
                .update());

        assertThat(basic(coordinator.username(), Household.PASSWORD)).isEqualTo(200);
    }

    @Test
    void whoeverSignedInAMomentAgoIsNotLockedOutByOthersGuesses() {
        assertThat(basic(coordinator.username(), Household.PASSWORD)).isEqualTo(200);
        exhaust(coordinator.username());

        assertThat(basic(coordinator.username(), Household.PASSWORD)).isEqualTo(200);
        assertThat(basic(coordinator.username(), "wrong password")).isEqualTo(429);
    }

    @Test
    void unknownDeactivatedAndKnownPeopleAreAnsweredAlike() {
        Person gone = house.person(house.circle, "coordinator");
        house.change(gone, false, "coordinator");
        String unknown = "nobody-" + Household.unique();

        for (String username : List.of(coordinator.username(), gone.username(), unknown)) {
            ResponseEntity<JsonNode> wrong = house.login(username, "wrong password");
            assertThat(wrong.getStatusCode().value()).isEqualTo(401);
            assertThat(wrong.getBody().get("detail").asText())
                    .isEqualTo("Sign in: what was sent does not prove who you are.");
            IntStream.range(1, ATTEMPTS).forEach(attempt -> house.login(username, "wrong password"));
            assertThat(house.login(username, "wrong password").getStatusCode().value())
                    .isEqualTo(429);
        }
        forget();
        assertThat(house.login(gone.username(), Household.PASSWORD)
                        .getStatusCode()
                        .value())
                .isEqualTo(401);
    }

    @Test
    void successDoesNotUseUpAttempts() {
        for (int time = 0; time < 2 * ATTEMPTS; time++) {
            throttle.take(coordinator.username(), "192.0.2.1");
            throttle.giveBack(coordinator.username(), "192.0.2.1");
        }
        throttle.take(coordinator.username(), "192.0.2.1");
    }

    /** The time stands still, for a bucket of this size refills before it is emptied slowly. */
    @Test
    void addressThatTriesManyUsernamesIsStopped() {
        house.sql(rows -> {
            LoginThrottle throttle = new LoginThrottle(rows, events, Clock.fixed(Instant.now(), ZoneOffset.UTC));
            int taken = 0;
            try {
                for (; taken < 1000; taken++) {
                    throttle.take("nobody-" + taken, "2001:db8:1:2::" + Integer.toHexString(taken + 1));
                }
            } catch (Problem tooManyAttempts) {
                assertThat(tooManyAttempts.status().value()).isEqualTo(429);
            }
            assertThat(taken).isEqualTo(100);
            throttle.take("nobody", "2001:db8:1:3::1");
        });
    }

    @Test
    void guessesAtTheSameMomentDoNotSlipThrough() throws Exception {
        ExecutorService attackers = Executors.newFixedThreadPool(8);
        try {
            List<Integer> statuses = attackers
                    .invokeAll(IntStream.range(0, 3 * ATTEMPTS)
                            .mapToObj(attempt -> (Callable<Integer>)
                                    () -> basic(coordinator.username(), "wrong password " + attempt))
                            .toList())
                    .stream()
                    .map(answer -> {
                        try {
                            return answer.get();
                        } catch (Exception failed) {
                            throw new IllegalStateException(failed);
                        }
                    })
                    .collect(Collectors.toList());
            assertThat(statuses.stream().filter(status -> status == 401)).hasSize(ATTEMPTS);
            assertThat(statuses.stream().filter(status -> status == 429)).hasSize(2 * ATTEMPTS);
        } finally {
            attackers.shutdownNow();
        }
    }

    @Test
    void guessesOfSomebodyWhoIsSignedInCountWithAnIdempotencyKeyToo() {
        String attacker = Household.basic(house.person(house.circle, "driver"));
        for (int attempt = 0; attempt <= ATTEMPTS; attempt++) {
            assertThat(house.call(
                                    attacker,
                                    HttpMethod.POST,
                                    "/api/v1/login",
                                    "{\"username\": \"%s\", \"password\": \"wrong\"}".formatted(coordinator.username()),
                                    headers -> headers.set(
                                            "Idempotency-Key", UUID.randomUUID().toString()))
                            .getStatusCode()
                            .value())
                    .isEqualTo(attempt < ATTEMPTS ? 401 : 429);
        }
    }

    @Test
    void loginPageStopsGuessersToo() {
        Browser browser = new Browser(port);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            assertThat(browser.signIn(coordinator.username(), "wrong password")
                            .uri()
                            .getQuery())
                    .isEqualTo("error");
        }
        HttpResponse<String> refused = browser.signIn(coordinator.username(), Household.PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void usernameThatCannotBeStoredIsRefusedLikeAnyOther() {
        assertThat(basic("no\0body", "wrong password")).isEqualTo(401);
        assertThat(basic("x".repeat(2000), "wrong password")).isEqualTo(401);
        assertThat(basic(coordinator.username(), "x".repeat(100))).isEqualTo(401);
    }
}
