package io.fieldwright.tenancy.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.ComplianceDocument;
import io.fieldwright.tenancy.ComplianceDocuments;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organisations/{code}/compliance-documents")
class ComplianceDocumentController {

    record NewComplianceDocument(
            @NotNull ComplianceDocument.Kind kind,
            @NotBlank @Size(max = 100) String number,
            @NotBlank @Size(max = 200) String issuer,
            @NotNull LocalDate issuedOn,
            @Nullable LocalDate expiresOn) {

        ComplianceDocuments.Description description() {
            return new ComplianceDocuments.Description(kind, number, issuer, issuedOn, expiresOn);
        }
    }

    enum Verdict {
        APPROVED,
        REJECTED
    }

    record Review(@NotNull Verdict verdict, @Nullable @Size(max = 500) String reason) {}

    record ComplianceDocumentView(
            UUID id,
            String organisation,
            ComplianceDocument.Kind kind,
            String number,
            String issuer,
            LocalDate issuedOn,
            @Nullable LocalDate expiresOn,
            ComplianceDocument.State state,
            String submittedBy,
            Instant submittedAt,
            @Nullable String reviewedBy,
            @Nullable Instant reviewedAt,
            @Nullable String rejectionReason) {

        static ComplianceDocumentView of(ComplianceDocument document) {
            return new ComplianceDocumentView(
                    document.id(),
                    document.tenantId(),
                    document.kind(),
                    document.number(),
                    document.issuer(),
                    document.issuedOn(),
                    document.expiresOn(),
                    document.state(),
                    document.submittedBy(),
                    document.submittedAt(),
                    document.reviewedBy(),
                    document.reviewedAt(),
                    document.rejectionReason());
        }
    }

    private final ComplianceDocuments documents;

    ComplianceDocumentController(ComplianceDocuments documents) {
        this.documents = documents;
    }

    @PostMapping
    @PreAuthorize("hasAuthority('compliance.write')")
    ResponseEntity<ComplianceDocumentView> submit(
            @PathVariable String code, @Valid @RequestBody NewComplianceDocument request) {
        ComplianceDocument created = documents.submit(code, request.description());
        return EntityTag.created(
                "/api/v1/organisations/%s/compliance-documents/%s".formatted(code, created.id()),
                ComplianceDocumentView.of(created),
                created.version());
    }

    @GetMapping
    @PreAuthorize("hasAnyAuthority('compliance.write', 'compliance.review')")
    Listing<ComplianceDocumentView> list(
            @PathVariable String code, @ParameterObject @PageableDefault(sort = "submittedAt") Pageable page) {
        return Listing.of(
                documents.list(code, Listing.sortable(page, "submittedAt", "kind", "state", "expiresOn")),
                ComplianceDocumentView::of);
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAnyAuthority('compliance.write', 'compliance.review')")
    ResponseEntity<ComplianceDocumentView> get(@PathVariable String code, @PathVariable UUID id) {
        ComplianceDocument document = documents.get(code, id);
        return EntityTag.ok(ComplianceDocumentView.of(document), document.version());
    }

    @PostMapping("/{id}/review")
    @PreAuthorize("hasAuthority('compliance.review')")
    ComplianceDocumentView review(
            @PathVariable String code,
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody Review request) {
        String reason = request.reason();
        if (request.verdict() == Verdict.APPROVED) {
            if (reason != null) {
                throw Problem.invalid("reason", "is only given for a rejection");
            }
            return ComplianceDocumentView.of(documents.approve(code, id, ifMatch));
        }
        if (reason == null || reason.isBlank()) {
            throw Problem.invalid("reason", "must be given for a rejection");
        }
        return ComplianceDocumentView.of(documents.reject(code, id, ifMatch, reason));
    }
}
