package io.fieldwright.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwright.Caller;
import io.fieldwright.RoleHolders;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.files.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A phone in the field. It makes operations, and sends them over HTTP when the test says so. */
final class Phone {

    /** Escapes what only JSON can hold, such as half of a character. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    final UUID id = UUID.randomUUID();
    final String person;
    final Caller caller;
    private final TestRestTemplate http;

    /** Every outcome but DUPLICATE that was answered, by operation. */
    final Map<UUID, List<String>> answered = new LinkedHashMap<>();

    private Duration behind = Duration.ZERO;

    Phone(TestRestTemplate http, String person) {
        this.person = person;
        this.http = http.withBasicAuth(person, RoleHolders.PASSWORD);
        this.caller = Caller.signedIn(http, person, RoleHolders.PASSWORD);
    }

    Phone register() {
        assertThat(tryToRegister().getStatusCode()).isEqualTo(HttpStatus.CREATED);
        return this;
    }

    ResponseEntity<JsonNode> tryToRegister() {
        return caller.post(
                "/api/v1/sync/devices",
                """
                {"id": "%s", "name": "Phone of %s", "platform": "Android 15"}"""
                        .formatted(id, person));
    }

    Phone withClockBehind(Duration behind) {
        this.behind = behind;
        return this;
    }

    Instant time() {
        return Instant.now().minus(behind);
    }

    /** One attempt at a field task, as it is captured on this phone. */
    final class Attempt {

        final FieldTask task;
        final UUID id = UUID.randomUUID();
        final List<ObjectNode> operations = new ArrayList<>();

        Attempt(FieldTask task) {
            this.task = task;
        }

        ObjectNode say(String kind, Object... content) {
            ObjectNode operation = operation(task.id(), id, kind, content);
            operations.add(operation);
            return operation;
        }

        Attempt accept() {
            say("ACCEPT");
            return this;
        }

        Attempt start() {
            return start(1);
        }

        Attempt start(int round) {
            say("START", "round", round);
            return this;
        }

        Attempt fix(Field field) {
            return fix(field, 5);
        }

        Attempt fix(Field field, double accuracyMetres) {
            return fix(field.site.latitude(), field.site.longitude(), accuracyMetres);
        }

        Attempt fix(double latitude, double longitude, double accuracyMetres) {
            say(
                    "FIX",
                    "latitude",
                    latitude,
                    "longitude",
                    longitude,
                    "accuracyMetres",
                    accuracyMetres,
                    "fixedAt",
                    time().toString());
            return this;
        }

        ObjectNode photo(UUID file) {
            return say("PHOTO", "file", file.toString());
        }

        /** A photo for the server to read serial numbers from. */
        ObjectNode label(UUID file) {
            return say("SERIAL", "method", "PHOTO", "file", file.toString());
        }

        Attempt serials(Field field) {
            field.radios.forEach(radio -> say("SERIAL", "serialNumber", radio.serialNumber(), "method", "SCANNED"));
            return this;
        }

        /** All that the site's equipment asks for, with its files uploaded. */
        Attempt complete(Visit visit) {
            Visit.Evidence files = visit.evidence(task).by(person);
            fix(visit.field);
            for (int photo = 0; photo < 5; photo++) {
                photo(files.uploadedPhoto());
            }
            serials(visit.field);
            say(
                    "SIGNATURE",
                    "name",
                    "S. Keeper",
                    "file",
                    files.uploadedSignature().toString());
            return this;
        }

        /** Stands for all evidence that was captured up to now. */
        Attempt submit() {
            List<String> evidence = operations.stream()
                    .filter(operation -> !List.of("ACCEPT", "DECLINE", "START")
                            .contains(operation.get("kind").asText()))
                    .map(operation -> operation.get("id").asText())
                    .toList();
            say("SUBMIT", "evidence", evidence);
            return this;
        }
    }

    Attempt attempt(FieldTask task) {
        return new Attempt(task);
    }

    ObjectNode operation(Object task, UUID execution, String kind, Object... content) {
        Map<String, Object> said = new HashMap<>();
        for (int i = 0; i < content.length; i += 2) {
            said.put((String) content[i], content[i + 1]);
        }
        ObjectNode operation = JSON.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("task", String.valueOf(task))
                .put("execution", execution == null ? null : execution.toString())
                .put("kind", kind)
                .put("at", time().toString());
        operation.set("content", JSON.valueToTree(said));
        return operation;
    }

    /** Uploads a file for a field task in one piece. */
    UUID upload(FieldTask task, StoredFile.Kind kind, byte[] content) {
        MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
        form.add("kind", kind.name());
        form.add("tenant", task.tenantId());
        form.add("file", new ByteArrayResource(content) {
            @Override
            public String getFilename() {
                return "evidence.jpg";
            }
        });
        ResponseEntity<JsonNode> answer = http.postForEntity("/api/v1/files", form, JsonNode.class);
        assertThat(answer.getStatusCode()).as(String.valueOf(answer.getBody())).isEqualTo(HttpStatus.CREATED);
        return UUID.fromString(answer.getBody().get("id").asText());
    }

    /** The answers in the order of the operations. */
    List<JsonNode> send(List<ObjectNode> operations) {
        ResponseEntity<JsonNode> answer = tryToSend(operations);
        assertThat(answer.getStatusCode()).as(String.valueOf(answer.getBody())).isEqualTo(HttpStatus.OK);
        List<JsonNode> results = new ArrayList<>();
        answer.getBody().get("results").forEach(results::add);
        assertThat(results)
                .extracting(result -> result.get("operation").asText())
                .containsExactlyElementsOf(operations.stream()
                        .map(operation -> operation.get("id").asText())
                        .toList());
        results.stream()
                .filter(result -> !result.get("outcome").asText().equals("DUPLICATE"))
                .forEach(result -> answered.computeIfAbsent(
                                UUID.fromString(result.get("operation").asText()), operation -> new ArrayList<>())
                        .add(result.get("outcome").asText()));
        return results;
    }

    List<JsonNode> send(ObjectNode... operations) {
        return send(Arrays.asList(operations));
    }

    ResponseEntity<JsonNode> tryToSend(List<ObjectNode> operations) {
        ObjectNode batch = JSON.createObjectNode().put("device", id.toString()).put("sentAt", time().toString());
        ArrayNode sent = batch.putArray("operations");
        operations.forEach(sent::add);
        try {
            return caller.post("/api/v1/sync/operations", JSON.writeValueAsString(batch));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    JsonNode pull(String cursor) {
        ResponseEntity<JsonNode> page = tryToPull(cursor, 100);
        assertThat(page.getStatusCode()).as(String.valueOf(page.getBody())).isEqualTo(HttpStatus.OK);
        return page.getBody();
    }

    ResponseEntity<JsonNode> tryToPull(String cursor, int size) {
        return caller.get(
                "/api/v1/sync/tasks?device=" + id + "&size=" + size + (cursor == null ? "" : "&cursor=" + cursor));
    }

    /** One field task. */
    ResponseEntity<JsonNode> tryToPull(FieldTask task) {
        return caller.get("/api/v1/sync/tasks/" + task.id() + "?device=" + id);
    }

    static List<String> outcomes(List<JsonNode> results) {
        return results.stream().map(result -> result.get("outcome").asText()).toList();
    }

    static List<String> reasons(List<JsonNode> results) {
        return results.stream().map(result -> result.get("reason").asText()).toList();
    }
}
