package io.fieldwright.logistics;

import io.fieldwright.api.Problem;
import io.fieldwright.equipment.Condition;
import io.fieldwright.equipment.Equipment;
import io.fieldwright.equipment.EquipmentCategory;
import io.fieldwright.equipment.EquipmentItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings a count onto the lines of a receipt and collects what was not announced. */
class CountComparison {

    private final Equipment equipment;
    private final Receipt receipt;
    private final List<Problem.FieldError> errors = new ArrayList<>();
    private final List<ReceiptLine> unannounced = new ArrayList<>();

    CountComparison(Equipment equipment, Receipt receipt) {
        this.equipment = equipment;
        this.receipt = receipt;
    }

    /** @throws Problem 400 naming every line that cannot be counted */
    List<ReceiptLine> apply(Counted counted) {
        Map<String, ReceiptLine> expected = new HashMap<>();
        for (ReceiptLine line : receipt.lines()) {
            if (line.expectedQuantity() > 0) {
                line.count(0, line.condition());
                if (line.serialNumber() != null) {
                    expected.put(ScanComparison.key(line.serialNumber()), line);
                }
            }
        }
        for (int i = 0; i < counted.serials().size(); i++) {
            Counted.Serial serial = counted.serials().get(i);
            ReceiptLine line = expected.get(ScanComparison.key(serial.number()));
            if (line != null) {
                line.count(1, serial.condition() == null ? line.condition() : serial.condition());
            } else {
                wrongSerial("countedSerials line " + (i + 1), serial);
            }
        }
        for (int i = 0; i < counted.bulk().size(); i++) {
            bulk("countedBulk line " + (i + 1), counted.bulk().get(i));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return unannounced;
    }

    private void wrongSerial(String field, Counted.Serial serial) {
        Optional<EquipmentItem> known = equipment.findBySerial(receipt.owner(), serial.number()).stream()
                .findFirst();
        Optional<EquipmentCategory> category = known.map(item -> item.model().category())
                .or(() -> serial.category() == null
                        ? Optional.empty()
                        : equipment.findCategory(receipt.owner(), serial.category()));
        Optional<Condition> condition =
                Optional.ofNullable(serial.condition()).or(() -> known.map(EquipmentItem::condition));
        if (category.isEmpty() || condition.isEmpty()) {
            errors.add(new Problem.FieldError(
                    field,
                    serial.number() + " is neither expected nor registered: give its condition and category too"));
            return;
        }
        unannounced.add(new ReceiptLine(
                receipt.tenantId(),
                known.map(EquipmentItem::id).orElse(null),
                serial.number(),
                category.get(),
                condition.get(),
                1));
    }

    private void bulk(String field, Counted.Bulk bulk) {
        List<ReceiptLine> lines = receipt.lines().stream()
                .filter(line -> line.serialNumber() == null
                        && line.expectedQuantity() > 0
                        && line.categoryCode().equals(bulk.category())
                        && line.condition() == bulk.condition())
                .toList();
        int left = bulk.quantity();
        for (ReceiptLine line : lines) {
            int taken = Math.min(left, line.expectedQuantity() - line.counted());
            line.count(line.counted() + taken, line.condition());
            left -= taken;
        }
        if (left == 0) {
            return;
        }
        if (!lines.isEmpty()) {
            ReceiptLine last = lines.get(lines.size() - 1);
            last.count(last.counted() + left, last.condition());
            return;
        }
        int surplus = left;
        equipment
                .findCategory(receipt.owner(), bulk.category())
                .ifPresentOrElse(
                        category -> unannounced.add(
                                new ReceiptLine(receipt.tenantId(), null, null, category, bulk.condition(), surplus)),
                        () -> errors.add(ScanComparison.unknownCategory(field, bulk.category())));
    }
}
