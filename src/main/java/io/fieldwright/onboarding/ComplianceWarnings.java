package io.fieldwright.onboarding;

import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.notification.Notifications;
import io.fieldwright.people.CandidateGroup;
import io.fieldwright.people.People;
import io.fieldwright.tenancy.ComplianceDocumentExpiring;
import io.fieldwright.tenancy.Engagements;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells of a document that ends: the administrators of its organisation, who renew it, and compliance of those it works
 * for. In the transaction that found it, so that nobody is told twice and nothing is lost.
 */
@Component
class ComplianceWarnings {

    private final Organisations organisations;
    private final Engagements engagements;
    private final People people;
    private final Notifications notifications;
    private final Clock clock;

    ComplianceWarnings(
            Organisations organisations,
            Engagements engagements,
            People people,
            Notifications notifications,
            Clock clock) {
        this.organisations = organisations;
        this.engagements = engagements;
        this.people = people;
        this.notifications = notifications;
        this.clock = clock;
    }

    @EventListener
    @Transactional
    public void warn(ComplianceDocumentExpiring document) {
        NotificationEvent event = document.expiresOn().isBefore(LocalDate.now(clock))
                ? NotificationEvent.DOCUMENT_EXPIRED
                : NotificationEvent.DOCUMENT_EXPIRING;
        TenantScope.asSystem(() -> {
            String organisation = document.organisation();
            Map<String, String> values = Map.of(
                    "organisation", organisations.get(organisation).name(),
                    "document", document.kind().label(),
                    "date", document.expiresOn().toString());
            notifications.tell(
                    people.inGroup(CandidateGroup.TENANT_ADMIN, List.of(organisation)), event, organisation, values);
            for (String client : engagements.ownersFor(organisation)) {
                notifications.tell(people.inGroup(CandidateGroup.COMPLIANCE, List.of(client)), event, client, values);
            }
        });
    }
}
