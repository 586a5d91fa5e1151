package io.fieldwright.sites.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The columns of a CSV file and the properties of a GeoJSON feature, in the order they are exported. */
enum Column {
    CODE("code", true),
    NAME("name", true),
    KIND("kind", true),
    LATITUDE("latitude", true),
    LONGITUDE("longitude", true),
    PARENT("parent", false),
    ADDRESS("address", false),
    ACTIVE("active", false),
    NEEDS_PERMIT("needsPermit", false),
    CONTACT("contact", false),
    KEY("key", false),
    HAZARDS("hazards", false),
    PROTECTIVE_EQUIPMENT("protectiveEquipment", false),
    BOUNDARY("boundary", false);

    static final List<Column> ALL = List.of(values());

    private final String label;
    private final boolean required;

    Column(String label, boolean required) {
        this.label = label;
        this.required = required;
    }

    String label() {
        return label;
    }

    boolean required() {
        return required;
    }

    boolean isPosition() {
        return this == LATITUDE || this == LONGITUDE;
    }

    static Optional<Column> of(String label) {
        String wanted = label.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(column -> column.label.toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }
}
