package io.fieldwright.logistics;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface ReceiptRepository extends JpaRepository<Receipt, UUID> {

    List<Receipt> findByDismantleRecordIdOrderById(UUID dismantleRecordId);

    Optional<Receipt> findByDismantleRecordIdAndWarehouseId(UUID dismantleRecordId, UUID warehouseId);

    @Query(
            """
            select r from Receipt r where (:record is null or r.dismantleRecordId = :record)
            and (:warehouse is null or r.warehouseId = :warehouse) and (:state is null or r.state = :state)""")
    Page<Receipt> search(@Nullable UUID record, @Nullable UUID warehouse, Receipt.@Nullable State state, Pageable page);
}
