package io.fieldwright.logistics.process;

import io.fieldwright.logistics.Discrepancy;
import io.fieldwright.logistics.DismantleLine;
import io.fieldwright.logistics.DismantleRecord;
import io.fieldwright.logistics.DismantleRecords;
import io.fieldwright.logistics.ManifestLine;
import io.fieldwright.logistics.Receipt;
import io.fieldwright.logistics.ReceiptLine;
import io.fieldwright.logistics.Receipts;
import io.fieldwright.logistics.Trip;
import io.fieldwright.logistics.Trips;
import io.fieldwright.sites.Site;
import io.fieldwright.workflow.FormText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts records, trips and receipts into the words of the people who read the task forms. */
@Component
class LogisticsText {

    private final DismantleRecords records;
    private final Trips trips;
    private final Receipts receipts;

    LogisticsText(DismantleRecords records, Trips trips, Receipts receipts) {
        this.records = records;
        this.trips = trips;
        this.receipts = receipts;
    }

    String site(DismantleRecord record) {
        Site site = records.siteOf(record);
        return new FormText()
                .line("Reference", record.businessKey())
                .line("Site", site.code() + ", " + site.name())
                .line("Address", site.address())
                .line("Position", "%.5f, %.5f".formatted(site.latitude(), site.longitude()))
                .line("Permit", permit(record, site))
                .line("Remark", record.remark())
                .toString();
    }

    private static String permit(DismantleRecord record, Site site) {
        if (record.permitNumber() != null) {
            return "%s, from %s to %s"
                    .formatted(record.permitNumber(), record.permitValidFrom(), record.permitValidTo());
        }
        return site.needsPermit() ? "needed" : "not needed";
    }

    String expectedEquipment(DismantleRecord record) {
        List<String> expected = records.expectedEquipment(record).stream()
                .map(item -> "%s: %s (%s), %s"
                        .formatted(
                                item.serialNumber(),
                                item.model().name(),
                                item.model().category().code(),
                                item.condition().id()))
                .toList();
        return new FormText()
                .list(expected, "No serial-numbered equipment is recorded at this site.")
                .toString();
    }

    String deviations(DismantleRecord record) {
        List<String> deviations = record.lines().stream()
                .filter(line -> line.finding() == DismantleLine.Finding.MISSING
                        || line.finding() == DismantleLine.Finding.UNEXPECTED)
                .map(line -> line.finding().name().toLowerCase(Locale.ROOT) + ": " + line.label())
                .toList();
        return new FormText().list(deviations, "None").toString();
    }

    String load(DismantleRecord record) {
        double kilograms = record.presentLines().stream()
                .mapToDouble(line -> line.quantity() * line.weightKilograms())
                .sum();
        return new FormText()
                .line("Reference", record.businessKey())
                .line("Weight", "%.0f kg".formatted(kilograms))
                .line("Value", record.value() + " " + record.currency())
                .list(record.presentLines().stream().map(DismantleLine::label).toList(), "Nothing")
                .toString();
    }

    String trip(Trip trip) {
        Site site = trips.siteOf(trip);
        return new FormText()
                .line("Reference", trip.businessKey())
                .line("From", site.code() + ", " + site.name())
                .line("To", trips.destinationOf(trip).name())
                .line("Pickup", trip.pickupOn())
                .line("Driver", trip.driver())
                .line("Seal", trip.sealNumber())
                .line("Remark", trip.remark())
                .toString();
    }

    /** What is on the trip: loaded once it has left, planned before. */
    String manifest(Trip trip) {
        boolean left = trip.loadedAt() != null;
        List<String> lines = trip.manifest().stream()
                .filter(line -> !left || line.loadedQuantity() > 0)
                .map(line -> line.serialNumber() == null
                        ? "%d × %s, %s"
                                .formatted(
                                        left ? line.loadedQuantity() : line.plannedQuantity(),
                                        line.categoryCode(),
                                        line.condition().id())
                        : "%s (%s)".formatted(line.serialNumber(), line.categoryCode()))
                .toList();
        return new FormText().list(lines, "Nothing").toString();
    }

    /** The manifest's serial numbers as a form takes them back, one a line. */
    String plannedSerials(Trip trip) {
        return trip.manifest().stream()
                .filter(line -> line.serialNumber() != null)
                .map(ManifestLine::serialNumber)
                .collect(Collectors.joining("\n"));
    }

    /** The manifest's bulk lines as a form takes them back, one a line. */
    String plannedBulk(Trip trip) {
        return trip.manifest().stream()
                .filter(line -> line.serialNumber() == null)
                .map(line -> "%s, %s, %d"
                        .formatted(line.categoryCode(), line.condition().id(), line.plannedQuantity()))
                .collect(Collectors.joining("\n"));
    }

    String receipt(Receipt receipt) {
        DismantleRecord record = records.get(receipt.dismantleRecordId());
        return new FormText()
                .line("Reference", record.businessKey())
                .line("Warehouse", receipts.warehouseOf(receipt).name())
                .line("Counted by", receipt.countedBy())
                .line("Note", receipt.note())
                .line("Write-off rejected", receipt.writeOffRejection())
                .toString();
    }

    String expected(Receipt receipt) {
        return new FormText()
                .list(
                        receipt.lines().stream()
                                .filter(line -> line.expectedQuantity() > 0)
                                .map(LogisticsText::expected)
                                .toList(),
                        "Nothing")
                .toString();
    }

    private static String expected(ReceiptLine line) {
        return line.serialNumber() == null
                ? "%d × %s, %s"
                        .formatted(
                                line.expectedQuantity(),
                                line.categoryCode(),
                                line.condition().id())
                : "%s (%s), %s"
                        .formatted(
                                line.serialNumber(),
                                line.categoryCode(),
                                line.condition().id());
    }

    String discrepancies(Receipt receipt) {
        List<String> found = receipt.discrepancies().stream()
                .map((Discrepancy discrepancy) -> "%s: %s, worth %s (%s)"
                        .formatted(
                                discrepancy
                                        .kind()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '),
                                discrepancy.serialNumber() == null
                                        ? discrepancy.quantity() + " × " + discrepancy.categoryCode()
                                        : discrepancy.serialNumber(),
                                discrepancy.value().toPlainString(),
                                discrepancy.state().name().toLowerCase(Locale.ROOT)))
                .toList();
        return new FormText().list(found, "None").toString();
    }

    String writeOff(Receipt receipt) {
        DismantleRecord record = records.get(receipt.dismantleRecordId());
        return new FormText()
                .line("To be written off", receipts.losses(receipt.id()).toPlainString() + " " + record.currency())
                .toString();
    }

    String scrap(Receipt receipt) {
        return new FormText()
                .list(receipts.scrap(receipt).stream().map(ReceiptLine::label).toList(), "Nothing")
                .toString();
    }
}
