package io.fieldwright.people;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

interface PermissionOverrideRepository extends JpaRepository<PermissionOverride, UUID> {

    Page<PermissionOverride> findByPersonId(UUID person, Pageable page);

    Optional<PermissionOverride> findByPersonIdAndId(UUID person, UUID id);

    List<PermissionOverride> findByPersonIdIn(Collection<UUID> people);
}
