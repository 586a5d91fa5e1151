package io.fieldwright.projects;

import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

interface ProjectRepository extends JpaRepository<Project, UUID> {

    boolean existsByTenantIdAndCode(String tenantId, String code);

    @Override
    @EntityGraph(attributePaths = {"client", "manager"})
    Page<Project> findAll(Pageable page);
}
