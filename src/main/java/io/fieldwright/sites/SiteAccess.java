package io.fieldwright.sites;

import io.fieldwright.api.Problem;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.people.PersonDirectory;
import io.fieldwright.people.SignedInPerson;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who is limited to which sites (requirements, section 4). */
@Service
@Transactional
public class SiteAccess {

    private final People people;
    private final PersonDirectory directory;
    private final Sites sites;

    SiteAccess(People people, PersonDirectory directory, Sites sites) {
        this.people = people;
        this.directory = directory;
        this.sites = sites;
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Person get(UUID person) {
        return people.get(person);
    }

    /**
     * Limits a person to some sites, or to none in particular where {@code siteIds} is null.
     *
     * @throws Problem as {@link People#limit}, 400 for sites that are not in sight of the caller and of the person
     */
    public Person limit(UUID person, @Nullable String ifMatch, @Nullable Set<UUID> siteIds, @Nullable String why) {
        if (siteIds != null) {
            requireInSightOfBoth(people.get(person), siteIds);
        }
        return people.limit(person, ifMatch, siteIds, why);
    }

    private void requireInSightOfBoth(Person person, Set<UUID> siteIds) {
        Set<String> tenants =
                directory.find(person.username()).map(SignedInPerson::tenants).orElse(Set.of());
        Map<UUID, Site> found = sites.all(siteIds);
        String unknown = siteIds.stream()
                .filter(id -> !found.containsKey(id)
                        || !tenants.contains(found.get(id).tenantId()))
                .map(UUID::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw Problem.invalid("siteIds", "there is no site " + unknown);
        }
    }
}
