package io.fieldwright.tenancy;

import java.util.Collection;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

interface OrganisationRepository extends JpaRepository<Organisation, String> {

    Page<Organisation> findByCodeIn(Collection<String> codes, Pageable page);

    boolean existsByParentCodeAndStateNot(String parentCode, Organisation.State state);
}
