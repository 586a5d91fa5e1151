package io.fieldwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.FieldwrightTest;
import io.fieldwright.TableOwner;
import io.fieldwright.people.People;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

@FieldwrightTest
class IdempotencyTests {

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Organisations organisations;

    @Autowired
    private People people;

    @Autowired
    private TableOwner tables;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String corporate = "corporate-" + suffix;
    private final String admin = "admin-" + suffix;
    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void appointAdmin() {
        organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
        people.create(
                corporate,
                admin,
                PASSWORD,
                new People.Profile("Asha Kulkarni", null, null, "en", true, Set.of("platform-admin")));
    }

    private ResponseEntity<String> create(String code, String idempotencyKey) {
        return post(admin, circle(code), idempotencyKey);
    }

    private String circle(String code) {
        return "{\"code\": \"%s\", \"kind\": \"CIRCLE\", \"name\": \"Circle\", \"parent\": \"%s\"}"
                .formatted(code, corporate);
    }

    private ResponseEntity<String> post(String username, String body, String idempotencyKey) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.set("Idempotency-Key", idempotencyKey);
        return http.withBasicAuth(username, PASSWORD)
                .exchange("/api/v1/organisations", HttpMethod.POST, new HttpEntity<>(body, headers), String.class);
    }

    private long answersKept() {
        return tables.sql("select count(*) from idempotent_answer where person = :person")
                .param("person", admin)
                .query(Long.class)
                .single();
    }

    @Test
    void repeatedRequestGetsTheSameAnswerAndDoesNothing() {
        ResponseEntity<String> first = create("one-" + suffix, key);
        ResponseEntity<String> second = create("one-" + suffix, key);
        assertThat(first.getStatusCode().value()).isEqualTo(201);
        assertThat(first.getHeaders().containsKey("Idempotency-Replayed")).isFalse();
        assertThat(second.getStatusCode().value()).isEqualTo(201);
        assertThat(second.getHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.getBody()).isEqualTo(first.getBody());
        assertThat(second.getHeaders().getLocation())
                .isEqualTo(first.getHeaders().getLocation());
        assertThat(second.getHeaders().getContentType())
                .isEqualTo(first.getHeaders().getContentType());
    }

    @Test
    void sameKeyWithAnotherBodyIsRefused() {
        create("one-" + suffix, key);
        ResponseEntity<String> other = create("two-" + suffix, key);
        assertThat(other.getStatusCode().value()).isEqualTo(422);
        assertThat(other.getBody()).contains("\"field\":\"Idempotency-Key\"");
    }

    @Test
    void refusedRequestLeavesNothingAndMayBeMendedWithTheSameKey() {
        ResponseEntity<String> refused = create("NOT A CODE", key);
        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody()).contains("\"field\":\"code\"");
        assertThat(answersKept()).isZero();
        assertThat(create("one-" + suffix, key).getStatusCode().value()).isEqualTo(201);
        assertThat(create("one-" + suffix, UUID.randomUUID().toString())
                        .getStatusCode()
                        .value())
                .isEqualTo(409);
        assertThat(answersKept()).isEqualTo(1);
    }

    @Test
    void keyBelongsToThePersonWhoUsedIt() {
        String colleague = "colleague-" + suffix;
        people.create(
                corporate,
                colleague,
                PASSWORD,
                new People.Profile("Ravi Patil", null, null, "en", true, Set.of("platform-admin")));
        create("one-" + suffix, key);
        assertThat(post(colleague, circle("one-" + suffix), key).getStatusCode().value())
                .isEqualTo(409);
    }

    @Test
    void malformedKeyIsRefused() {
        assertThat(create("one-" + suffix, "k".repeat(256)).getStatusCode().value())
                .isEqualTo(400);
        assertThat(create("one-" + suffix, "two words").getStatusCode().value()).isEqualTo(400);
    }

    @Test
    void concurrentRepetitionsDoTheWorkOnce() throws Exception {
        int clients = 6;
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<ResponseEntity<String>>> calls = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                calls.add(() -> create("one-" + suffix, key));
            }
            for (Future<ResponseEntity<String>> answer : pool.invokeAll(calls)) {
                assertThat(answer.get().getStatusCode().value()).isEqualTo(201);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(answersKept()).isEqualTo(1);
    }

    @Test
    void bodyBeyondMemoryIsReadWhole() {
        String name = "x".repeat(3 << 20);
        ResponseEntity<String> refused =
                post(admin, circle("one-" + suffix).replace("\"Circle\"", '"' + name + '"'), key);
        assertThat(refused.getStatusCode().value()).isEqualTo(400);
        assertThat(refused.getBody()).contains("\"field\":\"name\"");
    }
}
