package io.fieldwright.fieldwork.sync.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldwright.fieldwork.sync.OperationKind;
import io.fieldwright.fieldwork.sync.SyncOperations;
import io.fieldwright.fieldwork.sync.SyncTask;
import io.fieldwright.fieldwork.sync.SyncTasks;
import io.fieldwright.people.SignedInPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sync")
class SyncController {

    private static final int MOST_OPERATIONS = 500;

    private static final String CONTENT = "by kind: ACCEPT {}, DECLINE {reason}, START {round},"
            + " FIX {latitude, longitude, accuracyMetres, fixedAt, mock}, PHOTO {file, note},"
            + " SERIAL {serialNumber, method, file}, ANSWER {question, value, note},"
            + " SIGNATURE {name, file, latitude, longitude}, SUBMIT {evidence, note}";

    /** Each operation is read by itself: what is wrong with one is answered for that one. */
    record Batch(
            @NotNull UUID device,
            @NotNull Instant sentAt,
            @NotNull @Size(min = 1, max = MOST_OPERATIONS) List<JsonNode> operations) {}

    /** How a batch is written. */
    @Schema(name = "SyncBatch")
    record WrittenBatch(
            @NotNull UUID device,
            @NotNull Instant sentAt,
            @NotNull @Size(min = 1, max = MOST_OPERATIONS) List<WrittenOperation> operations) {}

    @Schema(name = "SyncOperation")
    record WrittenOperation(
            @NotNull UUID id,
            @NotNull UUID task,
            @Nullable UUID execution,
            @NotNull OperationKind kind,
            @NotNull Instant at,
            @Schema(description = CONTENT) Object content) {}

    private final SyncOperations operations;
    private final SyncTasks tasks;

    SyncController(SyncOperations operations, SyncTasks tasks) {
        this.operations = operations;
        this.tasks = tasks;
    }

    @GetMapping("/tasks")
    SyncTasks.Changes changes(
            @AuthenticationPrincipal SignedInPerson caller,
            @RequestParam UUID device,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Min(1) @Max(500) int size) {
        TaskCallers.require(caller);
        return tasks.changes(caller, device, cursor, size);
    }

    @GetMapping("/tasks/{id}")
    SyncTask task(@AuthenticationPrincipal SignedInPerson caller, @RequestParam UUID device, @PathVariable UUID id) {
        TaskCallers.require(caller);
        return tasks.get(caller, device, id);
    }

    @PostMapping("/operations")
    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = WrittenBatch.class))))
    SyncOperations.Received receive(@AuthenticationPrincipal SignedInPerson caller, @Valid @RequestBody Batch batch) {
        TaskCallers.require(caller);
        return operations.receive(caller, batch.device(), batch.sentAt(), batch.operations());
    }
}
