package io.fieldwright.logistics;

import io.fieldwright.api.Problem;
import io.fieldwright.equipment.Equipment;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.equipment.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares a scan with what the site should hold, item by item. */
class ScanComparison {

    private final Equipment equipment;
    private final DismantleRecord record;
    private final List<Problem.FieldError> errors = new ArrayList<>();

    ScanComparison(Equipment equipment, DismantleRecord record) {
        this.equipment = equipment;
        this.record = record;
    }

    /** @throws Problem 400 or 409 naming every line that cannot be filed */
    List<DismantleLine> lines(Counted found) {
        Map<String, EquipmentItem> expected = new LinkedHashMap<>();
        equipment.at(Place.site(record.siteId())).forEach(item -> expected.put(key(item.serialNumber()), item));
        List<DismantleLine> lines = new ArrayList<>();
        for (int i = 0; i < found.serials().size(); i++) {
            Counted.Serial serial = found.serials().get(i);
            EquipmentItem item = expected.remove(key(serial.number()));
            if (item != null) {
                lines.add(line(DismantleLine.Finding.MATCHED, item, serial));
            } else {
                unexpected("scannedSerials line " + (i + 1), serial, lines);
            }
        }
        expected.values()
                .forEach(item -> lines.add(line(
                        DismantleLine.Finding.MISSING, item, new Counted.Serial(item.serialNumber(), null, null))));
        for (int i = 0; i < found.bulk().size(); i++) {
            bulk("bulkLines line " + (i + 1), found.bulk().get(i), lines);
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return lines;
    }

    private DismantleLine line(DismantleLine.Finding finding, EquipmentItem item, Counted.Serial serial) {
        return new DismantleLine(
                record.tenantId(),
                finding,
                item.id(),
                item.serialNumber(),
                item.model().category(),
                serial.condition() == null ? item.condition() : serial.condition(),
                1);
    }

    private void unexpected(String field, Counted.Serial serial, List<DismantleLine> lines) {
        List<EquipmentItem> elsewhere = equipment.findBySerial(record.owner(), serial.number());
        if (!elsewhere.isEmpty()) {
            throw Problem.conflict(
                    field,
                    "%s is recorded elsewhere (%s) and cannot be dismantled here"
                            .formatted(
                                    serial.number(),
                                    elsewhere.get(0).place().kind().name().toLowerCase(Locale.ROOT)));
        }
        if (serial.category() == null || serial.condition() == null) {
            errors.add(new Problem.FieldError(
                    field, serial.number() + " is not registered: give its condition and category too"));
            return;
        }
        equipment
                .findCategory(record.owner(), serial.category())
                .ifPresentOrElse(
                        category -> lines.add(new DismantleLine(
                                record.tenantId(),
                                DismantleLine.Finding.UNEXPECTED,
                                null,
                                serial.number(),
                                category,
                                serial.condition(),
                                1)),
                        () -> errors.add(unknownCategory(field, serial.category())));
    }

    private void bulk(String field, Counted.Bulk bulk, List<DismantleLine> lines) {
        equipment
                .findCategory(record.owner(), bulk.category())
                .ifPresentOrElse(
                        category -> lines.add(new DismantleLine(
                                record.tenantId(),
                                DismantleLine.Finding.BULK,
                                null,
                                null,
                                category,
                                bulk.condition(),
                                bulk.quantity())),
                        () -> errors.add(unknownCategory(field, bulk.category())));
    }

    static Problem.FieldError unknownCategory(String field, String category) {
        return new Problem.FieldError(field, "there is no equipment category " + category);
    }

    static String key(String serialNumber) {
        return serialNumber.toLowerCase(Locale.ROOT);
    }
}
