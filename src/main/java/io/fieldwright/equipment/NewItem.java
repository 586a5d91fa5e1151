package io.fieldwright.equipment;

import java.time.LocalDate;
import java.util.UUID;

/** What registers an item; {@code tenantId} is the organisation that owns it, the day in service is local to the place. */
public record NewItem(
        String tenantId,
        UUID modelId,
        String serialNumber,
        Condition condition,
        LocalDate inServiceSince,
        Place place,
        String registeredBy) {}
