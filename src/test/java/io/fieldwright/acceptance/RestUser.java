package io.fieldwright.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody who works over HTTP. A request that got no answer is sent again once the application is back, a POST with the
 * same {@code Idempotency-Key}, as clients are told to do.
 */
final class RestUser {

    /** What came back; {@code body} is missing where there was none. */
    record Answer(int status, JsonNode body) {

        boolean done() {
            return status / 100 == 2;
        }

        /** The body of a request that nothing stands in the way of. */
        JsonNode required() {
            if (!done()) {
                throw new AssertionError(status + " " + body);
            }
            return body;
        }
    }

    /** Requests that were sent again, of all users. */
    static final AtomicLong REPEATED = new AtomicLong();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ATTEMPTS = 20;

    private final RunningApplication application;
    private final String username;

    RestUser(RunningApplication application, String username) {
        this.application = application;
        this.username = username;
    }

    String username() {
        return username;
    }

    JsonNode get(String path) {
        return send(request(path).GET()).required();
    }

    Answer tryToGet(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String idempotencyKey, Map<String, ?> body) {
        try {
            return post(path, idempotencyKey, "application/json", JSON.writeValueAsString(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Answer post(String path, String idempotencyKey, String contentType, String body) {
        return send(request(path)
                .header("Idempotency-Key", idempotencyKey)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        String credentials = username + ":" + RunningApplication.PASSWORD;
        return HttpRequest.newBuilder(application.uri(path))
                .timeout(Duration.ofMinutes(1))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer send(HttpRequest.Builder request) {
        IOException unanswered = null;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            application.awaitReady();
            try {
                HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                return new Answer(
                        response.statusCode(),
                        response.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(response.body()));
            } catch (IOException lost) {
                unanswered = lost;
                REPEATED.incrementAndGet();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        throw new AssertionError("no answer after " + MOST_ATTEMPTS + " attempts", unanswered);
    }
}
