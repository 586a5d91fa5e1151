package io.fieldwright.sites;

import io.fieldwright.api.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is written of a site. The position is WGS84 degrees, {@code kind} one lower-case word, {@code parentId} a site of
 * the same organisation.
 */
public record SiteDescription(
        String code,
        String name,
        String kind,
        @Nullable UUID parentId,
        @Nullable String address,
        double latitude,
        double longitude,
        boolean active,
        boolean needsPermit,
        AccessDetails access) {

    private static final Pattern CODE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._:-]{0,59}");
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_-]{0,29}");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 500;

    /** Blanks around a text are no part of it, and a blank text is none. */
    public SiteDescription {
        code = code.strip();
        name = name.strip();
        kind = kind.strip();
        address = AccessDetails.strippedToNull(address);
    }

    /** Whether a site can have this code at all. */
    public static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    /** Everything that is wrong with it in itself; the same for the REST interface and for each row of an import. */
    public List<FieldError> faults() {
        List<FieldError> faults = new ArrayList<>();
        if (!isCode(code)) {
            faults.add(new FieldError("code", "must be 1 to 60 letters, digits, '.', '_', ':' or '-'"));
        }
        if (name.isBlank()) {
            faults.add(new FieldError("name", "must not be blank"));
        }
        if (!KIND.matcher(kind).matches()) {
            faults.add(new FieldError("kind", "must be one lower-case word of at most 30 characters, such as tower"));
        }
        checkText(faults, "name", name, LONGEST_NAME);
        checkText(faults, "address", address, LONGEST_TEXT);
        checkText(faults, "access.contact", access.contact(), LONGEST_TEXT);
        checkText(faults, "access.key", access.key(), LONGEST_TEXT);
        checkText(faults, "access.hazards", access.hazards(), LONGEST_TEXT);
        checkText(faults, "access.protectiveEquipment", access.protectiveEquipment(), LONGEST_TEXT);
        checkPosition(faults);
        return faults;
    }

    private void checkPosition(List<FieldError> faults) {
        boolean latitudeFits = Math.abs(latitude) <= 90;
        boolean longitudeFits = Math.abs(longitude) <= 180;
        if (!latitudeFits) {
            boolean fitsSwapped = Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90;
            faults.add(new FieldError(
                    "latitude",
                    "must be between -90 and 90" + (fitsSwapped ? "; latitude and longitude look swapped" : "")));
        }
        if (!longitudeFits) {
            faults.add(new FieldError("longitude", "must be between -180 and 180"));
        }
    }

    private static void checkText(List<FieldError> faults, String field, @Nullable String text, int longest) {
        if (text == null) {
            return;
        }
        if (text.length() > longest) {
            faults.add(new FieldError(field, "must not be longer than " + longest + " characters"));
        } else if (text.codePoints().anyMatch(SiteDescription::unprintable)) {
            faults.add(new FieldError(field, "contains a control character"));
        }
    }

    private static boolean unprintable(int character) {
        int type = Character.getType(character);
        return (type == Character.CONTROL && character != '\n' && character != '\r' && character != '\t')
                || type == Character.SURROGATE;
    }
}
