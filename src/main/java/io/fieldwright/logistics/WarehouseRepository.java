package io.fieldwright.logistics;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface WarehouseRepository extends JpaRepository<Warehouse, UUID> {

    boolean existsByTenantIdAndCode(String tenantId, String code);

    List<Warehouse> findByTenantIdAndActiveTrueOrderByCode(String tenantId);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select w from Warehouse w where w.id = :id")
    Optional<Warehouse> lock(UUID id);
}
