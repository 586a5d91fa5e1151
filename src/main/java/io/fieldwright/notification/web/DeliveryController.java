package io.fieldwright.notification.web;

import io.fieldwright.api.Listing;
import io.fieldwright.notification.Delivery;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.notification.Notifications;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.web.PageableDefault;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/deliveries")
class DeliveryController {

    record DeliveryView(
            UUID id,
            String organisation,
            NotificationEvent event,
            @Nullable String recipient,
            Delivery.Channel channel,
            @Nullable String address,
            Delivery.State state,
            int attempts,
            @Nullable String failure,
            Instant createdAt,
            @Nullable Instant sentAt) {

        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.id(),
                    delivery.tenantId(),
                    delivery.notification().event(),
                    delivery.notification().recipient(),
                    delivery.channel(),
                    delivery.address(),
                    delivery.state(),
                    delivery.attempts(),
                    delivery.failure(),
                    delivery.createdAt(),
                    delivery.sentAt());
        }
    }

    private final Notifications notifications;

    DeliveryController(Notifications notifications) {
        this.notifications = notifications;
    }

    @GetMapping
    @PreAuthorize("hasAuthority('notifications.write')")
    Listing<DeliveryView> list(
            @RequestParam(required = false) Delivery.@Nullable State state,
            @ParameterObject @PageableDefault(sort = "id", direction = Sort.Direction.DESC) Pageable page) {
        return Listing.of(
                notifications.deliveries(
                        state, Listing.sortable(page, "id", "createdAt", "sentAt", "channel", "state", "attempts")),
                DeliveryView::of);
    }
}
