package io.fieldwright.sites;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/** What somebody must know before going to a site; short texts for people. */
@Embeddable
public record AccessDetails(
        @Column(name = "access_contact") @Nullable String contact,
        @Column(name = "access_key") @Nullable String key,
        @Nullable String hazards,
        @Nullable String protectiveEquipment) {

    public static final AccessDetails NONE = new AccessDetails(null, null, null, null);

    public AccessDetails {
        contact = strippedToNull(contact);
        key = strippedToNull(key);
        hazards = strippedToNull(hazards);
        protectiveEquipment = strippedToNull(protectiveEquipment);
    }

    static @Nullable String strippedToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
