package io.fieldwright.projects;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface AllocationRepository extends JpaRepository<Allocation, UUID> {

    /** How many open allocations a team has of one owner. */
    record Workload(UUID teamId, long open) {}

    /** A project's allocations by state. */
    record Count(AllocationState state, long allocations) {}

    boolean existsByProjectIdAndSiteIdAndCancelledAtIsNull(UUID projectId, UUID siteId);

    @Query(
            """
            select new io.fieldwright.projects.AllocationRepository$Workload(a.team.id, count(a)) from Allocation a
            where a.team.id in :teams and (a.tenantId = :owner or a.tenantId like concat(:owner, '~%'))
              and a.cancelledAt is null and a.state in (ASSIGNED, WIP) group by a.team.id""")
    List<Workload> countOpenByTeam(Collection<UUID> teams, String owner);

    @Query(
            """
            select new io.fieldwright.projects.AllocationRepository$Count(a.state, count(a)) from Allocation a
            where a.project.id = :project and a.cancelledAt is null group by a.state""")
    List<Count> countByState(UUID project);

    @EntityGraph(attributePaths = {"project.client", "project.manager", "team.lead"})
    @Query(
            """
            select a from Allocation a where (:project is null or a.project.id = :project)
            and (:state is null or a.state = :state)""")
    Page<Allocation> search(@Nullable UUID project, @Nullable AllocationState state, Pageable page);

    @Override
    @EntityGraph(attributePaths = {"project.client", "project.manager", "team.lead"})
    Optional<Allocation> findById(UUID id);
}
