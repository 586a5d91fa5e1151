package io.fieldwright.equipment;

import io.fieldwright.api.Problem;
import io.fieldwright.api.Problem.FieldError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is written of a category; see {@link EquipmentCategory} for units. */
public record CategoryDescription(
        String name,
        String kind,
        BigDecimal newPrice,
        String currency,
        int gpsAccuracyMetres,
        int minimumPhotos,
        boolean serialScan,
        List<ChecklistQuestion> checklist,
        int complexityRating,
        double weightKilograms,
        double volumeCubicMetres) {

    private static final Set<String> KINDS = Set.of("electronics", "power", "structure", "cable", "other");
    private static final int MOST_QUESTIONS = 50;
    private static final int DECIMALS = 2;
    private static final BigDecimal PRICE_LIMIT = new BigDecimal("1000000000000");
    private static final double LOAD_LIMIT = 1_000_000;

    /** @throws Problem 400 naming every field that is out of its range */
    public CategoryDescription {
        List<FieldError> errors = new ArrayList<>();
        if (!KINDS.contains(kind)) {
            errors.add(new FieldError("kind", "must be electronics, power, structure, cable or other"));
        }
        if (newPrice.stripTrailingZeros().scale() > DECIMALS) {
            errors.add(new FieldError("newPrice", "must have at most two decimals"));
        } else if (newPrice.signum() < 0 || newPrice.compareTo(PRICE_LIMIT) >= 0) {
            errors.add(new FieldError("newPrice", "must be from 0 to below 1000000000000"));
        } else {
            newPrice = newPrice.setScale(DECIMALS, RoundingMode.UNNECESSARY);
        }
        if (!isMoney(currency)) {
            errors.add(new FieldError("currency", "must be an ISO 4217 code such as INR"));
        }
        requireFrom(1, 10_000, gpsAccuracyMetres, "gpsAccuracyMetres", errors);
        requireFrom(0, 100, minimumPhotos, "minimumPhotos", errors);
        checklist = List.copyOf(checklist);
        check(checklist, errors);
        requireFrom(1, 5, complexityRating, "complexityRating", errors);
        requireFrom(0, LOAD_LIMIT, weightKilograms, "weightKilograms", errors);
        requireFrom(0, LOAD_LIMIT, volumeCubicMetres, "volumeCubicMetres", errors);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private static void check(List<ChecklistQuestion> checklist, List<FieldError> errors) {
        if (checklist.size() > MOST_QUESTIONS) {
            errors.add(new FieldError("checklist", "must have at most 50 questions"));
            return;
        }
        Set<String> keys = new HashSet<>();
        for (int index = 0; index < checklist.size(); index++) {
            String place = "checklist[" + index + "]";
            checklist.get(index).check(place, errors);
            if (!keys.add(checklist.get(index).key())) {
                errors.add(new FieldError(place + ".key", "is the key of an earlier question"));
            }
        }
    }

    /** Precious metals, test codes and the like have codes too, but no decimals. */
    private static boolean isMoney(String currency) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(known -> known.getCurrencyCode().equals(currency) && known.getDefaultFractionDigits() >= 0);
    }

    private static void requireFrom(
            double smallest, double largest, double value, String field, List<FieldError> errors) {
        if (!(value >= smallest && value <= largest)) {
            errors.add(new FieldError(field, "must be from %.0f to %.0f".formatted(smallest, largest)));
        }
    }
}
