package io.fieldwright.logistics;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface VehicleRepository extends JpaRepository<Vehicle, UUID> {

    boolean existsByTenantIdAndRegistration(String tenantId, String registration);

    List<Vehicle> findByTenantIdInAndActiveTrueOrderByRegistration(Collection<String> organisations);

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select v from Vehicle v where v.id = :id")
    Optional<Vehicle> lock(UUID id);
}
