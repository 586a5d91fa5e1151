package io.fieldwright.tenancy;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

interface ComplianceDocumentRepository extends JpaRepository<ComplianceDocument, UUID> {

    Page<ComplianceDocument> findByTenantId(String organisation, Pageable page);

    Optional<ComplianceDocument> findByIdAndTenantId(UUID id, String organisation);

    Optional<ComplianceDocument> findByTenantIdAndKindAndState(
            String organisation, ComplianceDocument.Kind kind, ComplianceDocument.State state);

    List<ComplianceDocument> findByTenantIdAndState(String organisation, ComplianceDocument.State state);
}
