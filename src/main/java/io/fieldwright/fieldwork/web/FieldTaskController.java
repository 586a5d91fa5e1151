package io.fieldwright.fieldwork.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.api.Times;
import io.fieldwright.fieldwork.Evidence;
import io.fieldwright.fieldwork.EvidenceContent;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldOrder;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTaskEvent;
import io.fieldwright.fieldwork.FieldTaskState;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.fieldwork.GpsFix;
import io.fieldwright.fieldwork.GpsOutcome;
import io.fieldwright.fieldwork.GpsReason;
import io.fieldwright.fieldwork.Requirements;
import io.fieldwright.fieldwork.SerialFinding;
import io.fieldwright.fieldwork.Verdict;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Field tasks: ordered, followed, cancelled, with their executions and the evidence of each. */
@RestController
@RequestMapping("/api/v1/field-tasks")
class FieldTaskController {

    /** What to ask for instead of what the equipment's categories do; their questions are asked all the same. */
    record AskedFor(
            @Nullable Integer gpsAccuracyMetres,
            @NotNull Integer minimumPhotos,
            @Nullable Boolean equipmentScan,
            @NotNull Boolean serialVerification,
            @NotNull Boolean signature,
            @NotNull Boolean offline) {

        Requirements requirements() {
            return new Requirements(
                    gpsAccuracyMetres,
                    minimumPhotos,
                    Boolean.TRUE.equals(equipmentScan),
                    serialVerification,
                    List.of(),
                    signature,
                    offline);
        }
    }

    record NewFieldTask(
            @NotNull UUID project,
            @NotNull UUID site,
            @NotNull UUID team,
            @Nullable Instant visitFrom,
            @Nullable Instant visitUntil,
            @Nullable @Valid AskedFor requirements,
            @Nullable Boolean clientAcceptance) {}

    record Reason(@NotBlank @Size(max = 500) String reason) {}

    record NewPermit(
            @NotBlank @Size(max = 100) String number, @NotNull LocalDate validFrom, @NotNull LocalDate validTo) {}

    record FieldTaskView(
            UUID id,
            String tenantId,
            String businessKey,
            UUID project,
            UUID site,
            UUID team,
            @Nullable UUID allocation,
            FieldTaskState state,
            int round,
            @Nullable String engineer,
            Requirements requirements,
            boolean clientAcceptance,
            Instant visitFrom,
            Instant visitUntil,
            @Nullable String permitNumber,
            @Nullable String remark,
            Set<String> askedAgain,
            Instant openedAt) {

        static FieldTaskView of(FieldTask task) {
            return new FieldTaskView(
                    task.id(),
                    task.tenantId(),
                    task.businessKey(),
                    task.projectId(),
                    task.siteId(),
                    task.teamId(),
                    task.allocationId(),
                    task.state(),
                    task.round(),
                    task.engineer(),
                    task.requirements(),
                    task.clientAcceptance(),
                    task.visitFrom(),
                    task.visitUntil(),
                    task.permit() == null ? null : task.permit().number(),
                    task.remark(),
                    task.askedAgain(),
                    task.openedAt());
        }
    }

    record ExecutionView(
            UUID id,
            UUID fieldTask,
            int round,
            String engineer,
            @Nullable UUID device,
            Execution.State state,
            Instant openedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable GpsOutcome gpsOutcome,
            @Nullable Double gpsProbability,
            @Nullable Double metresToBoundary,
            List<GpsReason> gpsReasons,
            @Nullable Integer score,
            @Nullable Verdict verdict,
            List<String> reasons,
            boolean sampled,
            Execution.@Nullable Review review,
            @Nullable String reviewedBy,
            @Nullable Instant reviewedAt,
            @Nullable String reviewNote) {

        static ExecutionView of(Execution execution) {
            return new ExecutionView(
                    execution.id(),
                    execution.fieldTaskId(),
                    execution.round(),
                    execution.engineer(),
                    execution.deviceId(),
                    execution.state(),
                    execution.openedAt(),
                    execution.startedAt(),
                    execution.endedAt(),
                    execution.gpsOutcome(),
                    execution.gpsProbability(),
                    execution.gpsDistance(),
                    execution.gpsReasons(),
                    execution.score(),
                    execution.verdict(),
                    execution.reasons(),
                    execution.sampled(),
                    execution.review(),
                    execution.reviewedBy(),
                    execution.reviewedAt(),
                    execution.reviewNote());
        }
    }

    record EvidenceView(
            UUID id,
            Evidence.Kind kind,
            Instant capturedAt,
            Instant receivedAt,
            boolean counts,
            @Schema(description = "name of the file that was refused, and why; none once it was taken") @Nullable
                    String fileRefusal,
            @Schema(
                            oneOf = {
                                GpsFix.class,
                                EvidenceContent.Photo.class,
                                EvidenceContent.Serial.class,
                                EvidenceContent.Answer.class,
                                EvidenceContent.Signature.class
                            })
                    EvidenceContent content) {

        static EvidenceView of(Evidence evidence, Execution execution) {
            return new EvidenceView(
                    evidence.id(),
                    evidence.kind(),
                    evidence.capturedAt(),
                    evidence.receivedAt(),
                    execution.counts(evidence.id()),
                    evidence.fileRefusal().orElse(null),
                    evidence.content());
        }
    }

    record ExecutionDetails(ExecutionView execution, List<EvidenceView> evidence, List<SerialFinding> serials) {}

    private final FieldTasks tasks;
    private final Executions executions;
    private final Clock clock;

    FieldTaskController(FieldTasks tasks, Executions executions, Clock clock) {
        this.tasks = tasks;
        this.executions = executions;
        this.clock = clock;
    }

    @PostMapping
    @PreAuthorize("hasAuthority('verifications.start')")
    ResponseEntity<FieldTaskView> order(@Valid @RequestBody NewFieldTask request) {
        Times.requireStorable("visitFrom", request.visitFrom());
        Times.requireStorable("visitUntil", request.visitUntil());
        Instant from = request.visitFrom() == null ? clock.instant() : request.visitFrom();
        FieldTask task = tasks.order(new FieldOrder(
                request.project(),
                request.site(),
                request.team(),
                null,
                from,
                request.visitUntil() == null ? from.plus(FieldTasks.VISIT_WINDOW) : request.visitUntil(),
                request.requirements() == null ? null : request.requirements().requirements(),
                Boolean.TRUE.equals(request.clientAcceptance())));
        return EntityTag.created("/api/v1/field-tasks/" + task.id(), FieldTaskView.of(task), task.version());
    }

    @GetMapping
    @PreAuthorize("hasAuthority('fieldwork.read')")
    Listing<FieldTaskView> list(
            @RequestParam(required = false) @Nullable UUID project,
            @RequestParam(required = false) @Nullable UUID site,
            @RequestParam(required = false) @Nullable FieldTaskState state,
            @ParameterObject @PageableDefault(sort = "openedAt") Pageable page) {
        return Listing.of(
                tasks.search(project, site, state, null, Listing.sortable(page, "openedAt", "businessKey", "state")),
                FieldTaskView::of);
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('fieldwork.read')")
    ResponseEntity<FieldTaskView> get(@PathVariable UUID id) {
        FieldTask task = tasks.get(id);
        return EntityTag.ok(FieldTaskView.of(task), task.version());
    }

    @GetMapping("/{id}/history")
    @PreAuthorize("hasAuthority('fieldwork.read')")
    List<FieldTaskEvent> history(@PathVariable UUID id) {
        return tasks.history(id);
    }

    @GetMapping("/{id}/executions")
    @PreAuthorize("hasAuthority('fieldwork.read')")
    List<ExecutionView> executions(@PathVariable UUID id) {
        return executions.of(id).stream().map(ExecutionView::of).toList();
    }

    @GetMapping("/{id}/executions/{execution}")
    @PreAuthorize("hasAuthority('fieldwork.read')")
    ExecutionDetails execution(@PathVariable UUID id, @PathVariable UUID execution) {
        Executions.Details details = executions.details(id, execution);
        return new ExecutionDetails(
                ExecutionView.of(details.execution()),
                details.evidence().stream()
                        .map(piece -> EvidenceView.of(piece, details.execution()))
                        .toList(),
                details.serials());
    }

    @PutMapping("/{id}/permit")
    @PreAuthorize("hasAuthority('verifications.start')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void renewPermit(@PathVariable UUID id, @Valid @RequestBody NewPermit request) {
        tasks.renewPermit(id, request.number(), request.validFrom(), request.validTo());
    }

    @PostMapping("/{id}/cancellation")
    @PreAuthorize("hasAuthority('verifications.start')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable UUID id, @Valid @RequestBody Reason request) {
        tasks.requestCancellation(id, request.reason());
    }
}
