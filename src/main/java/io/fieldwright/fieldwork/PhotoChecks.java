package io.fieldwright.fieldwork;

import io.fieldwright.files.Files;
import io.fieldwright.files.Photo;
import io.fieldwright.files.SimilarFile;
import io.fieldwright.files.StoredFile;
import io.fieldwright.sites.Geodesy;
import io.fieldwright.workflow.Decisions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks for photos that do not show what they are said to: taken before and elsewhere, at another place or time than the
 * evidence, or with several cameras. What EXIF data claim is easily forged, so agreement proves nothing; disagreement is
 * worth a look.
 */
@Component
class PhotoChecks {

    /**
     * @param different how many different photos there are
     * @param suspicious how many of them are worth a look
     */
    record Result(int different, int suspicious, List<String> reasons) {}

    private static final Duration FARTHEST_OFFSET = Duration.ofHours(14);

    private final FieldTasks tasks;
    private final ExecutionRepository executions;
    private final EvidenceRepository evidence;
    private final Files files;
    private final Decisions decisions;

    PhotoChecks(
            FieldTasks tasks,
            ExecutionRepository executions,
            EvidenceRepository evidence,
            Files files,
            Decisions decisions) {
        this.tasks = tasks;
        this.executions = executions;
        this.evidence = evidence;
        this.files = files;
        this.decisions = decisions;
    }

    /** @param fix the position that counts, if one was taken */
    Result check(FieldTask task, List<Evidence> counting, Map<UUID, StoredFile> stored, @Nullable GpsFix fix) {
        PhotoTolerances tolerances = PhotoTolerances.decide(decisions);
        Set<String> different = new HashSet<>();
        Set<String> cameras = new LinkedHashSet<>();
        List<String> reasons = new ArrayList<>();
        int suspicious = 0;
        int number = 0;
        for (Evidence piece : counting) {
            StoredFile file = piece.kind() == Evidence.Kind.PHOTO
                    ? piece.file().map(stored::get).orElse(null)
                    : null;
            if (file == null) {
                continue;
            }
            number++;
            different.add(file.sha256());
            List<String> doubts = new ArrayList<>();
            usedBefore(task, file).ifPresent(doubts::add);
            Photo photo = file.photo();
            if (photo != null) {
                camera(photo).ifPresent(cameras::add);
                elsewhere(photo, fix, tolerances).ifPresent(doubts::add);
                atAnotherTime(photo, piece, tolerances).ifPresent(doubts::add);
            }
            if (!doubts.isEmpty()) {
                suspicious++;
            }
            for (String doubt : doubts) {
                reasons.add("Photo %d %s".formatted(number, doubt));
            }
        }
        if (cameras.size() > 1) {
            suspicious = Math.max(suspicious, 1);
            reasons.add("The photos were taken with different cameras: " + String.join(", ", cameras));
        }
        return new Result(different.size(), suspicious, reasons);
    }

    /** The same or a similar photo as evidence of another field task. */
    private Optional<String> usedBefore(FieldTask task, StoredFile file) {
        Set<UUID> alike = new HashSet<>();
        alike.add(file.id());
        files.similar(file).stream().map(SimilarFile::file).map(StoredFile::id).forEach(alike::add);
        return evidence.findByTenantIdAndFileIdIn(task.tenantId(), alike).stream()
                .map(piece ->
                        executions.findById(piece.executionId()).orElseThrow().fieldTaskId())
                .filter(other -> !other.equals(task.id()))
                .findFirst()
                .map(other -> "is, or looks like, one of " + tasks.get(other).businessKey());
    }

    private static Optional<String> elsewhere(Photo photo, @Nullable GpsFix fix, PhotoTolerances tolerances) {
        if (photo.position() == null || fix == null) {
            return Optional.empty();
        }
        double metres = Geodesy.metres(
                photo.position().latitude(), photo.position().longitude(), fix.latitude(), fix.longitude());
        return metres > tolerances.metres()
                ? Optional.of("was taken %.0f m from the fix, by its EXIF data".formatted(metres))
                : Optional.empty();
    }

    /** A camera that does not say where its clock stands may be in any time zone. */
    private static Optional<String> atAnotherTime(Photo photo, Evidence piece, PhotoTolerances tolerances) {
        if (photo.takenAt() == null) {
            return Optional.empty();
        }
        ZoneOffset offset = photo.takenAtOffset();
        Instant taken = photo.takenAt().toInstant(offset == null ? ZoneOffset.UTC : offset);
        Duration allowed = offset == null ? tolerances.time().plus(FARTHEST_OFFSET) : tolerances.time();
        return Duration.between(taken, piece.capturedAt()).abs().compareTo(allowed) > 0
                ? Optional.of("was taken at %s, by its EXIF data".formatted(photo.takenAt()))
                : Optional.empty();
    }

    private static Optional<String> camera(Photo photo) {
        return photo.deviceModel() == null
                ? Optional.empty()
                : Optional.of(
                        photo.deviceMake() == null
                                ? photo.deviceModel()
                                : photo.deviceMake() + " " + photo.deviceModel());
    }
}
