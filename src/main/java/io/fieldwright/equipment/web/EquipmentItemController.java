package io.fieldwright.equipment.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.api.Problem;
import io.fieldwright.api.Problem.FieldError;
import io.fieldwright.equipment.Condition;
import io.fieldwright.equipment.CustodyBreak;
import io.fieldwright.equipment.CustodyEntry;
import io.fieldwright.equipment.Equipment;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.EquipmentModel;
import io.fieldwright.equipment.ItemFilter;
import io.fieldwright.equipment.NewItem;
import io.fieldwright.equipment.Place;
import io.fieldwright.people.SignedInPerson;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.HttpStatus;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Items over REST. None of these endpoints moves one: hand-overs happen in the processes that are about them. */
@RestController
@RequestMapping("/api/v1")
class EquipmentItemController {

    private static final int MOST_ITEMS = 10_000;

    record NewEquipmentItems(
            @NotNull @Size(min = 1, max = MOST_ITEMS) List<@Nullable EquipmentItemDescription> items) {}

    record RegisteredEquipmentItems(List<UUID> ids) {}

    record ChangedEquipmentItem(
            @Schema(allowableValues = {"new", "working", "repairable", "scrap"}) @NotNull String condition,
            @Nullable UUID parentId) {}

    record PlaceView(String kind, @Nullable UUID id) {

        static PlaceView of(Place place) {
            return new PlaceView(place.kind().id(), place.id());
        }
    }

    record EquipmentItemView(
            UUID id,
            String organisation,
            String serialNumber,
            UUID modelId,
            String manufacturer,
            String modelName,
            String category,
            String condition,
            LocalDate inServiceSince,
            PlaceView place,
            @Nullable UUID parentId,
            @Nullable Instant verifiedAt,
            @Nullable String verifiedBy) {

        static EquipmentItemView of(EquipmentItem item) {
            EquipmentModel model = item.model();
            return new EquipmentItemView(
                    item.id(),
                    item.tenantId(),
                    item.serialNumber(),
                    model.id(),
                    model.manufacturer(),
                    model.name(),
                    model.category().code(),
                    item.condition().id(),
                    item.inServiceSince(),
                    PlaceView.of(item.place()),
                    item.parentId(),
                    item.verifiedAt(),
                    item.verifiedBy());
        }
    }

    record CustodyView(
            int sequence,
            @Nullable PlaceView from,
            PlaceView to,
            Instant at,
            String handedOverBy,
            String receivedBy,
            @Nullable Double latitude,
            @Nullable Double longitude,
            String evidence,
            String recordedBy) {

        static CustodyView of(CustodyEntry entry) {
            return new CustodyView(
                    entry.sequence(),
                    Optional.ofNullable(entry.from()).map(PlaceView::of).orElse(null),
                    PlaceView.of(entry.to()),
                    entry.at(),
                    entry.handedOverBy(),
                    entry.receivedBy(),
                    entry.latitude(),
                    entry.longitude(),
                    entry.evidence(),
                    entry.recordedBy());
        }
    }

    record CustodyVerificationView(boolean unbroken, List<CustodyBreak> breaks) {}

    private final Equipment equipment;

    EquipmentItemController(Equipment equipment) {
        this.equipment = equipment;
    }

    @PostMapping("/equipment-items")
    @PreAuthorize("hasAuthority('equipment.write')")
    ResponseEntity<EquipmentItemView> register(
            @AuthenticationPrincipal SignedInPerson person, @RequestBody EquipmentItemDescription request) {
        List<FieldError> errors = new ArrayList<>();
        NewItem newItem = request.read(person, errors).orElseThrow(() -> Problem.invalid(errors));
        EquipmentItem item = equipment.register(newItem);
        return EntityTag.created("/api/v1/equipment-items/" + item.id(), EquipmentItemView.of(item), item.version());
    }

    /** All or none; the problem names every refused field of every item, such as {@code items[3].place}. */
    @PostMapping("/equipment-items/bulk")
    @PreAuthorize("hasAuthority('equipment.write')")
    @ResponseStatus(HttpStatus.CREATED)
    RegisteredEquipmentItems registerAll(
            @AuthenticationPrincipal SignedInPerson person, @Valid @RequestBody NewEquipmentItems request) {
        List<NewItem> readable = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        for (int index = 0; index < request.items().size(); index++) {
            EquipmentItemDescription description = request.items().get(index);
            List<FieldError> unreadable = new ArrayList<>();
            Optional<NewItem> item = description == null ? Optional.empty() : description.read(person, unreadable);
            item.ifPresent(readable::add);
            if (item.isPresent()) {
                indexes.add(index);
            } else if (description == null) {
                errors.add(new FieldError("items[" + index + "]", "must not be null"));
            }
            addAt(index, unreadable, errors);
        }
        if (!errors.isEmpty()) {
            List<List<FieldError>> obstacles = equipment.obstacles(readable);
            for (int number = 0; number < obstacles.size(); number++) {
                addAt(indexes.get(number), obstacles.get(number), errors);
            }
            throw Problem.invalid(errors);
        }
        return new RegisteredEquipmentItems(
                equipment.registerAll(readable).stream().map(EquipmentItem::id).toList());
    }

    private static void addAt(int index, List<FieldError> errors, List<FieldError> all) {
        errors.forEach(error -> all.add(new FieldError("items[" + index + "]." + error.field(), error.reason())));
    }

    @GetMapping("/equipment-items")
    @PreAuthorize("hasAuthority('equipment.read')")
    Listing<EquipmentItemView> list(
            @RequestParam(required = false) @Nullable String serial,
            @RequestParam(required = false) @Nullable UUID model,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable String condition,
            @RequestParam(required = false) @Nullable String placeKind,
            @RequestParam(required = false) @Nullable UUID placeId,
            @RequestParam(required = false) @Nullable UUID parent,
            @ParameterObject @PageableDefault(sort = "serialNumber") Pageable page) {
        ItemFilter filter = new ItemFilter(
                serial,
                model,
                category,
                condition == null ? null : Condition.parse("condition", condition),
                placeKind == null ? null : Place.Kind.parse("placeKind", placeKind),
                placeId,
                parent);
        return Listing.of(
                equipment.items(filter, Listing.sortable(page, "serialNumber", "condition", "inServiceSince")),
                EquipmentItemView::of);
    }

    @GetMapping("/equipment-items/{id}")
    @PreAuthorize("hasAuthority('equipment.read')")
    ResponseEntity<EquipmentItemView> get(@PathVariable UUID id) {
        EquipmentItem item = equipment.item(id);
        return EntityTag.ok(EquipmentItemView.of(item), item.version());
    }

    /** One transaction, so that a change between the comparison of the versions and the writing is noticed. */
    @PutMapping("/equipment-items/{id}")
    @PreAuthorize("hasAuthority('equipment.write')")
    @Transactional
    ResponseEntity<EquipmentItemView> change(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedEquipmentItem request) {
        EquipmentItem item = equipment.item(id);
        EntityTag.require(ifMatch, item.version());
        equipment.recordCondition(id, Condition.parse("condition", request.condition()));
        equipment.attach(id, request.parentId());
        return EntityTag.ok(EquipmentItemView.of(item), item.version());
    }

    @GetMapping("/equipment-items/{id}/custody")
    @PreAuthorize("hasAuthority('equipment.read')")
    Listing<CustodyView> custody(@PathVariable UUID id) {
        List<CustodyView> chain =
                equipment.custody(id).stream().map(CustodyView::of).toList();
        return new Listing<>(chain, 0, chain.size(), chain.size());
    }

    /** Checks the chains of all items in sight. */
    @GetMapping("/custody/verification")
    @PreAuthorize("hasAuthority('equipment.read')")
    CustodyVerificationView verification() {
        List<CustodyBreak> breaks = equipment.custodyBreaks();
        return new CustodyVerificationView(breaks.isEmpty(), breaks);
    }
}
