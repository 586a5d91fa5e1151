package io.fieldwright.equipment;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface EquipmentItemRepository extends JpaRepository<EquipmentItem, UUID>, JpaSpecificationExecutor<EquipmentItem> {

    @Override
    @EntityGraph(attributePaths = "model.category")
    Page<EquipmentItem> findAll(Specification<EquipmentItem> specification, Pageable page);

    @Override
    @EntityGraph(attributePaths = "model.category")
    List<EquipmentItem> findAll(Specification<EquipmentItem> specification, Sort sort);

    @Override
    @EntityGraph(attributePaths = "model.category")
    Optional<EquipmentItem> findOne(Specification<EquipmentItem> specification);

    /** These items and their components, locked in the order of their ids so that two hand-overs never wait for each other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select i from EquipmentItem i where i.id in :ids or i.parentId in :ids order by i.id")
    List<EquipmentItem> lockWithComponents(Collection<UUID> ids);
}
