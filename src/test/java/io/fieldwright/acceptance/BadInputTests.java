package io.fieldwright.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.logistics.Warehouses;
import io.fieldwright.people.People;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Whatever is sent, the answer says what is wrong with it; which endpoints there are is read from the OpenAPI description. */
@FieldwrightTest
class BadInputTests {

    private static final String PASSWORD = "correct horse battery staple";

    @Autowired
    TestRestTemplate http;

    @Autowired
    Organisations organisations;

    @Autowired
    People people;

    @Autowired
    Warehouses warehouses;

    TestRestTemplate caller;

    @BeforeEach
    void furnish() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        organisations.create("corporate-" + unique, Organisation.Kind.CORPORATE, "Corporate", null);
        String circle = "circle-" + unique;
        organisations.create(circle, Organisation.Kind.CIRCLE, "Circle", "corporate-" + unique);
        people.create(
                circle,
                "everybody." + unique,
                PASSWORD,
                new People.Profile(
                        "Everybody",
                        null,
                        null,
                        "en",
                        true,
                        Set.of("coordinator", "warehouse-manager", "transport-coordinator", "tenant-admin")));
        warehouses.create(
                circle,
                "store",
                new Warehouses.Description("Store", null, 18.5, 73.8, 1000, Set.of("cable"), true, null, true));
        caller = http.withBasicAuth("everybody." + unique, PASSWORD);
    }

    @Test
    void listsAnswerWhateverPageOrOrderIsAskedFor() {
        for (String path : paths("get")) {
            for (String query : List.of("", "?sort=passwordHash", "?sort=id%00", "?page=2147483647", "?size=-1")) {
                assertNoFailure(HttpMethod.GET, path + query, null, null);
            }
        }
    }

    @Test
    void bodiesThatAreNoneAreRefused() {
        for (String method : List.of("post", "put")) {
            for (String path : paths(method)) {
                HttpMethod verb = HttpMethod.valueOf(method.toUpperCase(Locale.ROOT));
                for (String body :
                        List.of("", "   ", "null", "[]", "{", "{\"code\":\"a\\u0000b\",\"reason\":\"a\\u0000b\"}")) {
                    assertNoFailure(verb, path, body, MediaType.APPLICATION_JSON);
                }
                assertNoFailure(verb, path, "x", MediaType.MULTIPART_FORM_DATA);
                assertNoFailure(verb, path, "x", MediaType.TEXT_PLAIN);
            }
        }
    }

    private void assertNoFailure(HttpMethod method, String path, String body, MediaType type) {
        HttpHeaders headers = new HttpHeaders();
        headers.setIfMatch("*");
        if (type != null) {
            headers.setContentType(type);
        }
        ResponseEntity<String> answer = caller.exchange(
                URI.create(http.getRootUri() + path), method, new HttpEntity<>(body, headers), String.class);
        assertThat(answer.getStatusCode().value())
                .as("%s %s with %s answered %s", method, path, body, answer.getBody())
                .isLessThan(500);
        assertThat(String.valueOf(answer.getBody()))
                .as("%s %s with %s names what is wrong", method, path, body)
                .doesNotContain("\"detail\":\" ", "\"field\":\"\"");
        if (method != HttpMethod.GET && body != null && !body.isEmpty()) {
            headers.set("Idempotency-Key", UUID.randomUUID().toString());
            assertThat(caller.exchange(
                                    URI.create(http.getRootUri() + path),
                                    method,
                                    new HttpEntity<>(body, headers),
                                    String.class)
                            .getStatusCode()
                            .value())
                    .as("%s %s with %s and an idempotency key", method, path, body)
                    .isLessThan(500);
        }
    }

    private List<String> paths(String method) {
        List<String> paths = new ArrayList<>();
        JsonNode description = http.getForObject("/v3/api-docs", JsonNode.class);
        description.get("paths").fields().forEachRemaining(path -> {
            if (path.getValue().has(method)) {
                paths.add(
                        path.getKey().replaceAll("\\{[^}]*}", UUID.randomUUID().toString()));
            }
        });
        assertThat(paths).isNotEmpty();
        return paths;
    }
}
