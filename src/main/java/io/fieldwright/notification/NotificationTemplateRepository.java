package io.fieldwright.notification;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface NotificationTemplateRepository extends JpaRepository<NotificationTemplate, UUID> {

    @Query(
            """
            select t from NotificationTemplate t
            where t.event = :event and t.language in :languages
              and (t.tenantId = :organisation
                or t.tenantId = (select o.parentCode from Organisation o where o.code = :organisation))""")
    List<NotificationTemplate> findInForce(String organisation, NotificationEvent event, Collection<String> languages);
}
