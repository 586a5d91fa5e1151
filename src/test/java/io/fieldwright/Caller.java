package io.fieldwright;

import com.fasterxml.jackson.databind.JsonNode;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Somebody who uses the domain API over HTTP; bodies are JSON, written as in the documentation. */
public final class Caller {

    private final TestRestTemplate http;

    private Caller(TestRestTemplate http) {
        this.http = http;
    }

    public static Caller signedIn(TestRestTemplate http, String username, String password) {
        return new Caller(http.withBasicAuth(username, password));
    }

    public ResponseEntity<JsonNode> get(String path) {
        return exchange(HttpMethod.GET, path, null, null);
    }

    public ResponseEntity<JsonNode> post(String path, String body) {
        return exchange(HttpMethod.POST, path, body, null);
    }

    public ResponseEntity<JsonNode> post(String path, String body, String ifMatch) {
        return exchange(HttpMethod.POST, path, body, ifMatch);
    }

    public ResponseEntity<JsonNode> put(String path, String body, String ifMatch) {
        return exchange(HttpMethod.PUT, path, body, ifMatch);
    }

    public ResponseEntity<JsonNode> delete(String path) {
        return exchange(HttpMethod.DELETE, path, null, null);
    }

    private ResponseEntity<JsonNode> exchange(HttpMethod method, String path, String body, String ifMatch) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        if (ifMatch != null) {
            headers.set(HttpHeaders.IF_MATCH, ifMatch);
        }
        return http.exchange(path, method, new HttpEntity<>(body, headers), JsonNode.class);
    }
}
