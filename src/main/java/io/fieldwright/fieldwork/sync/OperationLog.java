package io.fieldwright.fieldwork.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fieldwright.api.Identifiers;
import io.fieldwright.fieldwork.CaptureConflict.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every operation as it was received, with what became of it; it is only added to. */
@Component
class OperationLog {

    /** An operation of a case, as a supervisor sees it. */
    record Entry(
            UUID operation,
            UUID device,
            String deviceName,
            String person,
            Instant receivedAt,
            Duration clockOffset,
            JsonNode content,
            Reason reason,
            String message) {}

    /**
     * What came before under the id of an operation.
     *
     * @param same what to answer if it was the same
     * @param other whether it was something else
     */
    record Before(@Nullable Answer same, boolean other) {}

    private record Kept(byte[] hash, @Nullable Reason reason, String message, NextStep next, List<UUID> missing) {}

    /** Keeps apart what two requests say of one operation; the second finds what the first made of it. */
    private static final String ONE_AT_A_TIME =
            "select pg_advisory_xact_lock(hashtextextended(:person || ' ' || :operation, 0))";

    private static final String KEPT =
            """
            select content_hash, reason, message, next, missing from sync_operation
            where person = :person and operation_id = :operation""";

    private static final String KEEP =
            """
            insert into sync_operation (id, tenant_id, operation_id, device_id, person, field_task_id, execution_id, kind, at,
              received_at, clock_offset_ms, content, content_hash, outcome, reason, message, next, missing, conflict_id)
            values (:id, :tenant, :operation, :device, :person, :task, :execution, :kind, :at,
              :receivedAt, :clockOffset, :content, :hash, :outcome, :reason, :message, :next, :missing, :conflict)""";

    private static final String OF_CONFLICT =
            """
            select o.operation_id, o.device_id, d.name, o.person, o.received_at, o.clock_offset_ms, o.content, o.reason, o.message
            from sync_operation o join device d on d.id = o.device_id
            where o.conflict_id = :conflict order by o.id""";

    /** Texts as any JSON may hold them, the unpaired halves of characters too, and members in an order of our own. */
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final JdbcClient jdbc;

    OperationLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is known of an operation. Nobody else works on it until the transaction ends. */
    Before before(SentOperation operation, String person) {
        jdbc.sql(ONE_AT_A_TIME)
                .param("person", person)
                .param("operation", operation.id().toString())
                .query((row, number) -> true)
                .single();
        List<Kept> kept = jdbc.sql(KEPT)
                .param("person", person)
                .param("operation", operation.id())
                .query(OperationLog::kept)
                .list();
        byte[] hash = hash(operation.json());
        return kept.stream()
                .filter(one -> MessageDigest.isEqual(one.hash(), hash))
                .findFirst()
                .map(same -> new Before(
                        new Answer(
                                operation.id(),
                                Outcome.DUPLICATE,
                                same.reason(),
                                same.message(),
                                same.next(),
                                same.missing()),
                        false))
                .orElse(new Before(null, !kept.isEmpty()));
    }

    private static Kept kept(ResultSet row, int number) throws SQLException {
        return new Kept(
                row.getBytes("content_hash"),
                reason(row),
                row.getString("message"),
                NextStep.valueOf(row.getString("next")),
                List.of((UUID[]) row.getArray("missing").getArray()));
    }

    private static @Nullable Reason reason(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return reason == null ? null : Reason.valueOf(reason);
    }

    /** Keeps it as it came; task, execution, kind and time are told apart as far as they can be understood. */
    void keep(SentOperation operation, String tenant, String person, Answer answer, @Nullable UUID conflict) {
        jdbc.sql(KEEP)
                .param("id", Identifiers.next())
                .param("tenant", tenant)
                .param("operation", operation.id())
                .param("device", operation.device())
                .param("person", person)
                .param("task", operation.identifier("task"), Types.OTHER)
                .param("execution", operation.identifier("execution"), Types.OTHER)
                .param("kind", operation.kind(), Types.VARCHAR)
                .param("at", operation.at(), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("receivedAt", Timestamp.from(operation.receivedAt()))
                .param("clockOffset", operation.clockOffset().toMillis())
                .param("content", text(operation.json()))
                .param("hash", hash(operation.json()))
                .param("outcome", answer.outcome().name())
                .param(
                        "reason",
                        answer.reason() == null ? null : answer.reason().name(),
                        Types.VARCHAR)
                .param("message", answer.message())
                .param("next", answer.next().name())
                .param("missing", answer.missing().toArray(UUID[]::new), Types.ARRAY)
                .param("conflict", conflict, Types.OTHER)
                .update();
    }

    /** What was sent that belongs to a case, in the order of arrival. */
    List<Entry> ofConflict(UUID conflict) {
        return jdbc.sql(OF_CONFLICT)
                .param("conflict", conflict)
                .query((row, number) -> new Entry(
                        row.getObject("operation_id", UUID.class),
                        row.getObject("device_id", UUID.class),
                        row.getString("name"),
                        row.getString("person"),
                        row.getTimestamp("received_at").toInstant(),
                        Duration.ofMillis(row.getLong("clock_offset_ms")),
                        parse(row.getString("content")),
                        Reason.valueOf(row.getString("reason")),
                        row.getString("message")))
                .list();
    }

    private static JsonNode parse(String content) {
        try {
            return CANONICAL.readTree(content);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(JsonNode operation) {
        try {
            return CANONICAL.writeValueAsString(operation);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same whatever the order of members, because devices may write an operation anew to send it again. */
    private static byte[] hash(JsonNode operation) {
        try {
            byte[] sorted = CANONICAL
                    .writeValueAsString(CANONICAL.treeToValue(operation, Object.class))
                    .getBytes(StandardCharsets.UTF_8);
            return MessageDigest.getInstance("SHA-256").digest(sorted);
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
