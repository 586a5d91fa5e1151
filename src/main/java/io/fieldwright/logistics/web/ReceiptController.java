package io.fieldwright.logistics.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.equipment.Condition;
import io.fieldwright.logistics.Discrepancy;
import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.ReceiptLine;
import io.fieldwright.logistics.Receipts;
import io.fieldwright.logistics.web.CountedRows.BulkLine;
import io.fieldwright.logistics.web.CountedRows.SerialLine;
import io.fieldwright.workflow.UserTasks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Receipts, and what storekeepers count on their devices. */
@RestController
@RequestMapping("/api/v1/receipts")
class ReceiptController {

    record Count(
            @Nullable @Size(max = 10_000) List<@Valid @NotNull SerialLine> serials,
            @Nullable @Size(max = 1_000) List<@Valid @NotNull BulkLine> bulk,
            @Nullable @Size(max = 4_000) String note) {}

    record ReceiptLineView(
            @Nullable UUID item,
            @Nullable String serialNumber,
            String category,
            Condition condition,
            @Nullable Condition countedCondition,
            int expectedQuantity,
            @Nullable Integer countedQuantity,
            BigDecimal unitValue,
            @Nullable String disposition) {

        static ReceiptLineView of(ReceiptLine line) {
            return new ReceiptLineView(
                    line.itemId(),
                    line.serialNumber(),
                    line.categoryCode(),
                    line.condition(),
                    line.countedCondition(),
                    line.expectedQuantity(),
                    line.countedQuantity(),
                    line.unitValue(),
                    line.disposition());
        }
    }

    record DiscrepancyView(
            UUID id,
            Discrepancy.Kind kind,
            Discrepancy.State state,
            @Nullable String serialNumber,
            String category,
            int quantity,
            BigDecimal value,
            @Nullable String findings) {

        static DiscrepancyView of(Discrepancy discrepancy) {
            return new DiscrepancyView(
                    discrepancy.id(),
                    discrepancy.kind(),
                    discrepancy.state(),
                    discrepancy.serialNumber(),
                    discrepancy.categoryCode(),
                    discrepancy.quantity(),
                    discrepancy.value(),
                    discrepancy.findings());
        }
    }

    record ReceiptView(
            UUID id,
            String tenantId,
            UUID dismantleRecord,
            UUID warehouse,
            Receipt.State state,
            Instant expectedAt,
            @Nullable Instant countedAt,
            @Nullable String countedBy,
            @Nullable String certificateNumber) {

        static ReceiptView of(Receipt receipt) {
            return new ReceiptView(
                    receipt.id(),
                    receipt.tenantId(),
                    receipt.dismantleRecordId(),
                    receipt.warehouseId(),
                    receipt.state(),
                    receipt.expectedAt(),
                    receipt.countedAt(),
                    receipt.countedBy(),
                    receipt.certificateNumber());
        }
    }

    private final Receipts receipts;
    private final UserTasks tasks;

    ReceiptController(Receipts receipts, UserTasks tasks) {
        this.receipts = receipts;
        this.tasks = tasks;
    }

    @GetMapping
    @PreAuthorize("hasAuthority('logistics.read')")
    Listing<ReceiptView> list(
            @RequestParam(required = false) @Nullable UUID dismantleRecord,
            @RequestParam(required = false) @Nullable UUID warehouse,
            @RequestParam(required = false) Receipt.@Nullable State state,
            @ParameterObject @PageableDefault(sort = "expectedAt") Pageable page) {
        return Listing.of(
                receipts.search(
                        dismantleRecord, warehouse, state, Listing.sortable(page, "expectedAt", "countedAt", "state")),
                ReceiptView::of);
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('logistics.read')")
    ResponseEntity<ReceiptView> get(@PathVariable UUID id) {
        Receipt receipt = receipts.get(id);
        return EntityTag.ok(ReceiptView.of(receipt), receipt.version());
    }

    @GetMapping("/{id}/lines")
    @PreAuthorize("hasAuthority('logistics.read')")
    List<ReceiptLineView> lines(@PathVariable UUID id) {
        return receipts.lines(id).stream().map(ReceiptLineView::of).toList();
    }

    @GetMapping("/{id}/discrepancies")
    @PreAuthorize("hasAuthority('logistics.read')")
    List<DiscrepancyView> discrepancies(@PathVariable UUID id) {
        return receipts.discrepancies(id).stream().map(DiscrepancyView::of).toList();
    }

    @PostMapping("/{id}/count")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void count(@PathVariable UUID id, @Valid @RequestBody Count request) {
        receipts.get(id);
        Map<String, Object> answers = new HashMap<>();
        answers.put("countedSerials", CountedRows.serials(request.serials()));
        answers.put("countedBulk", CountedRows.bulk(request.bulk()));
        answers.put("note", request.note());
        tasks.complete("Task_CountAndScan", Receipts.RECEIPT_ID, id.toString(), answers);
    }
}
