package io.fieldwright.people;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import io.fieldwright.api.Secrets;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.OrganisationCreated;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The single source of who exists, for the domain API and the engine alike (requirements, section 4). What it answers
 * has its collections loaded, a batch at a time, because views are made outside the transaction.
 */
@Service
@Transactional
public class People {

    private static final Pattern USERNAME = Pattern.compile("[a-z][a-z0-9._-]{1,59}");

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
    private final Organisations organisations;
    private final PasswordEncoder passwords;
    private final PasswordPolicy policy;

    People(
            PersonRepository people,
            DesignationRepository designations,
            Organisations organisations,
            PasswordEncoder passwords,
            PasswordPolicy policy) {
        this.people = people;
        this.designations = designations;
        this.organisations = organisations;
        this.passwords = passwords;
        this.policy = policy;
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
        Organisations.Administrator administrator = organisation.administrator();
        if (administrator != null) {
            Profile profile = new Profile(
                    administrator.name(),
                    administrator.email(),
                    null,
                    "en",
                    true,
                    Set.of(CandidateGroup.TENANT_ADMIN.id()));
            TenantScope.asSystem(
                    () -> create(organisation.code(), administrator.username(), administrator.password(), profile));
        }
    }

    /**
     * Lets somebody sign in for an organisation.
     *
     * @throws Problem 400 for an organisation out of sight, a malformed username, a password against the policy or an
     *     unknown designation, 403 for a designation the caller may not grant, 409 for a username that is taken
     */
    public Person create(String organisation, String username, String password, Profile profile) {
        Organisation employer = organisations
                .find(organisation)
                .orElseThrow(() -> Problem.invalid("organisation", "there is no organisation " + organisation));
        if (!USERNAME.matcher(username).matches()) {
            throw Problem.invalid("username", "must be 2 to 60 lower-case letters, digits, '.', '_' or '-'");
        }
        policy.require(password, username, organisation);
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
        person.change(profile.name(), profile.email(), profile.phone(), profile.language(), profile.active());
        designate(person, employer, profile.designations());
        return people.saveAndFlush(person);
    }

    /**
     * Rewrites a profile.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem 404 when out of sight, 412 or 428 as {@link EntityTag#require}, 400 for an unknown designation, 403
     *     for one the caller may not grant
     */
    public Person change(UUID id, @Nullable String ifMatch, Profile profile) {
        Person person = get(id);
        EntityTag.require(ifMatch, person.version());
        person.change(profile.name(), profile.email(), profile.phone(), profile.language(), profile.active());
        designate(person, organisations.get(person.tenantId()), profile.designations());
        return people.saveAndFlush(person);
    }

    /**
     * Gives somebody another password; the caller has made sure that it is they who ask.
     *
     * @throws Problem 400 naming {@code password} when it is against the policy
     */
    public void replacePassword(String username, String password) {
        TenantScope.asSystem(() -> {
            Person person = people.findByUsername(username).orElseThrow(() -> Problem.notFound("person", username));
            policy.require(password, person.username(), person.tenantId());
            person.replacePassword(passwords.encode(password));
            people.saveAndFlush(person);
        });
    }

    /**
     * Makes the password of somebody unusable, so that they can sign in only after setting another.
     *
     * @throws Problem 404 when out of sight, 403 for somebody with a designation the caller may not grant: whoever resets
     *     a password could sign in with it
     */
    public Person withdrawPassword(UUID id) {
        Person person = get(id);
        Organisation employer = organisations.get(person.tenantId());
        person.designations().forEach(designation -> GrantingRule.require(designation, employer));
        person.replacePassword(passwords.encode(Secrets.next()));
        return people.saveAndFlush(person);
    }

    private void designate(Person person, Organisation employer, Set<String> codes) {
        List<Designation> wanted = designationsOf(employer, codes);
        Set<Designation> held = person.designations();
        for (Designation designation : wanted) {
            if (!held.contains(designation)) {
                GrantingRule.require(designation, employer);
            }
        }
        person.designate(wanted);
    }

    private List<Designation> designationsOf(Organisation employer, Set<String> codes) {
        List<Designation> found = designations.findByTenantIdAndCodeIn(employer.code(), codes);
        Set<String> unknown = new TreeSet<>(codes);
        found.forEach(designation -> unknown.remove(designation.code()));
        if (!unknown.isEmpty()) {
            throw Problem.invalid("designations", "there is no designation " + String.join(", ", unknown));
        }
        return found;
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Person get(UUID id) {
        Person person = people.findById(id).orElseThrow(() -> Problem.notFound("person", id));
        person.designations();
        return person;
    }

    @Transactional(readOnly = true)
    public Optional<Person> find(String username) {
        return people.findByUsername(username);
    }

    @Transactional(readOnly = true)
    public Page<Person> list(Pageable page) {
        Page<Person> found = people.findAll(page);
        found.forEach(Person::designations);
        return found;
    }

    @Transactional(readOnly = true)
    public Page<Designation> designations(Pageable page) {
        Page<Designation> found = designations.findAll(page);
        found.forEach(Designation::candidateGroups);
        found.forEach(Designation::permissions);
        return found;
    }

    /** Active people of these organisations who hold {@code group}, by username. */
    @Transactional(readOnly = true)
    public List<Person> inGroup(CandidateGroup group, Collection<String> organisations) {
        return people.findActiveInGroup(group.id(), organisations);
    }
}
