package io.fieldwright.onboarding;

import static io.fieldwright.RoleHolders.username;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.tenancy.ComplianceDocument;
import io.fieldwright.tenancy.ComplianceDocumentExpiring;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

class ComplianceWarningTests extends InvitationTest {

    @Autowired
    ApplicationEventPublisher events;

    @Test
    void administratorsAndComplianceOfTheClientsAreToldOfADocumentThatEnds() {
        review(accepted(), "outcome", "approve");
        holders.appoint(corporate, "compliance");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);

        events.publishEvent(expiring(today.plusDays(30)));
        events.publishEvent(expiring(today.minusDays(1)));

        assertThat(toldTo("boss." + vendor))
                .filteredOn(event -> event != NotificationEvent.ORGANISATION_ACTIVATED)
                .containsExactlyInAnyOrder(NotificationEvent.DOCUMENT_EXPIRING, NotificationEvent.DOCUMENT_EXPIRED);
        assertThat(toldTo(username(circle, "compliance")))
                .containsExactlyInAnyOrder(NotificationEvent.DOCUMENT_EXPIRING, NotificationEvent.DOCUMENT_EXPIRED);
        assertThat(toldTo(username(corporate, "compliance"))).isEmpty();
    }

    private ComplianceDocumentExpiring expiring(LocalDate lastDay) {
        return new ComplianceDocumentExpiring(UUID.randomUUID(), vendor, ComplianceDocument.Kind.INSURANCE, lastDay);
    }
}
