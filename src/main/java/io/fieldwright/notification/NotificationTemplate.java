package io.fieldwright.notification;

import io.fieldwright.tenancy.TenantOwned;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/** An organisation's own text for an event in one language. */
@Entity
class NotificationTemplate extends TenantOwned {

    @Enumerated(EnumType.STRING)
    private NotificationEvent event;

    private String language;

    private String subject;

    private String body;

    protected NotificationTemplate() {
        this("", NotificationEvent.TEAM_OFFERED, "", new Text("", ""));
    }

    NotificationTemplate(String tenantId, NotificationEvent event, String language, Text text) {
        super(tenantId);
        this.event = event;
        this.language = language;
        this.subject = text.subject();
        this.body = text.body();
    }

    void change(Text text) {
        this.subject = text.subject();
        this.body = text.body();
    }

    NotificationEvent event() {
        return event;
    }

    String language() {
        return language;
    }

    Text text() {
        return new Text(subject, body);
    }
}
