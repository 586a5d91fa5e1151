package io.fieldwright.login;

import java.time.Instant;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface ApiKeyRepository extends JpaRepository<ApiKey, UUID> {

    Page<ApiKey> findByUsername(String username, Pageable page);

    Page<ApiKey> findByTenantId(String tenantId, Pageable page);

    /** Not a change of the key itself, so its version stays. */
    @Modifying
    @Query("update ApiKey k set k.lastUsedAt = :now where k.id = :id")
    void used(UUID id, Instant now);
}
