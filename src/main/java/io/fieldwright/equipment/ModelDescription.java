package io.fieldwright.equipment;

import java.util.Map;

/** What is written of a model; a manufacturer and its name for a model are unique within a tenant. */
public record ModelDescription(String manufacturer, String name, Map<String, String> specifications) {

    public ModelDescription {
        manufacturer = manufacturer.strip();
        name = name.strip();
        specifications = Map.copyOf(specifications);
    }
}
