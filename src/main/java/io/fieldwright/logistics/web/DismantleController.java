package io.fieldwright.logistics.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.equipment.Condition;
import io.fieldwright.logistics.DismantleEvent;
import io.fieldwright.logistics.DismantleLine;
import io.fieldwright.logistics.DismantleOrder;
import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.DismantleRecords;
import io.fieldwright.logistics.DismantleState;
import io.fieldwright.logistics.web.CountedRows.BulkLine;
import io.fieldwright.logistics.web.CountedRows.SerialLine;
import io.fieldwright.workflow.UserTasks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Dismantle records: ordered, followed, cancelled, and the scan of the team that works at the site. */
@RestController
@RequestMapping("/api/v1/dismantle-records")
class DismantleController {

    record NewDismantle(@NotNull UUID project, @NotNull UUID site, @NotNull UUID team) {}

    record Reason(@NotBlank @Size(max = 500) String reason) {}

    record Permit(@NotBlank @Size(max = 100) String number, @NotNull LocalDate validFrom, @NotNull LocalDate validTo) {}

    record Scan(
            @Nullable @Size(max = 10_000) List<@Valid @NotNull SerialLine> serials,
            @Nullable @Size(max = 1_000) List<@Valid @NotNull BulkLine> bulk,
            @Nullable @Size(max = 4_000) String note) {}

    record DismantleLineView(
            DismantleLine.Finding finding,
            @Nullable UUID item,
            @Nullable String serialNumber,
            String category,
            Condition condition,
            int quantity,
            @Nullable BigDecimal unitValue,
            @Nullable BigDecimal value) {

        static DismantleLineView of(DismantleLine line) {
            return new DismantleLineView(
                    line.finding(),
                    line.itemId(),
                    line.serialNumber(),
                    line.categoryCode(),
                    line.condition(),
                    line.quantity(),
                    line.unitValue(),
                    line.value());
        }
    }

    record DismantleView(
            UUID id,
            String tenantId,
            String businessKey,
            UUID project,
            UUID site,
            UUID team,
            @Nullable UUID allocation,
            DismantleState state,
            Instant openedAt,
            @Nullable String authorisedBy,
            @Nullable String permitNumber,
            @Nullable String scannedBy,
            @Nullable Instant scannedAt,
            @Nullable UUID warehouse,
            @Nullable String currency,
            @Nullable BigDecimal value,
            @Nullable BigDecimal recoveredValue) {

        static DismantleView of(DismantleRecord record) {
            return new DismantleView(
                    record.id(),
                    record.tenantId(),
                    record.businessKey(),
                    record.projectId(),
                    record.siteId(),
                    record.teamId(),
                    record.allocationId(),
                    record.state(),
                    record.openedAt(),
                    record.authorisedBy(),
                    record.permitNumber(),
                    record.scannedBy(),
                    record.scannedAt(),
                    record.warehouseId(),
                    record.currency(),
                    record.value(),
                    record.recoveredValue());
        }
    }

    private final DismantleRecords records;
    private final UserTasks tasks;

    DismantleController(DismantleRecords records, UserTasks tasks) {
        this.records = records;
        this.tasks = tasks;
    }

    @PostMapping
    @PreAuthorize("hasAuthority('dismantles.start')")
    ResponseEntity<DismantleView> order(@Valid @RequestBody NewDismantle request) {
        DismantleRecord record =
                records.order(new DismantleOrder(request.project(), request.site(), request.team(), null));
        return EntityTag.created(
                "/api/v1/dismantle-records/" + record.id(), DismantleView.of(record), record.version());
    }

    @GetMapping
    @PreAuthorize("hasAuthority('logistics.read')")
    Listing<DismantleView> list(
            @RequestParam(required = false) @Nullable UUID site,
            @RequestParam(required = false) @Nullable UUID allocation,
            @RequestParam(required = false) @Nullable DismantleState state,
            @ParameterObject @PageableDefault(sort = "openedAt") Pageable page) {
        return Listing.of(
                records.search(site, allocation, state, Listing.sortable(page, "openedAt", "businessKey", "state")),
                DismantleView::of);
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('logistics.read')")
    ResponseEntity<DismantleView> get(@PathVariable UUID id) {
        DismantleRecord record = records.get(id);
        return EntityTag.ok(DismantleView.of(record), record.version());
    }

    @GetMapping("/{id}/lines")
    @PreAuthorize("hasAuthority('logistics.read')")
    List<DismantleLineView> lines(@PathVariable UUID id) {
        return records.lines(id).stream().map(DismantleLineView::of).toList();
    }

    @GetMapping("/{id}/history")
    @PreAuthorize("hasAuthority('logistics.read')")
    List<DismantleEvent> history(@PathVariable UUID id) {
        return records.history(id);
    }

    @PostMapping("/{id}/scan")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void scan(@PathVariable UUID id, @Valid @RequestBody Scan request) {
        records.get(id);
        Map<String, Object> answers = new HashMap<>();
        answers.put("scannedSerials", CountedRows.serials(request.serials()));
        answers.put("bulkLines", CountedRows.bulk(request.bulk()));
        answers.put("note", request.note());
        tasks.complete("Task_DismantleAndScan", DismantleRecords.DISMANTLE_RECORD_ID, id.toString(), answers);
    }

    @PutMapping("/{id}/permit")
    @PreAuthorize("hasAuthority('dismantles.start')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void renewPermit(@PathVariable UUID id, @Valid @RequestBody Permit request) {
        records.renewPermit(id, request.number(), request.validFrom(), request.validTo());
    }

    @PostMapping("/{id}/cancellation")
    @PreAuthorize("hasAuthority('dismantles.start')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable UUID id, @Valid @RequestBody Reason request) {
        records.requestCancellation(id, request.reason());
    }
}
