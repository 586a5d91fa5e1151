package io.fieldwright.equipment;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface EquipmentCategoryRepository extends JpaRepository<EquipmentCategory, UUID> {

    Optional<EquipmentCategory> findByTenantIdAndCode(String tenantId, String code);
}
