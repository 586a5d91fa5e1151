package io.fieldwright.audit.web;

import io.fieldwright.audit.Audit;
import io.fieldwright.audit.AuditEntry;
import io.fieldwright.audit.Chains;
import io.fieldwright.audit.Verification;
import io.fieldwright.people.SignedInPerson;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

    private static final String MAY_READ =
            "hasAuthority('audit.read') and (#tenant != '-' or hasAuthority('platform-audit.read'))";

    record EntryView(
            String id,
            String tenant,
            long sequence,
            Instant at,
            @Nullable String actor,
            @Nullable String origin,
            @Nullable String reason,
            @Nullable String transaction,
            AuditEntry.Operation operation,
            @Nullable String table,
            @Nullable String key,
            @Nullable Map<String, @Nullable Object> before,
            @Nullable Map<String, @Nullable Object> after,
            @Nullable String event,
            @Nullable String detail) {

        static EntryView of(AuditEntry entry) {
            return new EntryView(
                    entry.id(),
                    entry.tenant(),
                    entry.sequence(),
                    entry.at(),
                    entry.text("actor"),
                    entry.text("origin"),
                    entry.text("reason"),
                    entry.text("transaction"),
                    entry.operation(),
                    entry.text("table"),
                    entry.text("key"),
                    entry.row("before"),
                    entry.row("after"),
                    entry.text("event"),
                    entry.text("detail"));
        }
    }

    /** @param next the {@code before} of the next page; null on the last */
    record EntriesView(List<EntryView> items, @Nullable String next) {}

    private final Audit audit;
    private final Chains chains;

    AuditController(Audit audit, Chains chains) {
        this.audit = audit;
        this.chains = chains;
    }

    @GetMapping
    @PreAuthorize(MAY_READ)
    EntriesView find(
            @RequestParam(required = false) @Nullable String tenant,
            @RequestParam(required = false) @Nullable String table,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) AuditEntry.@Nullable Operation operation,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int size) {
        List<AuditEntry> found =
                audit.find(new Audit.Search(tenant, table, key, actor, operation, from, to, before, size + 1));
        boolean more = found.size() > size;
        List<AuditEntry> page = more ? found.subList(0, size) : found;
        return new EntriesView(
                page.stream().map(EntryView::of).toList(),
                more ? page.get(size - 1).id() : null);
    }

    @GetMapping("/verification")
    @PreAuthorize(MAY_READ)
    Verification verify(
            @RequestParam(required = false) @Nullable String tenant, @AuthenticationPrincipal SignedInPerson caller) {
        return chains.verify(tenant == null ? caller.organisation() : tenant);
    }

    @GetMapping(path = "/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @PreAuthorize(MAY_READ)
    void export(
            @RequestParam(required = false) @Nullable String tenant,
            @AuthenticationPrincipal SignedInPerson caller,
            HttpServletResponse response)
            throws IOException {
        String chain = tenant == null ? caller.organisation() : tenant;
        Chains.require(chain);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\"");
        chains.export(chain, response.getOutputStream());
    }
}
