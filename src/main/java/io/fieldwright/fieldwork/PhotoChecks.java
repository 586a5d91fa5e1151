package io.fieldwright.fieldwork;

import io.fieldwright.files.Files;
import io.fieldwright.files.Photo;
import io.fieldwright.files.SimilarFile;
import io.fieldwright.files.StoredFile;
import io.fieldwright.sites.Boundary;
import io.fieldwright.sites.Geodesy;
import io.fieldwright.sites.Site;
import io.fieldwright.workflow.Decisions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks for photos, of the site and of labels, that do not show what they are said to: taken for another task, at another
 * place or time than the evidence, or with several cameras. What EXIF data claim is easily forged, so agreement proves nothing; disagreement is
 * worth a look.
 */
@Component
class PhotoChecks {

    /**
     * @param different how many different photos of the site there are
     * @param suspicious how many photos are worth a look
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

    /** Where photos should have been taken, and how far from there their EXIF data may be. */
    private record Place(String name, double allowedMetres, ToDoubleFunction<Photo.Position> metresTo) {}

    /** @param fix where the engineer was, if that is known; otherwise photos are compared with the site */
    Result check(FieldTask task, List<Evidence> counting, Map<UUID, StoredFile> stored, @Nullable GpsFix fix) {
        PhotoTolerances tolerances = PhotoTolerances.decide(decisions);
        Place place = fix == null ? atSite(task, tolerances) : atFix(task, fix, tolerances);
        Set<String> different = new HashSet<>();
        Set<String> cameras = new LinkedHashSet<>();
        List<String> reasons = new ArrayList<>();
        int suspicious = 0;
        int number = 0;
        for (Evidence piece : counting) {
            StoredFile file = piece.photo().map(stored::get).orElse(null);
            if (file == null) {
                continue;
            }
            number++;
            List<String> doubts = new ArrayList<>();
            Photo photo = file.kind() == StoredFile.Kind.PHOTO ? file.photo() : null;
            if (photo == null) {
                doubts.add("was not uploaded as a photo and does not count");
            } else {
                if (piece.kind() == Evidence.Kind.PHOTO) {
                    different.add(file.sha256());
                }
                camera(photo).ifPresent(cameras::add);
                usedElsewhere(task, piece, file).ifPresent(doubts::add);
                atAnotherPlace(photo, place).ifPresent(doubts::add);
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

    /**
     * The same or a similar photo as evidence of another field task. Which of them was uploaded first says nothing: phones
     * upload when they have a network. Labels look alike without being the same, so only the same photo of one counts.
     */
    private Optional<String> usedElsewhere(FieldTask task, Evidence piece, StoredFile file) {
        Set<UUID> alike = new HashSet<>();
        alike.add(file.id());
        files.similar(file).stream()
                .filter(similar -> similar.identical() || piece.kind() == Evidence.Kind.PHOTO)
                .map(SimilarFile::file)
                .map(StoredFile::id)
                .forEach(alike::add);
        for (Evidence other : evidence.findOfFiles(task.tenantId(), alike.toArray(UUID[]::new))) {
            FieldTask ofOther = tasks.get(
                    executions.findById(other.executionId()).orElseThrow().fieldTaskId());
            if (!ofOther.id().equals(task.id())) {
                return Optional.of("is, or looks like, one of %s, captured on %s"
                        .formatted(ofOther.businessKey(), LocalDate.ofInstant(other.correctedTime(), ZoneOffset.UTC)));
            }
        }
        return Optional.empty();
    }

    /**
     * A fix may be as far off as its accuracy says, but no farther than the field task allows: a poor accuracy must not
     * excuse photos of another place.
     */
    private static Place atFix(FieldTask task, GpsFix fix, PhotoTolerances tolerances) {
        double needed = Objects.requireNonNull(task.requirements().gpsAccuracyMetres());
        Double accuracy = fix.accuracyMetres();
        double uncertain = accuracy != null && accuracy > 0 ? Math.min(accuracy, needed) : needed;
        return new Place(
                "the fix",
                tolerances.metres() + uncertain,
                position -> Geodesy.metres(fix.latitude(), fix.longitude(), position.latitude(), position.longitude()));
    }

    private Place atSite(FieldTask task, PhotoTolerances tolerances) {
        Site site = tasks.siteOf(task);
        Boundary boundary = tasks.boundaryOf(task);
        return new Place(
                "the site",
                tolerances.metres(),
                position -> boundary == null
                        ? Geodesy.metres(site.latitude(), site.longitude(), position.latitude(), position.longitude())
                        : GpsLikelihood.of(position.latitude(), position.longitude(), 1, boundary)
                                .metresToEdge());
    }

    private static Optional<String> atAnotherPlace(Photo photo, Place place) {
        if (photo.position() == null) {
            return Optional.empty();
        }
        double metres = place.metresTo().applyAsDouble(photo.position());
        return metres > place.allowedMetres()
                ? Optional.of("was taken %.0f m from %s, by its EXIF data".formatted(metres, place.name()))
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
                ? Optional.of("was taken at %s, by its EXIF data"
                        .formatted(
                                offset == null
                                        ? photo.takenAt()
                                        : photo.takenAt().atOffset(offset)))
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
