package io.fieldwright.fieldwork.sync;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface DeviceRepository extends JpaRepository<Device, UUID> {

    @Query("select d from Device d where :person is null or d.person = :person")
    Page<Device> search(@Nullable String person, Pageable page);

    /** Nobody changes it until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_READ)
    @Query("select d from Device d where d.id = :id and d.person = :person")
    Optional<Device> hold(UUID id, String person);
}
