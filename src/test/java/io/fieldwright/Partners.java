package io.fieldwright;

import io.fieldwright.tenancy.ComplianceDocument;
import io.fieldwright.tenancy.ComplianceDocuments;
import io.fieldwright.tenancy.Engagement;
import io.fieldwright.tenancy.Engagements;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Brings organisations together for tests that are not about how they come together. */
@Component
public class Partners {

    private final ComplianceDocuments documents;
    private final Engagements engagements;

    Partners(ComplianceDocuments documents, Engagements engagements) {
        this.documents = documents;
        this.engagements = engagements;
    }

    /** Engages a vendor that shows every mandatory document, since long ago and until further notice. */
    public Engagement engage(String circle, String vendor) {
        showCompliance(vendor);
        return engagements.engage(circle, vendor, LocalDate.of(2020, 1, 1), null);
    }

    /** Has the vendor of {@code parent} engage another below it. */
    public Engagement subcontract(UUID parent, String vendor) {
        showCompliance(vendor);
        return engagements.engage(null, vendor, parent, LocalDate.of(2020, 1, 1), null);
    }

    /** Has a vendor show every mandatory document. */
    public void showCompliance(String vendor) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (ComplianceDocument.Kind kind : documents.lacking(vendor)) {
            ComplianceDocument document = documents.submit(
                    vendor,
                    new ComplianceDocuments.Description(
                            kind, "42", "authority", today.minusYears(1), today.plusYears(1)));
            documents.approve(vendor, document.id(), "*");
        }
    }
}
