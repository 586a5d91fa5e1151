package io.fieldwright.onboarding;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface InvitationRepository extends JpaRepository<Invitation, UUID> {

    boolean existsByTenantIdAndEmailIgnoreCaseAndStateIn(
            String tenantId, String email, Collection<Invitation.State> states);

    Page<Invitation> findByState(Invitation.State state, Pageable page);

    Optional<Invitation> findByTokenHash(String tokenHash);

    /** Whoever comes second with the same link waits here and finds it spent. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select i from Invitation i where i.tokenHash = :tokenHash")
    Optional<Invitation> lockByTokenHash(String tokenHash);
}
