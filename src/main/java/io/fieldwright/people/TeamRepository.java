package io.fieldwright.people;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

interface TeamRepository extends JpaRepository<Team, UUID> {

    boolean existsByTenantIdAndCode(String tenantId, String code);

    @Override
    @EntityGraph(attributePaths = "lead")
    Page<Team> findAll(Pageable page);

    @EntityGraph(attributePaths = {"lead", "skills"})
    List<Team> findByTenantIdInAndActiveTrueOrderByCode(Collection<String> organisations);
}
