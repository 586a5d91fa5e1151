package io.fieldwright.fieldwork;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one piece of evidence says. Positions are WGS84 degrees, times those of the device's clock. */
public sealed interface EvidenceContent
        permits GpsFix,
                EvidenceContent.Photo,
                EvidenceContent.Serial,
                EvidenceContent.Answer,
                EvidenceContent.Signature {

    /** The stored file it needs to be complete. */
    default @Nullable UUID file() {
        return null;
    }

    /** @param file the id of the photo among the stored files, which may arrive before or after */
    record Photo(UUID file, @Nullable String note) implements EvidenceContent {}

    /**
     * @param serialNumber null when it is to be read from the photo
     * @param file the photo it was read from, if any
     */
    record Serial(@Nullable String serialNumber, Method method, @Nullable UUID file) implements EvidenceContent {

        /** How the number was found, the weakest proof first. */
        public enum Method {
            /** On the list of what the site should hold, which shows it. */
            TICKED,
            TYPED,
            SCANNED,
            PHOTO
        }
    }

    record Answer(String question, String value, @Nullable String note) implements EvidenceContent {}

    /** @param file the drawn image among the stored files */
    record Signature(String name, UUID file, @Nullable Double latitude, @Nullable Double longitude)
            implements EvidenceContent {}
}
