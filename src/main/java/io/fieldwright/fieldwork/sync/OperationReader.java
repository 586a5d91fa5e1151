package io.fieldwright.fieldwork.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fieldwright.api.Legible;
import io.fieldwright.api.Problem;
import io.fieldwright.api.Times;
import io.fieldwright.fieldwork.CaptureConflict;
import io.fieldwright.fieldwork.CaptureConflict.Reason;
import io.fieldwright.fieldwork.Executions.Origin;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Understands operations. What it cannot is no reason to refuse a batch: it is a conflict that names the field. */
@Component
class OperationReader {

    /** An operation that was understood. */
    record Understood(
            UUID id, UUID task, @Nullable UUID execution, OperationKind kind, Instant at, OperationContent content) {

        /** @throws CaptureConflict when it does not say to which execution it belongs */
        Origin origin(UUID device) {
            if (execution == null) {
                throw new CaptureConflict(Reason.INVALID, "execution: is needed for " + kind);
            }
            return new Origin(task, execution, device);
        }
    }

    private record Envelope(
            @NotNull UUID id,
            @NotNull UUID task,
            @Nullable UUID execution,
            @NotNull OperationKind kind,
            @NotNull Instant at,
            @Nullable JsonNode content) {

        Envelope {
            Times.requireStorable("at", at);
        }
    }

    private final ObjectMapper json;
    private final Validator validator;

    OperationReader(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** @throws CaptureConflict with reason INVALID that names every field that is wrong */
    Understood read(JsonNode operation) {
        Envelope envelope = read(operation, Envelope.class, "");
        JsonNode content = envelope.content() == null || envelope.content().isNull()
                ? json.createObjectNode()
                : envelope.content();
        return new Understood(
                envelope.id(),
                envelope.task(),
                envelope.execution(),
                envelope.kind(),
                envelope.at(),
                read(content, OperationContent.of(envelope.kind()), "content."));
    }

    private <T> T read(JsonNode node, Class<T> type, String path) {
        T read;
        try {
            read = reader(type).readValue(node);
        } catch (JsonProcessingException | IllegalArgumentException malformed) {
            throw new CaptureConflict(Reason.INVALID, path + fault(malformed));
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (read == null) {
            throw new CaptureConflict(Reason.INVALID, path + "is missing");
        }
        Set<ConstraintViolation<T>> violations = validator.validate(read);
        if (!violations.isEmpty()) {
            throw new CaptureConflict(
                    Reason.INVALID,
                    violations.stream()
                            .map(violation -> path + violation.getPropertyPath() + ": " + violation.getMessage())
                            .sorted()
                            .collect(Collectors.joining("; ")));
        }
        return read;
    }

    private <T> ObjectReader reader(Class<T> type) {
        return json.readerFor(type).with(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
    }

    private static String fault(Exception malformed) {
        for (Throwable cause = malformed; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem.getMessage();
            }
        }
        if (malformed instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String field = mapping.getPath().stream()
                    .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                    .collect(Collectors.joining("."));
            return Legible.of(field)
                    + (mapping instanceof UnrecognizedPropertyException
                            ? ": is not a field of this"
                            : ": has a value of the wrong type");
        }
        return "is no JSON object";
    }
}
