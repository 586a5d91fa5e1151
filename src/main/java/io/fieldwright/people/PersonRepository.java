package io.fieldwright.people;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface PersonRepository extends JpaRepository<Person, UUID> {

    Optional<Person> findByUsername(String username);

    List<Person> findByUsernameIn(Collection<String> usernames);

    Page<Person> findByIdIn(Collection<UUID> ids, Pageable page);

    long countByDesignationsId(UUID designation);

    @Query(
            """
            select distinct p from Person p join p.designations d
            where p.active and :group member of d.candidateGroups and p.tenantId in :organisations
            order by p.username""")
    List<Person> findActiveInGroup(String group, Collection<String> organisations);
}
