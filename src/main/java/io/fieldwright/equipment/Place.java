package io.fieldwright.equipment;

import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where an item is; it is always in exactly one place. The id is that of the site, warehouse, vehicle or carrier (for
 * quarantine, of the warehouse it is in); what is disposed of or lost is nowhere and has none.
 */
@Embeddable
public record Place(@Enumerated(EnumType.STRING) Kind kind, @Nullable UUID id) {

    /** {@code VEHICLE} and {@code CARRIER} mean in transit. */
    public enum Kind {
        SITE,
        WAREHOUSE,
        VEHICLE,
        CARRIER,
        QUARANTINE,
        DISPOSED,
        LOST;

        /** The word that interfaces and forms use. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isSomewhere() {
            return this != DISPOSED && this != LOST;
        }

        /** @throws Problem 400 naming {@code field} when {@code text} is none of the words */
        public static Kind parse(String field, @Nullable String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.id().equals(text))
                    .findFirst()
                    .orElseThrow(() -> Problem.invalid(
                            field,
                            "must be one of "
                                    + Arrays.stream(values()).map(Kind::id).collect(Collectors.joining(", "))));
        }
    }

    public Place {
        if (Objects.requireNonNull(kind).isSomewhere() == (id == null)) {
            throw new IllegalArgumentException(kind + (id == null ? " needs an id" : " has no id"));
        }
    }

    /**
     * Reads a place that came from outside.
     *
     * @throws Problem 400 naming {@code field.kind} or {@code field.id}
     */
    public static Place parse(String field, @Nullable String kind, @Nullable String id) {
        Kind parsed = Kind.parse(field + ".kind", kind);
        if (parsed.isSomewhere()) {
            return new Place(parsed, Identifiers.parse(field + ".id", id));
        }
        if (id != null) {
            throw Problem.invalid(field + ".id", "must be absent for what is " + parsed.id());
        }
        return new Place(parsed, null);
    }

    public static Place site(UUID id) {
        return new Place(Kind.SITE, id);
    }

    public static Place warehouse(UUID id) {
        return new Place(Kind.WAREHOUSE, id);
    }

    public static Place vehicle(UUID id) {
        return new Place(Kind.VEHICLE, id);
    }

    public static Place carrier(UUID id) {
        return new Place(Kind.CARRIER, id);
    }

    public static Place quarantine(UUID warehouseId) {
        return new Place(Kind.QUARANTINE, warehouseId);
    }

    public static Place disposed() {
        return new Place(Kind.DISPOSED, null);
    }

    public static Place lost() {
        return new Place(Kind.LOST, null);
    }

    /** For messages to people: {@code warehouse 0198…}, {@code lost}. */
    @Override
    public String toString() {
        return id == null ? kind.id() : kind.id() + " " + id;
    }
}
