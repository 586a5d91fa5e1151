package io.fieldwright.equipment;

import io.fieldwright.api.Problem.FieldError;
import io.fieldwright.tenancy.TenantScope;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What is known about items that are to be registered together: the answers to the few questions that are asked of the
 * database for all of them at once.
 */
record Registration(Map<UUID, EquipmentModel> models, Set<Serial> taken, Set<TenantPlace> places, LocalDate latestDay) {

    record Serial(String tenantId, String manufacturer, String number) {}

    record TenantPlace(String tenantId, Place place) {}

    private static final LocalDate EARLIEST_DAY = LocalDate.of(1900, 1, 1);

    private static final Pattern SERIAL_NUMBER = Pattern.compile("[^\\p{C}]{1,100}");

    static boolean isSerialNumber(String text) {
        return !text.isBlank() && SERIAL_NUMBER.matcher(text).matches();
    }

    /** What can never be registered as it is. */
    List<FieldError> flaws(NewItem item) {
        List<FieldError> flaws = new ArrayList<>();
        if (!TenantScope.sees(item.tenantId())) {
            flaws.add(new FieldError("organisation", "there is no organisation " + item.tenantId()));
            return flaws;
        }
        if (!modelIsOfTenant(item)) {
            flaws.add(new FieldError("modelId", "there is no equipment model " + item.modelId()));
        }
        if (!isSerialNumber(item.serialNumber())) {
            flaws.add(new FieldError("serialNumber", "must be 1 to 100 printable characters"));
        }
        if (item.inServiceSince().isBefore(EARLIEST_DAY)
                || item.inServiceSince().isAfter(latestDay)) {
            flaws.add(new FieldError("inServiceSince", "must be from 1900 on and not in the future"));
        }
        if (!item.place().kind().isSomewhere()) {
            flaws.add(new FieldError("place", "must be where the item can be found"));
        } else if (!places.contains(new TenantPlace(item.tenantId(), item.place()))) {
            flaws.add(new FieldError("place", "there is no " + item.place()));
        }
        return flaws;
    }

    boolean isTaken(NewItem item) {
        return modelIsOfTenant(item) && taken.contains(serial(item));
    }

    /** As {@link #flaws} and {@link #isTaken}, for items that come together and must not repeat each other. */
    List<List<FieldError>> obstacles(List<NewItem> items) {
        Set<Serial> seen = new HashSet<>();
        return items.stream()
                .map(item -> {
                    List<FieldError> obstacles = flaws(item);
                    if (isTaken(item)) {
                        obstacles.add(takenError(item));
                    } else if (modelIsOfTenant(item) && !seen.add(serial(item))) {
                        obstacles.add(new FieldError(
                                "serialNumber", "the serial number " + item.serialNumber() + " is here twice"));
                    }
                    return obstacles;
                })
                .toList();
    }

    static FieldError takenError(NewItem item) {
        return new FieldError(
                "serialNumber", "the manufacturer's serial number " + item.serialNumber() + " is already registered");
    }

    private boolean modelIsOfTenant(NewItem item) {
        EquipmentModel model = models.get(item.modelId());
        return model != null && model.tenantId().equals(item.tenantId());
    }

    private Serial serial(NewItem item) {
        return new Serial(item.tenantId(), models.get(item.modelId()).manufacturer(), item.serialNumber());
    }
}
