package io.fieldwright.fieldwork.sync;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface EvidenceConflictRepository extends JpaRepository<EvidenceConflict, UUID> {

    /** Nothing joins it, and nobody else decides, until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select c from EvidenceConflict c where c.id = :id")
    Optional<EvidenceConflict> lock(UUID id);
}
