package io.fieldwright.equipment;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface CustodyRepository extends JpaRepository<CustodyEntry, UUID> {

    List<CustodyEntry> findByItemIdOrderBySequence(UUID itemId);
}
