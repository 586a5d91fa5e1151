package io.fieldwright.fieldwork;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface FieldTaskRepository extends JpaRepository<FieldTask, UUID> {

    boolean existsByProjectIdAndSiteIdAndStateNotIn(UUID projectId, UUID siteId, Collection<FieldTaskState> states);

    List<FieldTask> findByAllocationIdAndStateNotIn(UUID allocationId, Collection<FieldTaskState> states);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select t from FieldTask t where t.id = :id")
    Optional<FieldTask> lock(UUID id);

    @Query(
            """
            select t from FieldTask t where (:project is null or t.projectId = :project)
            and (:site is null or t.siteId = :site) and (:state is null or t.state = :state)
            and (:teams is null or t.teamId in :teams)""")
    Page<FieldTask> search(
            @Nullable UUID project,
            @Nullable UUID site,
            @Nullable FieldTaskState state,
            @Nullable Collection<UUID> teams,
            Pageable page);
}
