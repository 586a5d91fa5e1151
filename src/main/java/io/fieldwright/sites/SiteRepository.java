package io.fieldwright.sites;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

interface SiteRepository extends JpaRepository<Site, UUID>, JpaSpecificationExecutor<Site> {

    Optional<Site> findByTenantIdAndCode(String tenantId, String code);
}
