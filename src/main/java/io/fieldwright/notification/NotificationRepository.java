package io.fieldwright.notification;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

interface NotificationRepository extends JpaRepository<Notification, UUID> {

    Optional<Notification> findByIdAndRecipient(UUID id, String recipient);

    Page<Notification> findByRecipient(String recipient, Pageable page);

    Page<Notification> findByRecipientAndReadAtIsNull(String recipient, Pageable page);

    Page<Notification> findByRecipientAndReadAtIsNotNull(String recipient, Pageable page);

    long countByRecipientAndReadAtIsNull(String recipient);
}
