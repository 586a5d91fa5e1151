package io.fieldwright.logistics;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface CarrierRepository extends JpaRepository<Carrier, UUID> {

    boolean existsByTenantIdAndCode(String tenantId, String code);

    List<Carrier> findByTenantIdInAndActiveTrueOrderByCode(Collection<String> organisations);
}
