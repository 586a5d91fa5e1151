package io.fieldwright.fieldwork;

import io.fieldwright.equipment.Equipment;
import io.fieldwright.equipment.EquipmentItem;
import io.fieldwright.files.Photo;
import io.fieldwright.files.StoredFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Compares the serial numbers found at a site, item by item, with what the site should hold. A serial number counts as
 * found when it was typed or scanned, or when a photo shows its barcode; one that only a photo of the surroundings shows is
 * no surprise that anybody has to explain. Nor is what a label shows beside an expected serial number, such as a part number,
 * unless it is that of a registered item.
 *
 * <p>Where no serial verification is asked for, nobody was to look for everything, and what was not found is no finding, also
 * where a scan of what is found is asked for. What was found is one in any case.
 */
@Component
public class SerialComparison {

    /** @param unread how many items were found whose number nobody scanned and no photo shows */
    record Result(List<SerialFinding> findings, int unread) {}

    private final FieldTasks tasks;
    private final Equipment equipment;

    SerialComparison(FieldTasks tasks, Equipment equipment) {
        this.tasks = tasks;
        this.equipment = equipment;
    }

    Result compare(FieldTask task, List<Evidence> counting, Map<UUID, StoredFile> files) {
        List<EquipmentItem> items = tasks.expectedEquipment(task);
        Set<String> expected =
                items.stream().map(item -> normal(item.serialNumber())).collect(Collectors.toSet());
        Map<String, String> named = new LinkedHashMap<>();
        Set<String> read = new HashSet<>();
        for (Evidence piece : counting) {
            List<String> codes = piece.file()
                    .map(files::get)
                    .map(StoredFile::photo)
                    .map(Photo::codes)
                    .orElse(List.of());
            codes.forEach(code -> read.add(normal(code)));
            if (piece.content() instanceof EvidenceContent.Serial serial) {
                if (serial.serialNumber() != null) {
                    named.putIfAbsent(
                            normal(serial.serialNumber()), serial.serialNumber().strip());
                    if (serial.method() == EvidenceContent.Serial.Method.SCANNED) {
                        read.add(normal(serial.serialNumber()));
                    }
                } else {
                    boolean ofExpected = codes.stream().anyMatch(code -> expected.contains(normal(code)));
                    codes.stream()
                            .filter(code -> !ofExpected || registered(task, code) != null)
                            .forEach(code -> named.putIfAbsent(normal(code), code.strip()));
                }
            }
        }
        List<SerialFinding> findings = new ArrayList<>();
        int unread = 0;
        for (EquipmentItem item : items) {
            String serial = normal(item.serialNumber());
            unread += named.containsKey(serial) && !read.contains(serial) ? 1 : 0;
            boolean found = named.containsKey(serial) || read.contains(serial);
            if (found || task.requirements().serialVerification()) {
                findings.add(new SerialFinding(
                        found ? SerialFinding.Finding.MATCHED : SerialFinding.Finding.MISSING,
                        item.serialNumber(),
                        item.id(),
                        label(item)));
            }
        }
        named.forEach((serial, given) -> {
            if (!expected.contains(serial)) {
                findings.add(unexpected(task, given));
            }
        });
        return new Result(findings, unread);
    }

    private SerialFinding unexpected(FieldTask task, String serial) {
        EquipmentItem registered = registered(task, serial);
        return registered == null
                ? new SerialFinding(SerialFinding.Finding.UNEXPECTED, serial, null, "not registered")
                : new SerialFinding(
                        SerialFinding.Finding.UNEXPECTED,
                        registered.serialNumber(),
                        registered.id(),
                        label(registered) + ", recorded at " + registered.place());
    }

    /** As it was given, or else in capitals, as registers mostly have it. */
    private @Nullable EquipmentItem registered(FieldTask task, String serial) {
        return Stream.of(serial, normal(serial))
                .distinct()
                .flatMap(number -> equipment.findBySerial(task.owner(), number).stream())
                .findFirst()
                .orElse(null);
    }

    private static String label(EquipmentItem item) {
        return "%s (%s)".formatted(item.model().name(), item.model().category().code());
    }

    /** People write serial numbers in any case, and scanners add blanks around them. */
    public static String normal(String serial) {
        return serial.strip().toUpperCase(Locale.ROOT);
    }
}
