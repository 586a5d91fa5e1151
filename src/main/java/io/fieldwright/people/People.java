package io.fieldwright.people;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import io.fieldwright.api.Secrets;
import io.fieldwright.tenancy.ChangeReason;
import io.fieldwright.tenancy.DualModeBegan;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.OrganisationCreated;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
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

    private static final Pattern USERNAME = Pattern.compile(Person.USERNAME);

    /**
     * What is written of a person.
     *
     * @param designations codes of designations of their organisation
     * @param reportsTo the id of a person of their organisation
     */
    public record Profile(
            String name,
            @Nullable String email,
            @Nullable String phone,
            String language,
            boolean active,
            Set<String> designations,
            @Nullable UUID reportsTo) {

        public Profile(
                String name,
                @Nullable String email,
                @Nullable String phone,
                String language,
                boolean active,
                Set<String> designations) {
            this(name, email, phone, language, active, designations, null);
        }
    }

    private static final String SUBORDINATES =
            """
            with recursive subordinate(id) as (
              select id from person where reports_to_id = :superior
              union
              select p.id from person p join subordinate s on p.reports_to_id = s.id)
            select id from subordinate where id <> :superior
            """;

    private final PersonRepository people;
    private final DesignationRepository designations;
    private final Designations catalogue;
    private final Organisations organisations;
    private final Administrators administrators;
    private final GrantingRule granting;
    private final PersonDirectory directory;
    private final ChangeReason reasons;
    private final PasswordEncoder passwords;
    private final JdbcClient jdbc;
    private final PasswordPolicy policy;

    People(
            PersonRepository people,
            DesignationRepository designations,
            Designations catalogue,
            Organisations organisations,
            Administrators administrators,
            GrantingRule granting,
            PersonDirectory directory,
            ChangeReason reasons,
            PasswordEncoder passwords,
            PasswordPolicy policy,
            JdbcClient jdbc) {
        this.people = people;
        this.designations = designations;
        this.catalogue = catalogue;
        this.organisations = organisations;
        this.administrators = administrators;
        this.granting = granting;
        this.directory = directory;
        this.reasons = reasons;
        this.passwords = passwords;
        this.jdbc = jdbc;
        this.policy = policy;
    }

    @EventListener
    void furnish(DualModeBegan vendor) {
        catalogue.furnishForOwnClients(vendor.organisation());
    }

    @EventListener
    void furnish(OrganisationCreated organisation) {
        catalogue.furnish(organisation.code(), organisation.kind());
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
     * Lets somebody sign in for an organisation. Whom somebody creates who is limited to some sites, is limited to the same.
     *
     * @throws Problem 400 for an organisation out of sight, a malformed username, a password against the policy or an
     *     unknown designation, 403 for a designation the caller may not grant, 409 for a username that is taken
     */
    public Person create(String organisation, String username, String password, Profile profile) {
        TenantScope.requireOrganisation(organisation);
        Organisation employer = organisations.get(organisation);
        if (!USERNAME.matcher(username).matches()) {
            throw Problem.invalid(
                    "username",
                    "must be 2 to " + Person.LONGEST_USERNAME + " lower-case letters, digits, '.', '_' or '-'");
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
        person.reportTo(superior(person, profile.reportsTo()));
        person.limitTo(TenantScope.visibleSites());
        return people.saveAndFlush(person);
    }

    /**
     * Rewrites a profile. Another e-mail address is judged as a reset of the password: single sign-on may go by it.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem 404 when out of sight, 412 or 428 as {@link EntityTag#require}, 400 for an unknown designation or
     *     superior, 403 for a designation the caller may not grant and for the e-mail address of somebody with rights above
     *     the caller's own, 409 for a superior that reports to this person, for
     *     whoever deactivates themselves and when nobody would administer the organisation any more
     */
    public Person change(UUID id, @Nullable String ifMatch, Profile profile, @Nullable String why) {
        Person person = get(id);
        EntityTag.require(ifMatch, person.version());
        if (person.active() && !profile.active()) {
            requireSomebodyElse("active", person);
        }
        if (!Objects.equals(person.email(), profile.email())
                && !person.username().equals(SignedInPerson.currentUsername())) {
            requireAllRightsOf(person);
        }
        if (person.administers() && !(profile.active() && keepsDesignations(person, profile))) {
            administrators.keep(profile.active() ? "designations" : "active", person.tenantId());
        }
        person.change(profile.name(), profile.email(), profile.phone(), profile.language(), profile.active());
        designate(person, organisations.get(person.tenantId()), profile.designations());
        person.reportTo(superior(person, profile.reportsTo()));
        reasons.give(why);
        return people.saveAndFlush(person);
    }

    private static boolean keepsDesignations(Person person, Profile profile) {
        return person.designations().stream().map(Designation::code).allMatch(profile.designations()::contains);
    }

    private static void requireSomebodyElse(String field, Person person) {
        if (person.username().equals(SignedInPerson.currentUsername())) {
            throw Problem.conflict(field, "nobody deactivates themselves");
        }
    }

    /** Checks the whole line above, so that nobody becomes their own superior. */
    private @Nullable UUID superior(Person person, @Nullable UUID first) {
        if (Objects.equals(first, person.reportsToId())) {
            return first;
        }
        UUID next = first;
        while (next != null) {
            UUID id = next;
            Person superior = people.findById(id)
                    .filter(found -> found.tenantId().equals(person.tenantId()))
                    .orElseThrow(() -> Problem.invalid(
                            "reportsTo", "there is no person %s in %s".formatted(id, person.tenantId())));
            if (superior.id().equals(person.id())) {
                throw Problem.conflict(
                        "reportsTo",
                        "%s cannot report to %s, who reports to them"
                                .formatted(
                                        person.username(),
                                        people.getReferenceById(first).username()));
            }
            next = superior.reportsToId();
        }
        return first;
    }

    /** Everybody who reports to this person, or to somebody who does, and so on. */
    @Transactional(readOnly = true)
    public Page<Person> subordinates(UUID id, Pageable page) {
        List<UUID> subordinates = jdbc.sql(SUBORDINATES)
                .param("superior", get(id).id())
                .query(UUID.class)
                .list();
        return people.findByIdIn(subordinates, page).map(People::loaded);
    }

    /**
     * Limits a person to some sites of organisations they see.
     *
     * @param ifMatch the entity tag of the version of the person that was read
     * @param sites ids that the caller has checked to be in sight of caller and person; null lifts the limit
     * @throws Problem 404 when out of sight, 412 or 428 as {@link EntityTag#require}, 403 for who is limited themselves
     *     and lifts a limit
     */
    public Person limit(UUID id, @Nullable String ifMatch, @Nullable Set<UUID> sites, @Nullable String why) {
        Person person = get(id);
        EntityTag.require(ifMatch, person.version());
        if (sites == null) {
            TenantScope.requireAllSites();
        }
        person.limitTo(sites);
        reasons.give(why);
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
     * @throws Problem as {@link #getWithinRights}: whoever resets a password could sign in with it
     */
    public Person withdrawPassword(UUID id) {
        Person person = getWithinRights(id);
        person.replacePassword(passwords.encode(Secrets.next()));
        return people.saveAndFlush(person);
    }

    /**
     * Whom the caller may act upon as if they were them.
     *
     * @throws Problem 404 when out of sight, 403 for somebody with rights, by a designation or from elsewhere, that the
     *     caller may not grant
     */
    @Transactional(readOnly = true)
    public Person getWithinRights(UUID id) {
        Person person = get(id);
        requireAllRightsOf(person);
        return person;
    }

    /** What designations grant counts though it is denied for a while or rests: it may come back. */
    private void requireAllRightsOf(Person person) {
        Organisation employer = organisations.get(person.tenantId());
        person.designations().forEach(designation -> granting.requireRightsOf(designation, employer));
        granting.requireAllRightsOf(directory.loadUserByUsername(person.username()));
    }

    private void designate(Person person, Organisation employer, Set<String> codes) {
        List<Designation> wanted = designationsOf(employer, codes);
        Set<Designation> held = person.designations();
        for (Designation designation : wanted) {
            if (!held.contains(designation)) {
                granting.require(designation, employer);
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
        return loaded(people.findById(id).orElseThrow(() -> Problem.notFound("person", id)));
    }

    @Transactional(readOnly = true)
    public Optional<Person> find(String username) {
        return people.findByUsername(username);
    }

    @Transactional(readOnly = true)
    public Page<Person> list(Pageable page) {
        return people.findAll(page).map(People::loaded);
    }

    private static Person loaded(Person person) {
        person.designations();
        person.sites();
        return person;
    }

    /** Active people of these organisations who hold {@code group}, by username. */
    @Transactional(readOnly = true)
    public List<Person> inGroup(CandidateGroup group, Collection<String> organisations) {
        return people.findActiveInGroup(group.id(), organisations);
    }
}
