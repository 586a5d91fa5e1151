package io.fieldwright.fieldwork.web;

import io.fieldwright.fieldwork.Evidence;
import io.fieldwright.fieldwork.Execution;
import io.fieldwright.fieldwork.Executions;
import io.fieldwright.fieldwork.FieldTask;
import io.fieldwright.fieldwork.FieldTasks;
import io.fieldwright.fieldwork.GpsFix;
import io.fieldwright.fieldwork.GpsReason;
import io.fieldwright.files.Files;
import io.fieldwright.files.Photo;
import io.fieldwright.files.Rendition;
import io.fieldwright.files.StoredFile;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * What reviewers look at beside the form in Tasklist, behind the same session: forms show texts and single pictures only, here is
 * everything of one execution on one page.
 */
@Controller
@RequestMapping("/evidence/executions/{id}")
@PreAuthorize("hasAuthority('fieldwork.read')")
class EvidencePages {

    private static final MediaType SVG = MediaType.valueOf("image/svg+xml");

    /** @param counts whether the engineer stands for it */
    record CountedPhoto(Evidence evidence, boolean counts) {}

    private final FieldTasks tasks;
    private final Executions executions;
    private final Files files;

    EvidencePages(FieldTasks tasks, Executions executions, Files files) {
        this.tasks = tasks;
        this.executions = executions;
        this.files = files;
    }

    @GetMapping
    @Transactional(readOnly = true)
    public ModelAndView execution(@PathVariable UUID id) {
        Execution execution = executions.get(id);
        FieldTask task = tasks.get(execution.fieldTaskId());
        List<Evidence> evidence = executions.details(task.id(), id).evidence();
        return new ModelAndView(
                "evidence/execution",
                Map.of(
                        "task", task,
                        "site", tasks.siteOf(task),
                        "execution", execution,
                        "gpsReasons",
                                execution.gpsReasons().stream()
                                        .map(GpsReason::description)
                                        .toList(),
                        "serials", execution.serialFindings(),
                        "photos", photos(execution, evidence),
                        "answers", counting(execution, evidence, Evidence.Kind.ANSWER),
                        "signatures", counting(execution, evidence, Evidence.Kind.SIGNATURE),
                        "files", executions.filesOf(evidence),
                        "others",
                                executions.of(task.id()).stream()
                                        .filter(other -> !other.id().equals(id))
                                        .toList()));
    }

    /** Those that count first, so that they have the numbers by which the reasons name them. */
    private static List<CountedPhoto> photos(Execution execution, List<Evidence> evidence) {
        return evidence.stream()
                .filter(piece -> piece.photo().isPresent())
                .map(piece -> new CountedPhoto(piece, counts(execution, piece)))
                .sorted(Comparator.comparing(photo -> !photo.counts()))
                .toList();
    }

    /** Until the engineer says what they stand for, all counts. */
    private static boolean counts(Execution execution, Evidence piece) {
        return execution.announced().isEmpty() || execution.counts(piece.id());
    }

    private static List<Evidence> counting(Execution execution, List<Evidence> evidence, Evidence.Kind kind) {
        return evidence.stream()
                .filter(piece -> piece.kind() == kind && counts(execution, piece))
                .toList();
    }

    @GetMapping("/sketch.svg")
    @Transactional(readOnly = true)
    public ResponseEntity<String> sketch(@PathVariable UUID id) {
        Execution execution = executions.get(id);
        FieldTask task = tasks.get(execution.fieldTaskId());
        List<Evidence> evidence = executions.details(task.id(), id).evidence();
        List<GpsFix> fixes = evidence.stream()
                .filter(piece -> piece.kind() == Evidence.Kind.FIX)
                .sorted(Comparator.comparing((Evidence piece) -> !piece.id().equals(execution.gpsEvidenceId())))
                .map(piece -> (GpsFix) piece.content())
                .toList();
        List<double[]> photos =
                executions
                        .filesOf(evidence.stream()
                                .filter(piece -> piece.photo().isPresent())
                                .toList())
                        .values()
                        .stream()
                        .map(StoredFile::photo)
                        .filter(Objects::nonNull)
                        .map(Photo::position)
                        .filter(Objects::nonNull)
                        .map(position -> new double[] {position.latitude(), position.longitude()})
                        .toList();
        return ResponseEntity.ok().contentType(SVG).body(PositionSketch.of(tasks.boundaryOf(task), fixes, photos));
    }

    @GetMapping("/files/{file}/{rendition:thumbnail|picture}")
    public ResponseEntity<Resource> picture(
            @PathVariable UUID id, @PathVariable UUID file, @PathVariable String rendition) {
        StoredFile stored = executions.file(id, file);
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate())
                .body(files.content(stored, Rendition.valueOf(rendition.toUpperCase(Locale.ROOT))));
    }
}
