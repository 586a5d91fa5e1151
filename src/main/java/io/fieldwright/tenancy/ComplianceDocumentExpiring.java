package io.fieldwright.tenancy;

import java.time.LocalDate;
import java.util.UUID;

/**
 * Published once when an approved document has 30 days left or less, and once when its last day has passed.
 *
 * @param expiresOn its last day, in UTC
 */
public record ComplianceDocumentExpiring(
        UUID id, String organisation, ComplianceDocument.Kind kind, LocalDate expiresOn) {}
