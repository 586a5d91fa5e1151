package io.fieldwright.people;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface PermissionGroupRepository extends JpaRepository<PermissionGroup, UUID> {

    boolean existsByTenantIdAndCode(String tenantId, String code);

    @Query("select distinct g from PermissionGroup g join g.members m where m in :people")
    List<PermissionGroup> findWithMembers(Collection<Person> people);
}
