package io.fieldwright.equipment.web;

import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import io.fieldwright.api.Problem.FieldError;
import io.fieldwright.equipment.Condition;
import io.fieldwright.equipment.NewItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.people.SignedInPerson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An item as a request describes it: texts only, so that everything wrong with many items is found in one reading. */
record EquipmentItemDescription(
        @Nullable String organisation,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "uuid") @Nullable String modelId,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String serialNumber,
        @Schema(
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        allowableValues = {"new", "working", "repairable", "scrap"})
                @Nullable
                String condition,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "date") @Nullable String inServiceSince,
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable PlaceDescription place) {

    record PlaceDescription(
            @Schema(
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            allowableValues = {"site", "warehouse", "vehicle", "carrier", "quarantine"})
                    @Nullable
                    String kind,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "uuid") @Nullable String id) {}

    /** The item, by default of the organisation of who registers it, or nothing and the reasons in {@code errors}. */
    Optional<NewItem> read(SignedInPerson person, List<FieldError> errors) {
        UUID readModelId = attempt(errors, () -> Identifiers.parse("modelId", modelId));
        Condition readCondition = attempt(errors, () -> Condition.parse("condition", condition));
        LocalDate readDay = attempt(errors, this::readDay);
        Place readPlace = attempt(errors, this::readPlace);
        if (readModelId == null || readCondition == null || readDay == null || readPlace == null) {
            return Optional.empty();
        }
        return Optional.of(new NewItem(
                organisation == null ? person.organisation() : organisation,
                readModelId,
                serialNumber == null ? "" : serialNumber.strip(),
                readCondition,
                readDay,
                readPlace,
                person.username()));
    }

    private LocalDate readDay() {
        try {
            return LocalDate.parse(inServiceSince == null ? "" : inServiceSince);
        } catch (DateTimeParseException notADay) {
            throw Problem.invalid("inServiceSince", "must be a day such as 2024-03-31");
        }
    }

    private Place readPlace() {
        if (place == null) {
            throw Problem.invalid("place", "must not be null");
        }
        return Place.parse("place", place.kind(), place.id());
    }

    private static <T> @Nullable T attempt(List<FieldError> errors, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Problem problem) {
            errors.addAll(problem.errors());
            return null;
        }
    }
}
