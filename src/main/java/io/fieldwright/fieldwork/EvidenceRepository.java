package io.fieldwright.fieldwork;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface EvidenceRepository extends JpaRepository<Evidence, UUID> {

    List<Evidence> findByExecutionIdOrderByCapturedAtAscIdAsc(UUID executionId);

    List<Evidence> findByTenantIdAndFileId(String tenantId, UUID file);

    List<Evidence> findByTenantIdAndFileIdInOrderByCapturedAtAscIdAsc(String tenantId, Collection<UUID> files);

    /** The field tasks that a file is evidence of, always in the same order. */
    @Query(
            """
            select distinct x.fieldTaskId from Execution x, Evidence e
            where e.executionId = x.id and e.tenantId = :tenant and e.fileId = :file order by x.fieldTaskId""")
    List<UUID> findFieldTasks(String tenant, UUID file);
}
