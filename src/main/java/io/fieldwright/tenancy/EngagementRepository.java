package io.fieldwright.tenancy;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface EngagementRepository extends JpaRepository<Engagement, UUID> {

    List<Engagement> findByTenantId(String tenantId);

    List<Engagement> findByParentId(UUID parentId);

    /** Makes those wait who would end it or engage below it at the same moment. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select e from Engagement e where e.id = :id")
    Optional<Engagement> lock(UUID id);
}
