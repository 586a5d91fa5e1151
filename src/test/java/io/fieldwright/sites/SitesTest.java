package io.fieldwright.sites;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwright.FieldwrightTest;
import io.fieldwright.TableOwner;
import io.fieldwright.people.People;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Two circles of one corporate, each with a coordinator who calls the REST interface. */
@FieldwrightTest
public abstract class SitesTest {

    private static final String PASSWORD = "a-long-enough-password";

    @Autowired
    protected ObjectMapper json;

    @Autowired
    protected TableOwner tables;

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private Organisations organisations;

    @Autowired
    private People people;

    protected String corporate = "";
    protected String circle = "";
    protected String otherCircle = "";
    protected Caller coordinator = new Caller("");
    protected Caller otherCoordinator = new Caller("");
    protected Caller corporateAdmin = new Caller("");

    @BeforeEach
    void organisationsAndPeople() {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        corporate = "corporate-" + unique;
        circle = "circle-" + unique;
        otherCircle = "other-" + unique;
        TenantScope.asSystem(() -> {
            organisations.create(corporate, Organisation.Kind.CORPORATE, "Corporate", null);
            organisations.create(circle, Organisation.Kind.CIRCLE, "Circle", corporate);
            organisations.create(otherCircle, Organisation.Kind.CIRCLE, "Other circle", corporate);
            coordinator = person(circle, "coordinator");
            otherCoordinator = person(otherCircle, "coordinator");
            corporateAdmin = person(corporate, "tenant-admin");
        });
    }

    private Caller person(String organisation, String designation) {
        String username = organisation + "." + designation;
        people.create(
                organisation,
                username,
                PASSWORD,
                new People.Profile(username, null, null, "en", true, Set.of(designation)));
        return new Caller(username);
    }

    protected ObjectBody site(String code) {
        return new ObjectBody(Map.of(
                "code", code, "name", "Site " + code, "kind", "tower", "latitude", 18.5204, "longitude", 73.8567));
    }

    /** A request body of which a test changes single members. */
    protected record ObjectBody(Map<String, Object> members) {
        public ObjectBody with(String member, @Nullable Object value) {
            Map<String, Object> changed = new HashMap<>(members);
            changed.put(member, value);
            return new ObjectBody(changed);
        }
    }

    /** Somebody who calls the REST interface. */
    protected class Caller {

        private final String username;

        Caller(String username) {
            this.username = username;
        }

        public ResponseEntity<JsonNode> get(String path, Object... variables) {
            return call(HttpMethod.GET, path, null, new HttpHeaders(), variables);
        }

        public ResponseEntity<JsonNode> post(String path, ObjectBody body) {
            return call(HttpMethod.POST, path, body.members(), new HttpHeaders());
        }

        public ResponseEntity<JsonNode> put(String path, Object body, @Nullable String ifMatch) {
            HttpHeaders headers = new HttpHeaders();
            if (ifMatch != null) {
                headers.set(HttpHeaders.IF_MATCH, ifMatch);
            }
            return call(HttpMethod.PUT, path, body instanceof ObjectBody object ? object.members() : body, headers);
        }

        public ResponseEntity<JsonNode> upload(String query, String type, byte[] content) {
            HttpHeaders headers = new HttpHeaders();
            headers.setContentType(MediaType.parseMediaType(type));
            return call(HttpMethod.POST, "/api/v1/site-imports" + query, content, headers);
        }

        public ResponseEntity<byte[]> download(String path, String type) {
            HttpHeaders headers = new HttpHeaders();
            headers.setAccept(List.of(MediaType.parseMediaType(type)));
            return http.withBasicAuth(username, PASSWORD)
                    .exchange(path, HttpMethod.GET, new HttpEntity<>(headers), byte[].class);
        }

        private ResponseEntity<JsonNode> call(
                HttpMethod method, String path, @Nullable Object body, HttpHeaders headers, Object... variables) {
            return http.withBasicAuth(username, PASSWORD)
                    .exchange(path, method, new HttpEntity<>(body, headers), JsonNode.class, variables);
        }

        public UUID create(ObjectBody site) {
            ResponseEntity<JsonNode> created = post("/api/v1/sites", site);
            assertThat(created.getStatusCode().value())
                    .as("%s", created.getBody())
                    .isEqualTo(201);
            return UUID.fromString(body(created).get("id").asText());
        }
    }

    protected static JsonNode body(ResponseEntity<JsonNode> answer) {
        assertThat(answer.getBody()).isNotNull();
        return answer.getBody();
    }

    protected static void assertRefused(ResponseEntity<JsonNode> answer, int status, String field, String reason) {
        assertThat(answer.getStatusCode().value()).as("%s", answer.getBody()).isEqualTo(status);
        assertThat(body(answer).path("errors")).as("%s", answer.getBody()).anySatisfy(error -> {
            assertThat(error.get("field").asText()).isEqualTo(field);
            assertThat(error.get("reason").asText()).contains(reason);
        });
    }
}
