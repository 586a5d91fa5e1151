package io.fieldwright.fieldwork;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface EvidenceRepository extends JpaRepository<Evidence, UUID> {

    List<Evidence> findByExecutionIdOrderByCapturedAtAscIdAsc(UUID executionId);

    List<Evidence> findByTenantIdAndFileId(String tenantId, UUID file);

    List<Evidence> findByTenantIdAndFileIdInOrderByCapturedAtAscIdAsc(String tenantId, Collection<UUID> files);
}
