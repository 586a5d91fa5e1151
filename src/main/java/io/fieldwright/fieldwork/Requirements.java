package io.fieldwright.fieldwork;

import io.fieldwright.api.Problem;
import io.fieldwright.api.Problem.FieldError;
import io.fieldwright.equipment.ChecklistQuestion;
import io.fieldwright.equipment.EquipmentCategory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What evidence a field task asks for, fixed when it is opened (requirements, section 8).
 *
 * @param gpsAccuracyMetres the worst accuracy of a fix that verifies; null when no position is asked for
 * @param equipmentScan whether serial numbers are to be read from the equipment, by a scanner or from a photo
 * @param serialVerification whether all that the site should hold, and nothing else, is to be found
 * @param offline whether the device may keep the task and work without a network
 */
public record Requirements(
        @Nullable Integer gpsAccuracyMetres,
        int minimumPhotos,
        boolean equipmentScan,
        boolean serialVerification,
        List<ChecklistQuestion> checklist,
        boolean signature,
        boolean offline) {

    static final int DEFAULT_GPS_ACCURACY_METRES = 10;
    private static final int DEFAULT_MINIMUM_PHOTOS = 5;

    /** @throws Problem 400 naming every field that is out of its range */
    public Requirements {
        List<FieldError> errors = new ArrayList<>();
        if (gpsAccuracyMetres != null && (gpsAccuracyMetres < 1 || gpsAccuracyMetres > 10_000)) {
            errors.add(new FieldError("requirements.gpsAccuracyMetres", "must be from 1 to 10000"));
        }
        if (minimumPhotos < 0 || minimumPhotos > 100) {
            errors.add(new FieldError("requirements.minimumPhotos", "must be from 0 to 100"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        checklist = List.copyOf(checklist);
    }

    /** What the categories of the equipment at a site ask for together: of each the strictest, and all questions. */
    static Requirements of(Collection<EquipmentCategory> categories) {
        return new Requirements(
                categories.stream()
                        .mapToInt(EquipmentCategory::gpsAccuracyMetres)
                        .min()
                        .orElse(DEFAULT_GPS_ACCURACY_METRES),
                categories.stream()
                        .mapToInt(EquipmentCategory::minimumPhotos)
                        .max()
                        .orElse(DEFAULT_MINIMUM_PHOTOS),
                categories.stream().anyMatch(EquipmentCategory::serialScan),
                categories.stream().anyMatch(EquipmentCategory::serialScan),
                questions(categories),
                true,
                true);
    }

    /**
     * Every question once, by the code of its category. A key is unique within a category only, so another question under a
     * key that is taken gets the category's code before it: {@code radio.state}.
     */
    private static List<ChecklistQuestion> questions(Collection<EquipmentCategory> categories) {
        Set<ChecklistQuestion> different = new HashSet<>();
        Map<String, ChecklistQuestion> asked = new LinkedHashMap<>();
        List<EquipmentCategory> byCode = categories.stream()
                .sorted(Comparator.comparing(EquipmentCategory::code))
                .toList();
        for (EquipmentCategory category : byCode) {
            for (ChecklistQuestion question : category.checklist()) {
                if (different.add(question)) {
                    ChecklistQuestion named = asked.containsKey(question.key()) ? question.of(category) : question;
                    asked.put(named.key(), named);
                }
            }
        }
        return List.copyOf(asked.values());
    }

    /** What engineers are shown to capture, and reviewers may ask for again. Photos always; there may be more than the minimum. */
    public Set<Evidence.Kind> kinds() {
        Set<Evidence.Kind> kinds = EnumSet.of(Evidence.Kind.PHOTO);
        if (gpsAccuracyMetres != null) {
            kinds.add(Evidence.Kind.FIX);
        }
        if (serialVerification || equipmentScan) {
            kinds.add(Evidence.Kind.SERIAL);
        }
        if (!checklist.isEmpty()) {
            kinds.add(Evidence.Kind.ANSWER);
        }
        if (signature) {
            kinds.add(Evidence.Kind.SIGNATURE);
        }
        return kinds;
    }

    Requirements asking(List<ChecklistQuestion> questions) {
        return new Requirements(
                gpsAccuracyMetres, minimumPhotos, equipmentScan, serialVerification, questions, signature, offline);
    }
}
