package io.fieldwright.fieldwork;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One serial number, expected or found.
 *
 * @param itemId the registered item; null for an unexpected serial number that nobody has registered
 * @param label which equipment it is and, where it was not expected, where the records have it
 */
@Embeddable
public record SerialFinding(
        @Enumerated(EnumType.STRING) Finding finding, String serialNumber, @Nullable UUID itemId, String label) {

    public enum Finding {
        MATCHED,
        MISSING,
        UNEXPECTED
    }
}
