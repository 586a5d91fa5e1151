package io.fieldwright.files.web;

import io.fieldwright.api.IdempotencyKey;
import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import io.fieldwright.files.Files;
import io.fieldwright.files.NewFile;
import io.fieldwright.files.Photo;
import io.fieldwright.files.Rendition;
import io.fieldwright.files.StoredFile;
import io.fieldwright.people.SignedInPerson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping("/api/v1/files")
class FileController {

    /** Whatever a browser takes a file for, it runs nothing of it. */
    private static final String RUNS_NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

    record PositionView(double latitude, double longitude) {}

    record PhotoView(
            int width,
            int height,
            int orientation,
            @Nullable PositionView position,
            @Nullable LocalDateTime takenAt,
            @Nullable String takenAtOffset,
            @Nullable String deviceMake,
            @Nullable String deviceModel,
            @Nullable String deviceSoftware,
            List<String> codes) {

        static @Nullable PhotoView of(@Nullable Photo photo) {
            if (photo == null) {
                return null;
            }
            Photo.Position position = photo.position();
            return new PhotoView(
                    photo.width(),
                    photo.height(),
                    photo.orientation(),
                    position == null ? null : new PositionView(position.latitude(), position.longitude()),
                    photo.takenAt(),
                    photo.takenAtOffset() == null ? null : photo.takenAtOffset().getId(),
                    photo.deviceMake(),
                    photo.deviceModel(),
                    photo.deviceSoftware(),
                    photo.codes());
        }
    }

    record FileView(
            UUID id,
            String tenant,
            StoredFile.Kind kind,
            String name,
            String mediaType,
            long size,
            String sha256,
            String uploadedBy,
            Instant uploadedAt,
            @Nullable PhotoView photo) {

        static FileView of(StoredFile file) {
            return new FileView(
                    file.id(),
                    file.tenantId(),
                    file.kind(),
                    file.name(),
                    file.mediaType(),
                    file.size(),
                    file.sha256(),
                    file.uploadedBy(),
                    file.uploadedAt(),
                    PhotoView.of(file.photo()));
        }
    }

    private final Files files;

    FileController(Files files) {
        this.files = files;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @PreAuthorize("hasAuthority('files.write')")
    ResponseEntity<FileView> upload(
            @RequestParam StoredFile.Kind kind,
            @RequestParam(required = false) @Nullable String id,
            @RequestParam(required = false) @Nullable String tenant,
            @RequestPart MultipartFile file,
            @AuthenticationPrincipal SignedInPerson caller,
            HttpServletRequest request)
            throws IOException {
        UUID ofKey = IdempotencyKey.identifier(request);
        NewFile described = new NewFile(
                id == null ? ofKey : Identifiers.parse("id", id),
                tenant == null ? caller.organisation() : tenant,
                kind,
                file.getOriginalFilename());
        try (InputStream content = file.getInputStream()) {
            StoredFile stored = files.store(described, content);
            return ResponseEntity.created(URI.create("/api/v1/files/" + stored.id()))
                    .body(FileView.of(stored));
        } catch (Problem refused) {
            throw id == null && ofKey != null && refused.status() == HttpStatus.CONFLICT
                    ? IdempotencyKey.usedBefore()
                    : refused;
        }
    }

    @GetMapping("/{id}")
    FileView get(@PathVariable UUID id) {
        return FileView.of(files.get(id));
    }

    @GetMapping("/{id}/content")
    @Operation(
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "Byte for byte as it was uploaded; ranges are answered with 206",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    ResponseEntity<Resource> content(@PathVariable UUID id) {
        StoredFile file = files.get(id);
        return serve(
                file,
                Rendition.ORIGINAL,
                file.mediaType(),
                ContentDisposition.attachment().filename(file.downloadName(), StandardCharsets.UTF_8));
    }

    @GetMapping("/{id}/picture")
    @Operation(
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "To look at: upright, at most 2048 pixels a side, without metadata",
                            content =
                                    @Content(
                                            mediaType = MediaType.IMAGE_JPEG_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    ResponseEntity<Resource> picture(@PathVariable UUID id) {
        return jpeg(id, Rendition.PICTURE);
    }

    @GetMapping("/{id}/thumbnail")
    @Operation(
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "For lists: upright, at most 320 pixels a side, without metadata",
                            content =
                                    @Content(
                                            mediaType = MediaType.IMAGE_JPEG_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    ResponseEntity<Resource> thumbnail(@PathVariable UUID id) {
        return jpeg(id, Rendition.THUMBNAIL);
    }

    private ResponseEntity<Resource> jpeg(UUID id, Rendition rendition) {
        return serve(files.get(id), rendition, MediaType.IMAGE_JPEG_VALUE, ContentDisposition.inline());
    }

    /** Kept by the browser alone, which asks each time whether its person may still see it. */
    private ResponseEntity<Resource> serve(
            StoredFile file, Rendition rendition, String type, ContentDisposition.Builder disposition) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .eTag("\"%s-%s\"".formatted(file.sha256(), rendition.name().toLowerCase(Locale.ROOT)))
                .cacheControl(CacheControl.noCache().cachePrivate())
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.build().toString())
                .header("Content-Security-Policy", RUNS_NOTHING)
                .body(files.content(file, rendition));
    }
}
