package io.fieldwright.equipment.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.equipment.CategoryDescription;
import io.fieldwright.equipment.ChecklistQuestion;
import io.fieldwright.equipment.Equipment;
import io.fieldwright.equipment.EquipmentCategory;
import io.fieldwright.equipment.EquipmentModel;
import io.fieldwright.equipment.ModelDescription;
import io.fieldwright.people.SignedInPerson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class EquipmentCatalogueController {

    private static final String DEFAULT_CURRENCY = "INR";
    private static final int DEFAULT_GPS_ACCURACY_METRES = 10;
    private static final int DEFAULT_MINIMUM_PHOTOS = 5;

    record ChecklistQuestionDescription(
            @NotNull String key,
            @NotNull String question,
            @NotNull ChecklistQuestion.Kind kind,
            @Nullable List<@NotNull String> choices,
            @NotNull Boolean required) {

        ChecklistQuestion read() {
            return new ChecklistQuestion(key, question, kind, choices == null ? List.of() : choices, required);
        }

        static List<ChecklistQuestion> readAll(List<ChecklistQuestionDescription> checklist) {
            return checklist.stream().map(ChecklistQuestionDescription::read).toList();
        }
    }

    record NewEquipmentCategory(
            @Nullable String organisation,
            @NotBlank String code,
            @NotBlank @Size(max = 200) String name,
            @NotNull String kind,
            @NotNull BigDecimal newPrice,
            @Nullable String currency,
            @Nullable Integer gpsAccuracyMetres,
            @Nullable Integer minimumPhotos,
            @NotNull Boolean serialScan,
            @Nullable List<@NotNull @Valid ChecklistQuestionDescription> checklist,
            @NotNull Integer complexityRating,
            @NotNull Double weightKilograms,
            @NotNull Double volumeCubicMetres) {

        CategoryDescription description() {
            return new CategoryDescription(
                    name,
                    kind,
                    newPrice,
                    currency == null ? DEFAULT_CURRENCY : currency,
                    gpsAccuracyMetres == null ? DEFAULT_GPS_ACCURACY_METRES : gpsAccuracyMetres,
                    minimumPhotos == null ? DEFAULT_MINIMUM_PHOTOS : minimumPhotos,
                    serialScan,
                    checklist == null ? List.of() : ChecklistQuestionDescription.readAll(checklist),
                    complexityRating,
                    weightKilograms,
                    volumeCubicMetres);
        }
    }

    record ChangedEquipmentCategory(
            @NotBlank @Size(max = 200) String name,
            @NotNull String kind,
            @NotNull BigDecimal newPrice,
            @NotNull String currency,
            @NotNull Integer gpsAccuracyMetres,
            @NotNull Integer minimumPhotos,
            @NotNull Boolean serialScan,
            @NotNull List<@NotNull @Valid ChecklistQuestionDescription> checklist,
            @NotNull Integer complexityRating,
            @NotNull Double weightKilograms,
            @NotNull Double volumeCubicMetres) {

        CategoryDescription description() {
            return new CategoryDescription(
                    name,
                    kind,
                    newPrice,
                    currency,
                    gpsAccuracyMetres,
                    minimumPhotos,
                    serialScan,
                    ChecklistQuestionDescription.readAll(checklist),
                    complexityRating,
                    weightKilograms,
                    volumeCubicMetres);
        }
    }

    record EquipmentCategoryView(
            UUID id,
            String organisation,
            String code,
            String name,
            String kind,
            BigDecimal newPrice,
            String currency,
            int gpsAccuracyMetres,
            int minimumPhotos,
            boolean serialScan,
            List<ChecklistQuestion> checklist,
            int complexityRating,
            double weightKilograms,
            double volumeCubicMetres) {

        static EquipmentCategoryView of(EquipmentCategory category) {
            return new EquipmentCategoryView(
                    category.id(),
                    category.tenantId(),
                    category.code(),
                    category.name(),
                    category.kind(),
                    category.newPrice(),
                    category.currency(),
                    category.gpsAccuracyMetres(),
                    category.minimumPhotos(),
                    category.serialScan(),
                    category.checklist(),
                    category.complexityRating(),
                    category.weightKilograms(),
                    category.volumeCubicMetres());
        }
    }

    record NewEquipmentModel(
            @Nullable String organisation,
            @NotBlank String category,
            @NotBlank @Size(max = 200) String manufacturer,
            @NotBlank @Size(max = 200) String name,
            @Nullable @Size(max = 200) Map<String, @NotNull @Size(max = 2000) String> specifications) {

        ModelDescription description() {
            return new ModelDescription(manufacturer, name, specifications == null ? Map.of() : specifications);
        }
    }

    record ChangedEquipmentModel(
            @NotBlank @Size(max = 200) String manufacturer,
            @NotBlank @Size(max = 200) String name,
            @NotNull @Size(max = 200) Map<String, @NotNull @Size(max = 2000) String> specifications) {

        ModelDescription description() {
            return new ModelDescription(manufacturer, name, specifications);
        }
    }

    record EquipmentModelView(
            UUID id,
            String organisation,
            String category,
            String manufacturer,
            String name,
            Map<String, String> specifications) {

        static EquipmentModelView of(EquipmentModel model) {
            return new EquipmentModelView(
                    model.id(),
                    model.tenantId(),
                    model.category().code(),
                    model.manufacturer(),
                    model.name(),
                    model.specifications());
        }
    }

    private final Equipment equipment;

    EquipmentCatalogueController(Equipment equipment) {
        this.equipment = equipment;
    }

    @PostMapping("/equipment-categories")
    @PreAuthorize("hasAuthority('equipment.write')")
    ResponseEntity<EquipmentCategoryView> createCategory(
            @AuthenticationPrincipal SignedInPerson person, @Valid @RequestBody NewEquipmentCategory request) {
        EquipmentCategory category = equipment.createCategory(
                request.organisation() == null ? person.organisation() : request.organisation(),
                request.code(),
                request.description());
        return EntityTag.created(
                "/api/v1/equipment-categories/" + category.id(),
                EquipmentCategoryView.of(category),
                category.version());
    }

    @GetMapping("/equipment-categories")
    @PreAuthorize("hasAuthority('equipment.read')")
    Listing<EquipmentCategoryView> categories(@ParameterObject @PageableDefault(sort = "code") Pageable page) {
        return Listing.of(
                equipment.categories(Listing.sortable(page, "code", "name", "kind")), EquipmentCategoryView::of);
    }

    @GetMapping("/equipment-categories/{id}")
    @PreAuthorize("hasAuthority('equipment.read')")
    ResponseEntity<EquipmentCategoryView> category(@PathVariable UUID id) {
        EquipmentCategory category = equipment.category(id);
        return EntityTag.ok(EquipmentCategoryView.of(category), category.version());
    }

    /** One transaction, so that a change between the comparison of the versions and the writing is noticed. */
    @PutMapping("/equipment-categories/{id}")
    @PreAuthorize("hasAuthority('equipment.write')")
    @Transactional
    ResponseEntity<EquipmentCategoryView> changeCategory(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedEquipmentCategory request) {
        EntityTag.require(ifMatch, equipment.category(id).version());
        EquipmentCategory category = equipment.changeCategory(id, request.description());
        return EntityTag.ok(EquipmentCategoryView.of(category), category.version());
    }

    @PostMapping("/equipment-models")
    @PreAuthorize("hasAuthority('equipment.write')")
    ResponseEntity<EquipmentModelView> createModel(
            @AuthenticationPrincipal SignedInPerson person, @Valid @RequestBody NewEquipmentModel request) {
        EquipmentModel model = equipment.createModel(
                request.organisation() == null ? person.organisation() : request.organisation(),
                request.category(),
                request.description());
        return EntityTag.created(
                "/api/v1/equipment-models/" + model.id(), EquipmentModelView.of(model), model.version());
    }

    @GetMapping("/equipment-models")
    @PreAuthorize("hasAuthority('equipment.read')")
    Listing<EquipmentModelView> models(
            @RequestParam(required = false) @Nullable String category,
            @ParameterObject @PageableDefault(sort = {"manufacturer", "name"}) Pageable page) {
        return Listing.of(
                equipment.models(category, Listing.sortable(page, "manufacturer", "name")), EquipmentModelView::of);
    }

    @GetMapping("/equipment-models/{id}")
    @PreAuthorize("hasAuthority('equipment.read')")
    ResponseEntity<EquipmentModelView> model(@PathVariable UUID id) {
        EquipmentModel model = equipment.model(id);
        return EntityTag.ok(EquipmentModelView.of(model), model.version());
    }

    /** One transaction, so that a change between the comparison of the versions and the writing is noticed. */
    @PutMapping("/equipment-models/{id}")
    @PreAuthorize("hasAuthority('equipment.write')")
    @Transactional
    ResponseEntity<EquipmentModelView> changeModel(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedEquipmentModel request) {
        EntityTag.require(ifMatch, equipment.model(id).version());
        EquipmentModel model = equipment.changeModel(id, request.description());
        return EntityTag.ok(EquipmentModelView.of(model), model.version());
    }
}
