package io.fieldwright.fieldwork;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

interface EvidenceRepository extends JpaRepository<Evidence, UUID> {

    List<Evidence> findByExecutionIdOrderByCapturedAtAscIdAsc(UUID executionId);

    List<Evidence> findByTenantIdAndFileId(String tenantId, UUID file);

    /** However many files there are: as an array they are one parameter. The evidence that was captured first is in front. */
    @NativeQuery("select * from evidence where tenant_id = :tenant and file_id = any(:files) order by captured_at, id")
    List<Evidence> findOfFiles(String tenant, UUID[] files);

    /** The field tasks that a file is evidence of, always in the same order. */
    @Query(
            """
            select distinct x.fieldTaskId from Execution x, Evidence e
            where e.executionId = x.id and e.tenantId = :tenant and e.fileId = :file order by x.fieldTaskId""")
    List<UUID> findFieldTasks(String tenant, UUID file);
}
