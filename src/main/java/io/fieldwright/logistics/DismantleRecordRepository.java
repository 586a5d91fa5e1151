package io.fieldwright.logistics;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface DismantleRecordRepository extends JpaRepository<DismantleRecord, UUID> {

    boolean existsBySiteIdAndStateIn(UUID siteId, Collection<DismantleState> states);

    List<DismantleRecord> findByAllocationIdAndStateIn(UUID allocationId, Collection<DismantleState> states);

    @Query(
            """
            select d from DismantleRecord d where (:site is null or d.siteId = :site)
            and (:allocation is null or d.allocationId = :allocation) and (:state is null or d.state = :state)""")
    Page<DismantleRecord> search(
            @Nullable UUID site, @Nullable UUID allocation, @Nullable DismantleState state, Pageable page);
}
