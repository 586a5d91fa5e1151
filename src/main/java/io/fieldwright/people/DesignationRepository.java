package io.fieldwright.people;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface DesignationRepository extends JpaRepository<Designation, UUID> {

    Optional<Designation> findByTenantIdAndCode(String tenantId, String code);

    List<Designation> findByTenantIdAndCodeIn(String tenantId, Collection<String> codes);

    List<Designation> findByParentId(UUID parentId);
}
