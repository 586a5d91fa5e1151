package io.fieldwright.notification.web;

import io.fieldwright.api.Listing;
import io.fieldwright.notification.Notification;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.notification.Notifications;
import io.fieldwright.people.SignedInPerson;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.web.PageableDefault;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everybody's own notifications; nobody reads another's. */
@RestController
@RequestMapping("/api/v1/notifications")
class NotificationController {

    record NotificationView(
            UUID id,
            NotificationEvent event,
            String subject,
            String body,
            Instant createdAt,
            @Nullable Instant readAt) {

        static NotificationView of(Notification notification) {
            return new NotificationView(
                    notification.id(),
                    notification.event(),
                    notification.text().subject(),
                    notification.text().body(),
                    notification.createdAt(),
                    notification.readAt());
        }
    }

    record UnreadCount(long unread) {}

    private final Notifications notifications;

    NotificationController(Notifications notifications) {
        this.notifications = notifications;
    }

    @GetMapping
    Listing<NotificationView> list(
            @AuthenticationPrincipal SignedInPerson person,
            @RequestParam(required = false) @Nullable Boolean unread,
            @ParameterObject @PageableDefault(sort = "id", direction = Sort.Direction.DESC) Pageable page) {
        return Listing.of(
                notifications.of(
                        person.username(), unread, Listing.sortable(page, "id", "createdAt", "readAt", "event")),
                NotificationView::of);
    }

    @GetMapping("/unread-count")
    UnreadCount countUnread(@AuthenticationPrincipal SignedInPerson person) {
        return new UnreadCount(notifications.countUnread(person.username()));
    }

    @PostMapping("/{id}/read")
    NotificationView markRead(@AuthenticationPrincipal SignedInPerson person, @PathVariable UUID id) {
        return NotificationView.of(notifications.markRead(id, person.username()));
    }
}
