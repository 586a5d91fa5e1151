package io.fieldwright.sites.web;

import io.fieldwright.api.Listing;
import io.fieldwright.api.Problem;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.sites.exchange.RowProblem;
import io.fieldwright.sites.exchange.SiteExport;
import io.fieldwright.sites.exchange.SiteImport;
import io.fieldwright.sites.exchange.SiteImports;
import io.fieldwright.tenancy.TenantScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class SiteExchangeController {

    private static final String CSV = "text/csv";

    record ImportView(
            UUID id,
            String organisation,
            String format,
            boolean dryRun,
            boolean allOrNothing,
            String state,
            int rowsRead,
            int created,
            int updated,
            int unchanged,
            int refused,
            int problems,
            boolean allProblemsKept,
            @Nullable String failure,
            String requestedBy,
            Instant requestedAt,
            @Nullable Instant finishedAt) {

        static ImportView of(SiteImport found) {
            return new ImportView(
                    found.id(),
                    found.organisation(),
                    found.format().name().toLowerCase(Locale.ROOT),
                    found.dryRun(),
                    found.allOrNothing(),
                    found.state().name().toLowerCase(Locale.ROOT),
                    found.rowsRead(),
                    found.created(),
                    found.updated(),
                    found.unchanged(),
                    found.refused(),
                    found.problems(),
                    found.allProblemsKept(),
                    found.failure(),
                    found.requestedBy(),
                    found.requestedAt(),
                    found.finishedAt());
        }
    }

    private final SiteImports imports;
    private final SiteExport export;

    SiteExchangeController(SiteImports imports, SiteExport export) {
        this.imports = imports;
        this.export = export;
    }

    @PostMapping(
            path = "/site-imports",
            consumes = {CSV, SiteController.GEO_JSON})
    @Operation(
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(mediaType = CSV, schema = @Schema(type = "string", format = "binary")),
                                @Content(
                                        mediaType = SiteController.GEO_JSON,
                                        schema = @Schema(type = "string", format = "binary"))
                            }),
            responses = @ApiResponse(responseCode = "202", description = "Queued; read how it goes at the Location"))
    @PreAuthorize("hasAuthority('sites.write')")
    ResponseEntity<ImportView> receive(
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(defaultValue = "false") boolean allOrNothing,
            @RequestParam(required = false) @Nullable String organisation,
            @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
            @AuthenticationPrincipal SignedInPerson caller,
            HttpServletRequest request)
            throws IOException {
        requireUtf8(type);
        SiteImport received = imports.receive(
                organisation == null ? caller.organisation() : organisation,
                type.isCompatibleWith(MediaType.parseMediaType(CSV))
                        ? SiteImport.Format.CSV
                        : SiteImport.Format.GEOJSON,
                dryRun,
                allOrNothing,
                request.getInputStream());
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/site-imports/" + received.id()))
                .body(ImportView.of(received));
    }

    private static void requireUtf8(MediaType type) {
        Charset charset = type.getCharset();
        if (charset != null && !charset.equals(StandardCharsets.UTF_8) && !charset.equals(StandardCharsets.US_ASCII)) {
            throw Problem.invalid("Content-Type", "send UTF-8, not " + charset);
        }
    }

    @GetMapping("/site-imports/{id}")
    @PreAuthorize("hasAuthority('sites.read')")
    ImportView get(@PathVariable UUID id) {
        return ImportView.of(imports.get(id));
    }

    @GetMapping("/site-imports/{id}/problems")
    @PreAuthorize("hasAuthority('sites.read')")
    Listing<RowProblem> problems(@PathVariable UUID id, @ParameterObject @PageableDefault(size = 100) Pageable page) {
        return Listing.of(imports.problems(id, page), Function.identity());
    }

    @GetMapping(path = "/sites/export", produces = CSV)
    @PreAuthorize("hasAuthority('sites.read')")
    void exportCsv(
            @RequestParam(required = false) @Nullable String organisation,
            @AuthenticationPrincipal SignedInPerson caller,
            HttpServletResponse response)
            throws IOException {
        String owner = organisation == null ? caller.organisation() : organisation;
        TenantScope.requireOrganisation(owner);
        response.setContentType(CSV + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"sites.csv\"");
        export.writeCsv(owner, response.getOutputStream());
    }

    @GetMapping(path = "/sites/export", produces = SiteController.GEO_JSON)
    @PreAuthorize("hasAuthority('sites.read')")
    void exportGeoJson(
            @RequestParam(required = false) @Nullable String organisation,
            @AuthenticationPrincipal SignedInPerson caller,
            HttpServletResponse response)
            throws IOException {
        String owner = organisation == null ? caller.organisation() : organisation;
        TenantScope.requireOrganisation(owner);
        response.setContentType(SiteController.GEO_JSON);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"sites.geojson\"");
        export.writeGeoJson(owner, response.getOutputStream());
    }
}
