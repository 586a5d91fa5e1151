package io.fieldwright.equipment;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

interface EquipmentModelRepository
        extends JpaRepository<EquipmentModel, UUID>, JpaSpecificationExecutor<EquipmentModel> {

    @Override
    @EntityGraph(attributePaths = "category")
    Page<EquipmentModel> findAll(Specification<EquipmentModel> specification, Pageable page);

    @Override
    @EntityGraph(attributePaths = "category")
    Optional<EquipmentModel> findOne(Specification<EquipmentModel> specification);

    @Override
    @EntityGraph(attributePaths = "category")
    List<EquipmentModel> findAllById(Iterable<UUID> ids);

    Optional<EquipmentModel> findByTenantIdAndManufacturerAndName(String tenantId, String manufacturer, String name);
}
