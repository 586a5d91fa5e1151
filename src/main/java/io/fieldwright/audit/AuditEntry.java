package io.fieldwright.audit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was written down of one change: who, when, from where, before and after.
 *
 * @param tenant in whose chain it stands
 * @param sequence its place there, from 1
 * @param record what its hash is over
 */
public record AuditEntry(String tenant, long sequence, Map<String, @Nullable Object> record) {

    /** What happened to a row; or {@code SECURITY}, when something happened that changed none. */
    public enum Operation {
        INSERT,
        UPDATE,
        DELETE,
        /** It came from another tenant, in whose chain it left. */
        ENTER,
        /** It went to another tenant, in whose chain it entered. */
        LEAVE,
        SECURITY
    }

    /** The chain and the place there, such as {@code maharashtra~vertex:1234}. */
    public String id() {
        return tenant + ":" + sequence;
    }

    public Instant at() {
        return Instant.parse(String.valueOf(record.get("at")));
    }

    public Operation operation() {
        return Operation.valueOf(String.valueOf(record.get("operation")));
    }

    /** A text of the record; null where it has none. */
    public @Nullable String text(String field) {
        return (String) record.get(field);
    }

    /** The columns of the row before or after, by name; those that changed, where it was there before and after. */
    @SuppressWarnings("unchecked")
    public @Nullable Map<String, @Nullable Object> row(String field) {
        return (Map<String, @Nullable Object>) record.get(field);
    }
}
