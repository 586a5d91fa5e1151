package io.fieldwright.projects;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface ClientRepository extends JpaRepository<Client, UUID> {

    Optional<Client> findByTenantIdAndCode(String tenantId, String code);
}
