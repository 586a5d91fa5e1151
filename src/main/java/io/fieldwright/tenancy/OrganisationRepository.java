package io.fieldwright.tenancy;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface OrganisationRepository extends JpaRepository<Organisation, String> {

    Page<Organisation> findByCodeIn(Collection<String> codes, Pageable page);

    /** Makes those wait who would close a corporate or add a circle to it at the same moment. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select o from Organisation o where o.code = :code")
    Optional<Organisation> lock(String code);

    boolean existsByParentCodeAndStateNot(String parentCode, Organisation.State state);

    boolean existsByParentCodeAndTelecomCircleAndStateNotAndCodeNot(
            @Nullable String parentCode, String telecomCircle, Organisation.State state, String code);
}
