package io.fieldwright.logistics;

import io.fieldwright.api.Problem;
import java.util.ArrayList;
import java.util.List;

/** Brings what was loaded onto the manifest and refuses what is not on it. */
class LoadingCheck {

    private final Trip trip;
    private final List<Problem.FieldError> errors = new ArrayList<>();

    LoadingCheck(Trip trip) {
        this.trip = trip;
    }

    /** @throws Problem 400 naming every line that is not on the manifest or more than planned */
    void apply(Counted loaded) {
        trip.manifest().forEach(line -> line.load(0));
        for (int i = 0; i < loaded.serials().size(); i++) {
            serial("loadedSerials line " + (i + 1), loaded.serials().get(i));
        }
        for (int i = 0; i < loaded.bulk().size(); i++) {
            bulk("loadedBulk line " + (i + 1), loaded.bulk().get(i));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private void serial(String field, Counted.Serial serial) {
        trip.manifest().stream()
                .filter(line -> line.serialNumber() != null
                        && ScanComparison.key(line.serialNumber()).equals(ScanComparison.key(serial.number())))
                .findFirst()
                .ifPresentOrElse(
                        line -> line.load(1),
                        () -> errors.add(new Problem.FieldError(field, serial.number() + " is not on the manifest")));
    }

    private void bulk(String field, Counted.Bulk bulk) {
        int left = bulk.quantity();
        for (ManifestLine line : trip.manifest()) {
            boolean same = line.serialNumber() == null
                    && line.categoryCode().equals(bulk.category())
                    && line.condition() == bulk.condition();
            if (same) {
                int taken = Math.min(left, line.plannedQuantity() - line.loadedQuantity());
                line.load(line.loadedQuantity() + taken);
                left -= taken;
            }
        }
        if (left > 0) {
            errors.add(new Problem.FieldError(
                    field,
                    "%d × %s (%s) are %d more than the manifest holds"
                            .formatted(
                                    bulk.quantity(),
                                    bulk.category(),
                                    bulk.condition().id(),
                                    left)));
        }
    }
}
