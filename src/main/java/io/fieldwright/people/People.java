package io.fieldwright.people;

import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.OrganisationCreated;
import io.fieldwright.tenancy.TenantScope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The single source of who exists, for the domain API and the engine alike (requirements, section 4). */
@Service
@Transactional
public class People {

    private static final Pattern USERNAME = Pattern.compile("[a-z][a-z0-9._-]{1,59}");
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD_BYTES = 72;

    /** What is written of a person; {@code designations} are codes of designations of their organisation. */
    public record Profile(
            String name,
            @Nullable String email,
            @Nullable String phone,
            String language,
            boolean active,
            Set<String> designations) {}

    private final PersonRepository people;
    private final DesignationRepository designations;
    private final PasswordEncoder passwords;

    People(PersonRepository people, DesignationRepository designations, PasswordEncoder passwords) {
        this.people = people;
        this.designations = designations;
        this.passwords = passwords;
    }

    @EventListener
    void furnish(OrganisationCreated organisation) {
        Map<String, Designation> created = new HashMap<>();
        for (DesignationTemplate template : DesignationTemplate.forKind(organisation.kind())) {
            Designation superior = created.get(template.reportsTo());
            String code = template.group().id();
            created.put(
                    code,
                    designations.save(new Designation(
                            organisation.code(),
                            code,
                            template.title(),
                            superior == null ? null : superior.id(),
                            Set.of(template.group()),
                            template.permissions())));
        }
    }

    /**
     * Lets somebody sign in for an organisation.
     *
     * @throws Problem 400 for a malformed username, a password shorter than 12 characters or longer than 72 bytes
     *     (more would be ignored by bcrypt) or an unknown designation, 409 for a username that is taken
     */
    public Person create(String organisation, String username, String password, Profile profile) {
        if (!TenantScope.sees(organisation)) {
            throw Problem.invalid("organisation", "there is no organisation " + organisation);
        }
        if (!USERNAME.matcher(username).matches()) {
            throw Problem.invalid("username", "must be 2 to 60 lower-case letters, digits, '.', '_' or '-'");
        }
        if (password.length() < SHORTEST_PASSWORD || password.getBytes().length > LONGEST_PASSWORD_BYTES) {
            throw Problem.invalid(
                    "password", "must have at least " + SHORTEST_PASSWORD + " characters and at most 72 bytes");
        }
        if (TenantScope.asSystem(() -> people.findByUsername(username)).isPresent()) {
            throw Problem.conflict("username", "the username " + username + " is taken");
        }
        Person person = new Person(
                organisation,
                username,
                profile.name(),
                profile.email(),
                profile.phone(),
                profile.language(),
                passwords.encode(password));
        person.designate(designationsOf(organisation, profile.designations()));
        return people.save(person);
    }

    /** @throws Problem 404 when out of sight, 400 for an unknown designation */
    public Person change(UUID id, Profile profile) {
        Person person = get(id);
        person.change(profile.name(), profile.email(), profile.phone(), profile.language(), profile.active());
        person.designate(designationsOf(person.tenantId(), profile.designations()));
        return people.saveAndFlush(person);
    }

    private List<Designation> designationsOf(String organisation, Set<String> codes) {
        List<Designation> found = designations.findByTenantIdAndCodeIn(organisation, codes);
        if (found.size() < codes.size()) {
            throw Problem.invalid("designations", "one of " + codes + " is no designation of " + organisation);
        }
        return found;
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Person get(UUID id) {
        return people.findById(id).orElseThrow(() -> Problem.notFound("person", id));
    }

    @Transactional(readOnly = true)
    public Optional<Person> find(String username) {
        return people.findByUsername(username);
    }

    @Transactional(readOnly = true)
    public Page<Person> list(Pageable page) {
        return people.findAll(page);
    }

    @Transactional(readOnly = true)
    public Page<Designation> designations(Pageable page) {
        return designations.findAll(page);
    }

    /** Active people of these organisations who hold {@code group}, by username. */
    @Transactional(readOnly = true)
    public List<Person> inGroup(CandidateGroup group, Collection<String> organisations) {
        return people.findActiveInGroup(group.id(), organisations);
    }
}
