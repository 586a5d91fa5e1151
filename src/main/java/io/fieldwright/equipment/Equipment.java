package io.fieldwright.equipment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.fieldwright.api.Problem;
import io.fieldwright.api.Problem.FieldError;
import io.fieldwright.equipment.Registration.Serial;
import io.fieldwright.equipment.Registration.TenantPlace;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.TenantScope;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Categories, models and items, and the custody chain of each item (requirements, section 6). */
@Service
@Transactional
public class Equipment {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");

    /** The zone in which a day begins first, so that nobody's today is refused as the future. */
    private static final ZoneOffset EARLIEST_ZONE = ZoneOffset.ofHours(14);

    private static final Sort BY_SERIAL_NUMBER = Sort.by("serialNumber", "id");

    private static final String TAKEN_SERIAL_NUMBERS =
            """
            select tenant_id, manufacturer, serial_number from equipment_item
            where tenant_id = :tenant and serial_number = any (:serialNumbers)
            """;

    private static final String UNIDENTIFIED = "unidentified";

    private static final String CUSTODY_BREAKS =
            """
            with chain as (
              select item_id, sequence, from_kind, from_id, to_kind, to_id,
                row_number() over entries as expected,
                lag(to_kind) over entries as before_kind,
                lag(to_id) over entries as before_id,
                lead(sequence) over entries is null as last
              from custody_entry where cast(:tenants as text[]) is null or tenant_id = any (:tenants)
              window entries as (partition by item_id order by sequence)),
            verdict as (
              select item.id, item.serial_number, coalesce(chain.sequence, 0) as sequence,
                case
                  when chain.item_id is null then 'nothing says how the item came here'
                  when sequence <> expected then 'an entry before this one is missing'
                  when expected > 1 and (from_kind, from_id) is distinct from (before_kind, before_id)
                    then 'it starts where the entry before did not end'
                  when last and (to_kind, to_id) is distinct from (place_kind, place_id)
                    then 'the item is not where its last entry ended'
                  when last and sequence <> custody_length then 'later entries are missing'
                end as reason
              from equipment_item item left join chain on chain.item_id = item.id
              where (cast(:tenants as text[]) is null or item.tenant_id = any (:tenants))
                and (cast(:sites as uuid[]) is null or place_kind <> 'SITE' or place_id = any (:sites)))
            select id, serial_number, sequence, reason from verdict where reason is not null
            order by serial_number, id, sequence
            """;

    private final EquipmentCategoryRepository categories;
    private final EquipmentModelRepository models;
    private final EquipmentItemRepository items;
    private final CustodyRepository custody;
    private final ObjectProvider<PlaceDirectory> placeDirectories;
    private final JdbcClient jdbc;
    private final Clock clock;

    Equipment(
            EquipmentCategoryRepository categories,
            EquipmentModelRepository models,
            EquipmentItemRepository items,
            CustodyRepository custody,
            ObjectProvider<PlaceDirectory> placeDirectories,
            JdbcClient jdbc,
            Clock clock) {
        this.categories = categories;
        this.models = models;
        this.items = items;
        this.custody = custody;
        this.placeDirectories = placeDirectories;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Adds a category to those of an organisation.
     *
     * @throws Problem 400 for an organisation out of sight or a malformed code, 409 for a code that is taken
     */
    public EquipmentCategory createCategory(String tenantId, String code, CategoryDescription description) {
        TenantScope.requireOrganisation(tenantId);
        if (!CODE.matcher(code).matches()) {
            throw Problem.invalid("code", "must be 1 to 40 letters, digits, '.', '_' or '-', not a sign first");
        }
        if (categories.findByTenantIdAndCode(tenantId, code).isPresent()) {
            throw Problem.conflict("code", "the code " + code + " is taken");
        }
        return categories.save(new EquipmentCategory(tenantId, code, description));
    }

    /** @throws Problem 404 when out of sight */
    public EquipmentCategory changeCategory(UUID id, CategoryDescription description) {
        EquipmentCategory category = category(id);
        category.describe(description);
        return categories.saveAndFlush(category);
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public EquipmentCategory category(UUID id) {
        return categories.findById(id).orElseThrow(() -> Problem.notFound("equipment category", id));
    }

    /** @throws Problem 400 naming {@code category} when the organisation has none of this code */
    @Transactional(readOnly = true)
    public EquipmentCategory category(String tenantId, String code) {
        return findCategory(tenantId, code)
                .orElseThrow(() -> Problem.invalid("category", "there is no equipment category " + code));
    }

    @Transactional(readOnly = true)
    public Optional<EquipmentCategory> findCategory(String tenantId, String code) {
        return categories.findByTenantIdAndCode(tenantId, code);
    }

    @Transactional(readOnly = true)
    public Page<EquipmentCategory> categories(Pageable page) {
        return categories.findAll(stable(page));
    }

    /**
     * Adds a model to a category of the same organisation.
     *
     * @throws Problem 400 for an unknown category, 409 when the manufacturer already has a model of this name
     */
    public EquipmentModel createModel(String tenantId, String categoryCode, ModelDescription description) {
        EquipmentCategory category = category(tenantId, categoryCode);
        requireFreeName(tenantId, description, null);
        return models.save(new EquipmentModel(category, description));
    }

    /**
     * Describes a model anew; its items follow it to another manufacturer.
     *
     * @throws Problem 404 when out of sight, 409 when the manufacturer already has a model of this name or a serial
     *     number of the model's items
     */
    public EquipmentModel changeModel(UUID id, ModelDescription description) {
        EquipmentModel model = model(id);
        requireFreeName(model.tenantId(), description, id);
        model.describe(description);
        try {
            return models.saveAndFlush(model);
        } catch (DataIntegrityViolationException taken) {
            throw Problem.conflict(
                    "manufacturer", description.manufacturer() + " already has a serial number of this model's items");
        }
    }

    private void requireFreeName(String tenantId, ModelDescription description, @Nullable UUID except) {
        models.findByTenantIdAndManufacturerAndName(tenantId, description.manufacturer(), description.name())
                .filter(other -> !other.id().equals(except))
                .ifPresent(other -> {
                    throw Problem.conflict(
                            "name", "there already is a " + description.name() + " of " + description.manufacturer());
                });
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public EquipmentModel model(UUID id) {
        return models.findOne(hasId(id)).orElseThrow(() -> Problem.notFound("equipment model", id));
    }

    @Transactional(readOnly = true)
    public Page<EquipmentModel> models(@Nullable String categoryCode, Pageable page) {
        Specification<EquipmentModel> ofCategory =
                (model, query, criteria) -> criteria.equal(model.get("category").get("code"), categoryCode);
        return models.findAll(categoryCode == null ? Specification.allOf(List.of()) : ofCategory, stable(page));
    }

    /**
     * Registers an item where it is; with this its custody chain begins.
     *
     * @throws Problem 400 for an unknown model or place, a malformed serial number or a day in the future, 409 naming
     *     {@code serialNumber} when the manufacturer's serial number is registered in the tenant
     */
    public EquipmentItem register(NewItem item) {
        Registration registration = registration(List.of(item));
        List<FieldError> flaws = registration.flaws(item);
        if (!flaws.isEmpty()) {
            throw Problem.invalid(flaws);
        }
        FieldError taken = Registration.takenError(item);
        if (registration.isTaken(item)) {
            throw Problem.conflict(taken.field(), taken.reason());
        }
        try {
            return save(List.of(item), registration).get(0);
        } catch (DataIntegrityViolationException registeredMeanwhile) {
            throw Problem.conflict(taken.field(), taken.reason());
        }
    }

    /**
     * Registers an item that turned up without anybody knowing its maker, under a model of its category that says so.
     *
     * @throws Problem 400 for an unknown category, and as {@link #register}
     */
    public EquipmentItem registerUnidentified(
            String tenantId,
            String categoryCode,
            String serialNumber,
            Condition condition,
            Place place,
            String registeredBy) {
        EquipmentCategory category = category(tenantId, categoryCode);
        EquipmentModel model = models.findByTenantIdAndManufacturerAndName(tenantId, UNIDENTIFIED, category.code())
                .orElseGet(() -> models.saveAndFlush(
                        new EquipmentModel(category, new ModelDescription(UNIDENTIFIED, category.code(), Map.of()))));
        return register(
                new NewItem(tenantId, model.id(), serialNumber, condition, LocalDate.now(clock), place, registeredBy));
    }

    /**
     * Registers all of these items or none, in a number of statements that does not grow with theirs, apart from batches.
     *
     * @throws Problem 400 with every refused field of every item, such as {@code items[3].place}
     */
    public List<EquipmentItem> registerAll(List<NewItem> newItems) {
        Registration registration = registration(newItems);
        List<FieldError> errors = new ArrayList<>();
        List<List<FieldError>> obstacles = registration.obstacles(newItems);
        for (int index = 0; index < newItems.size(); index++) {
            String prefix = "items[" + index + "].";
            obstacles.get(index).forEach(error -> errors.add(new FieldError(prefix + error.field(), error.reason())));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        try {
            return save(newItems, registration);
        } catch (DataIntegrityViolationException registeredMeanwhile) {
            throw Problem.conflict("items", "one of the serial numbers was registered at the same moment");
        }
    }

    /** What keeps each of these items from being registered, in their order and with the fields of one item. */
    @Transactional(readOnly = true)
    public List<List<FieldError>> obstacles(List<NewItem> newItems) {
        return registration(newItems).obstacles(newItems);
    }

    private Registration registration(List<NewItem> newItems) {
        Map<UUID, EquipmentModel> known =
                models.findAllById(newItems.stream().map(NewItem::modelId).collect(toSet())).stream()
                        .collect(toMap(EquipmentModel::id, Function.identity()));
        Set<Serial> taken = new HashSet<>();
        newItems.stream()
                .filter(item -> Registration.isSerialNumber(item.serialNumber()))
                .collect(groupingBy(NewItem::tenantId, mapping(NewItem::serialNumber, toSet())))
                .forEach((tenantId, serialNumbers) -> taken.addAll(taken(tenantId, serialNumbers)));
        Set<TenantPlace> places = new HashSet<>();
        newItems.stream()
                .collect(groupingBy(NewItem::tenantId, mapping(NewItem::place, toSet())))
                .forEach((tenantId, named) ->
                        existing(tenantId, named).forEach(place -> places.add(new TenantPlace(tenantId, place))));
        return new Registration(known, taken, places, LocalDate.now(clock.withZone(EARLIEST_ZONE)));
    }

    private List<Serial> taken(String tenantId, Set<String> serialNumbers) {
        return jdbc.sql(TAKEN_SERIAL_NUMBERS)
                .param("tenant", tenantId)
                .param("serialNumbers", serialNumbers.toArray(String[]::new))
                .query((row, number) -> new Serial(
                        row.getString("tenant_id"), row.getString("manufacturer"), row.getString("serial_number")))
                .list();
    }

    private Set<Place> existing(String tenantId, Set<Place> places) {
        Set<Place> existing = new HashSet<>();
        places.stream().collect(groupingBy(Place::kind)).forEach((kind, ofKind) -> placeDirectories.stream()
                .filter(directory -> directory.knows(kind))
                .forEach(directory -> existing.addAll(directory.existing(tenantId, ofKind))));
        return existing;
    }

    private List<EquipmentItem> save(List<NewItem> newItems, Registration registration) {
        Instant now = clock.instant();
        List<EquipmentItem> created = new ArrayList<>(newItems.size());
        List<CustodyEntry> entries = new ArrayList<>(newItems.size());
        for (NewItem newItem : newItems) {
            EquipmentItem item = new EquipmentItem(
                    registration.models().get(newItem.modelId()),
                    newItem.serialNumber(),
                    newItem.condition(),
                    newItem.inServiceSince(),
                    newItem.place());
            created.add(item);
            entries.add(item.registered(now, newItem.registeredBy()));
        }
        items.saveAll(created);
        custody.saveAllAndFlush(entries);
        return created;
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public EquipmentItem item(UUID id) {
        return items.findOne(hasId(id)).orElseThrow(() -> Problem.notFound("equipment item", id));
    }

    /** Those of these items that are in sight, by serial number. */
    @Transactional(readOnly = true)
    public List<EquipmentItem> items(Collection<UUID> ids) {
        return items.findAll((item, query, criteria) -> item.get("id").in(ids), BY_SERIAL_NUMBER);
    }

    @Transactional(readOnly = true)
    public Page<EquipmentItem> items(ItemFilter filter, Pageable page) {
        return items.findAll(filter.specification(), stable(page));
    }

    /** What is at a place now, by serial number. */
    @Transactional(readOnly = true)
    public List<EquipmentItem> at(Place place) {
        ItemFilter filter = new ItemFilter(null, null, null, null, place.kind(), place.id(), null);
        return items.findAll(filter.specification(), BY_SERIAL_NUMBER);
    }

    /** One item for each manufacturer that used the serial number. */
    @Transactional(readOnly = true)
    public List<EquipmentItem> findBySerial(String tenantId, String serialNumber) {
        Specification<EquipmentItem> ofTenant =
                (item, query, criteria) -> criteria.equal(item.get("tenantId"), tenantId);
        ItemFilter filter = new ItemFilter(serialNumber, null, null, null, null, null, null);
        return items.findAll(ofTenant.and(filter.specification()), BY_SERIAL_NUMBER);
    }

    /** @throws Problem 404 when out of sight */
    public void recordCondition(UUID itemId, Condition condition) {
        item(itemId).found(condition);
    }

    /**
     * Notes that somebody saw these items on site and proved it; an older verification never replaces a newer one. Items
     * are the owner's: work that a vendor was engaged for notes it on the system's behalf ({@link TenantScope#asSystem}).
     *
     * @throws Problem 404 for an item out of sight
     */
    public void verify(Collection<UUID> itemIds, Instant at, String by) {
        List<EquipmentItem> verified = items(itemIds);
        requireAll(new LinkedHashSet<>(itemIds), verified);
        verified.forEach(item -> item.verified(at, by));
    }

    /**
     * Makes an item a component of another, or of none. Components are where the item is that they are part of: a
     * hand-over of one without the other parts them.
     *
     * @throws Problem 404 when out of sight, 400 for a parent that is not of the tenant, not in the same place, the item
     *     itself or one of its own components
     */
    public void attach(UUID itemId, @Nullable UUID parentId) {
        EquipmentItem item = item(itemId);
        if (parentId != null && !parentId.equals(item.parentId())) {
            items.lockWithComponents(List.of(itemId, parentId));
            EquipmentItem parent = items.findOne(hasId(parentId))
                    .filter(candidate -> candidate.tenantId().equals(item.tenantId()))
                    .orElseThrow(() -> Problem.invalid("parentId", "there is no equipment item " + parentId));
            if (!parent.place().equals(item.place())) {
                throw Problem.invalid("parentId", "the item is at " + item.place() + ", that one at " + parent.place());
            }
            for (UUID above = parentId; above != null; above = item(above).parentId()) {
                if (above.equals(itemId)) {
                    throw Problem.invalid("parentId", "an item cannot be part of itself or of its own components");
                }
            }
        }
        item.becomePartOf(parentId);
        items.flush();
    }

    /**
     * Hands these items over, all or none: each gets the next entry of its chain and is at {@code to} afterwards. Two
     * hand-overs of one item never both succeed, whoever asks first. Items are the owner's: work that a vendor was
     * engaged for hands them over on the system's behalf ({@link TenantScope#asSystem}).
     *
     * @throws Problem 404 for an item out of sight, 409 naming the serial numbers of items that are not at {@code from},
     *     400 for a hand-over to the same place, an unsigned one, or a position off the globe
     */
    public void handOver(Collection<UUID> itemIds, HandOver handOver) {
        check(handOver);
        Set<UUID> moved = new LinkedHashSet<>(itemIds);
        if (moved.isEmpty()) {
            return;
        }
        List<EquipmentItem> locked = items.lockWithComponents(moved);
        requireAll(moved, locked);
        requireAt(
                handOver.from(),
                locked.stream().filter(item -> moved.contains(item.id())).toList());
        String recordedBy = SignedInPerson.currentUsername();
        List<CustodyEntry> entries = new ArrayList<>(moved.size());
        for (EquipmentItem item : locked) {
            if (moved.contains(item.id())) {
                entries.add(item.handedOver(handOver, recordedBy));
            }
            if (!moved.contains(item.id()) || !moved.contains(item.parentId())) {
                item.becomePartOf(null);
            }
        }
        custody.saveAll(entries);
    }

    private static void check(HandOver handOver) {
        List<FieldError> errors = new ArrayList<>();
        if (handOver.from().equals(handOver.to())) {
            errors.add(new FieldError("to", "must be another place than from"));
        }
        if (handOver.handedOverBy().isBlank()) {
            errors.add(new FieldError("handedOverBy", "must not be blank"));
        }
        if (handOver.receivedBy().isBlank()) {
            errors.add(new FieldError("receivedBy", "must not be blank"));
        }
        if (handOver.evidence().isBlank()) {
            errors.add(new FieldError("evidence", "must not be blank"));
        }
        if ((handOver.latitude() == null) != (handOver.longitude() == null)) {
            errors.add(new FieldError(
                    handOver.latitude() == null ? "latitude" : "longitude", "both or neither must be given"));
        }
        requireWithin(90, handOver.latitude(), "latitude", errors);
        requireWithin(180, handOver.longitude(), "longitude", errors);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private static void requireWithin(double limit, @Nullable Double degrees, String field, List<FieldError> errors) {
        if (degrees != null && !(Math.abs(degrees) <= limit)) {
            errors.add(new FieldError(field, "must be between -%.0f and %.0f".formatted(limit, limit)));
        }
    }

    private static void requireAll(Set<UUID> ids, List<EquipmentItem> found) {
        Set<UUID> missing = new LinkedHashSet<>(ids);
        found.forEach(item -> missing.remove(item.id()));
        if (!missing.isEmpty()) {
            throw Problem.notFound("equipment item", missing.iterator().next());
        }
    }

    private static void requireAt(Place from, List<EquipmentItem> moved) {
        List<EquipmentItem> elsewhere =
                moved.stream().filter(item -> !item.place().equals(from)).toList();
        if (!elsewhere.isEmpty()) {
            throw Problem.conflict(
                    "serialNumber",
                    elsewhere.stream()
                            .map(item -> item.serialNumber() + " is not at " + from + " but at " + item.place())
                            .collect(joining("; ")));
        }
    }

    /**
     * An item's chain from its registration to where it is.
     *
     * @throws Problem 404 when out of sight
     */
    @Transactional(readOnly = true)
    public List<CustodyEntry> custody(UUID itemId) {
        return custody.findByItemIdOrderBySequence(item(itemId).id());
    }

    /**
     * Every place where the custody chain of an organisation's item does not hold; an unbroken organisation has none.
     *
     * @throws Problem 404 when the organisation is out of sight
     */
    @Transactional(readOnly = true)
    public List<CustodyBreak> custodyBreaks(String tenantId) {
        if (!TenantScope.sees(tenantId)) {
            throw Problem.notFound("organisation", tenantId);
        }
        return custodyBreaks(List.of(tenantId));
    }

    /** As {@link #custodyBreaks(String)}, for all organisations in sight. */
    @Transactional(readOnly = true)
    public List<CustodyBreak> custodyBreaks() {
        return custodyBreaks(TenantScope.visible());
    }

    private List<CustodyBreak> custodyBreaks(@Nullable Collection<String> tenantIds) {
        items.flush();
        return jdbc.sql(CUSTODY_BREAKS)
                .param("tenants", tenantIds == null ? null : tenantIds.toArray(String[]::new))
                .param("sites", TenantScope.visibleSiteIds(), Types.ARRAY)
                .query((row, number) -> new CustodyBreak(
                        row.getObject("id", UUID.class),
                        row.getString("serial_number"),
                        row.getInt("sequence"),
                        row.getString("reason")))
                .list();
    }

    private static <T> Specification<T> hasId(UUID id) {
        return (row, query, criteria) -> criteria.equal(row.get("id"), id);
    }

    /** Rows that sort alike keep their order from page to page. */
    private static Pageable stable(Pageable page) {
        return page.isUnpaged()
                ? page
                : PageRequest.of(
                        page.getPageNumber(), page.getPageSize(), page.getSort().and(Sort.by("id")));
    }
}
