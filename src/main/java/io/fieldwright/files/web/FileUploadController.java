package io.fieldwright.files.web;

import io.fieldwright.api.Identifiers;
import io.fieldwright.files.FileUpload;
import io.fieldwright.files.FileUploads;
import io.fieldwright.files.NewFile;
import io.fieldwright.files.StoredFile;
import io.fieldwright.people.SignedInPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Uploads in pieces, with the headers of the tus protocol 1.0. */
@RestController
@RequestMapping("/api/v1/file-uploads")
class FileUploadController {

    private static final String PIECE = "application/offset+octet-stream";
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";

    record NewUpload(
            @Nullable String id,
            @Nullable String tenant,
            @NotNull StoredFile.Kind kind,
            @Nullable @Size(max = 1000) String name,
            @Positive long size,
            @NotNull @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 lower-case hexadecimal digits")
                    String sha256) {}

    record UploadView(UUID id, long size, long received, boolean complete, @Nullable Instant expiresAt) {

        static UploadView of(FileUpload upload) {
            return new UploadView(upload.id(), upload.size(), upload.received(), upload.complete(), upload.expiresAt());
        }
    }

    private final FileUploads uploads;

    FileUploadController(FileUploads uploads) {
        this.uploads = uploads;
    }

    @PostMapping
    @PreAuthorize("hasAuthority('files.write')")
    ResponseEntity<UploadView> start(
            @Valid @RequestBody NewUpload request, @AuthenticationPrincipal SignedInPerson caller) {
        FileUpload upload = uploads.start(
                new NewFile(
                        request.id() == null ? null : Identifiers.parse("id", request.id()),
                        request.tenant() == null ? caller.organisation() : request.tenant(),
                        request.kind(),
                        request.name()),
                request.size(),
                request.sha256());
        return progress(ResponseEntity.created(URI.create("/api/v1/file-uploads/" + upload.id())), upload)
                .body(UploadView.of(upload));
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('files.write')")
    ResponseEntity<UploadView> get(@PathVariable UUID id) {
        FileUpload upload = uploads.get(id);
        return progress(ResponseEntity.ok(), upload).body(UploadView.of(upload));
    }

    @PatchMapping(path = "/{id}", consumes = PIECE)
    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(mediaType = PIECE, schema = @Schema(type = "string", format = "binary"))),
            responses = @ApiResponse(responseCode = "204", description = "Upload-Offset tells how far the upload is"))
    @PreAuthorize("hasAuthority('files.write')")
    ResponseEntity<Void> append(@PathVariable UUID id, @RequestHeader(OFFSET) long offset, HttpServletRequest request)
            throws IOException {
        return progress(ResponseEntity.noContent(), uploads.append(id, offset, request.getInputStream()))
                .build();
    }

    private static <B extends ResponseEntity.HeadersBuilder<?>> B progress(B answer, FileUpload upload) {
        answer.header(OFFSET, String.valueOf(upload.received())).header(LENGTH, String.valueOf(upload.size()));
        return answer;
    }
}
