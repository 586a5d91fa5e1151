package io.fieldwright.people;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Identifiers;
import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.ChangeReason;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people of an organisation can be designated to be; what it answers has its collections loaded. */
@Service
@Transactional
public class Designations {

    /**
     * What is written of a designation.
     *
     * @param reportsTo the id of a designation of the same organisation
     * @param candidateGroups ids of {@link CandidateGroup}s
     * @param permissions ids of {@link Permission}s
     */
    public record Description(
            String name, @Nullable UUID reportsTo, Set<String> candidateGroups, Set<String> permissions) {}

    private final DesignationRepository designations;
    private final PersonRepository people;
    private final Organisations organisations;
    private final Administrators administrators;
    private final GrantingRule granting;
    private final ChangeReason reasons;
    private final JdbcClient jdbc;

    Designations(
            DesignationRepository designations,
            PersonRepository people,
            Organisations organisations,
            Administrators administrators,
            GrantingRule granting,
            ChangeReason reasons,
            JdbcClient jdbc) {
        this.designations = designations;
        this.people = people;
        this.organisations = organisations;
        this.administrators = administrators;
        this.granting = granting;
        this.reasons = reasons;
        this.jdbc = jdbc;
    }

    /**
     * Gives a new organisation the designations that its kind starts with: a hundred rows with one statement for each
     * table, because every statement is audited and noted as a change of access by itself.
     */
    void furnish(String organisation, Organisation.Kind kind) {
        List<DesignationTemplate> templates = DesignationTemplate.forKind(kind);
        Map<String, String> ids = new HashMap<>();
        templates.forEach(
                template -> ids.put(template.code(), Identifiers.next().toString()));
        jdbc.sql(
                        """
                        insert into designation (id, version, tenant_id, code, name, template, parent_id)
                        select id::uuid, 0, :organisation, code, name, code, parent_id::uuid
                        from unnest(:ids, :codes, :names, :parents) as template(id, code, name, parent_id)
                        """)
                .param("organisation", organisation)
                .param("ids", texts(templates.stream().map(template -> ids.get(template.code()))))
                .param("codes", texts(templates.stream().map(DesignationTemplate::code)))
                .param("names", texts(templates.stream().map(DesignationTemplate::title)))
                .param("parents", texts(templates.stream().map(template -> ids.get(template.reportsTo()))))
                .update();
        jdbc.sql(
                        """
                        insert into designation_candidate_group (designation_id, candidate_group)
                        select id::uuid, candidate_group from unnest(:ids, :groups) as template(id, candidate_group)
                        """)
                .param("ids", texts(templates.stream().map(template -> ids.get(template.code()))))
                .param("groups", texts(templates.stream().map(template -> template.group()
                        .id())))
                .update();
        jdbc.sql(
                        """
                        insert into designation_permission (designation_id, permission)
                        select id::uuid, permission from unnest(:ids, :permissions) as template(id, permission)
                        """)
                .param("ids", texts(templates.stream().flatMap(template -> template.permissions().stream()
                        .map(permission -> ids.get(template.code())))))
                .param("permissions", texts(templates.stream().flatMap(template -> template.permissions().stream()
                        .map(Permission::id))))
                .update();
    }

    private static String[] texts(Stream<@Nullable String> values) {
        return values.toArray(String[]::new);
    }

    /** Gives a vendor those designations for clients of its own that it does not have. */
    void furnishForOwnClients(String vendor) {
        for (DesignationTemplate template : DesignationTemplate.forOwnClients()) {
            if (designations.findByTenantIdAndCode(vendor, template.code()).isEmpty()) {
                designations.saveAndFlush(new Designation(
                        vendor, template.code(), template.code(), fromTemplate(vendor, template.code())));
            }
        }
    }

    private static Description described(DesignationTemplate template, @Nullable UUID reportsTo) {
        return new Description(
                template.title(),
                reportsTo,
                Set.of(template.group().id()),
                template.permissions().stream().map(Permission::id).collect(Collectors.toSet()));
    }

    /**
     * What {@code template} says a designation of {@code organisation} is, reporting to where the template does.
     *
     * @throws Problem 400 naming {@code template} when there is none with this code
     */
    @Transactional(readOnly = true)
    public Description fromTemplate(String organisation, String template) {
        DesignationTemplate known = DesignationTemplate.of(template)
                .orElseThrow(() -> Problem.invalid("template", "there is no designation template " + template));
        UUID superior = Optional.ofNullable(known.reportsTo())
                .flatMap(code -> designations.findByTenantIdAndCode(organisation, code))
                .map(Designation::id)
                .orElse(null);
        return described(known, superior);
    }

    /**
     * Adds a designation to an organisation.
     *
     * @param template the code of the template it was made from, if any
     * @throws Problem 400 for an organisation out of sight, an unknown permission, a candidate group that its kind may not
     *     hold or a superior of another organisation, 403 for rights above the caller's own, 409 for a code that is taken
     */
    public Designation create(
            String organisation,
            String code,
            @Nullable String template,
            Description description,
            @Nullable String why) {
        TenantScope.requireOrganisation(organisation);
        if (designations.findByTenantIdAndCode(organisation, code).isPresent()) {
            throw Problem.conflict("code", "the code " + code + " is taken");
        }
        Designation designation = new Designation(organisation, code, template, description);
        check(designation, description, description.permissions(), description.candidateGroups());
        reasons.give(why);
        return designations.saveAndFlush(designation);
    }

    /**
     * Rewrites a designation, for all who hold it.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem as {@link #create}, where only rights that come in addition must be the caller's to grant; 404 when
     *     out of sight, 412 or 428 as {@link EntityTag#require}, 409 for a superior that reports to this one and when
     *     nobody would administer the organisation any more
     */
    public Designation change(UUID id, @Nullable String ifMatch, Description description, @Nullable String why) {
        Designation designation = get(id);
        EntityTag.require(ifMatch, designation.version());
        check(
                designation,
                description,
                without(description.permissions(), designation.permissions()),
                without(description.candidateGroups(), designation.candidateGroups()));
        keepAdministrators(designation, description);
        designation.change(description);
        reasons.give(why);
        return designations.saveAndFlush(designation);
    }

    private void keepAdministrators(Designation designation, Description description) {
        Set<String> lostGroups = without(designation.candidateGroups(), description.candidateGroups());
        Set<String> lostPermissions = without(designation.permissions(), description.permissions());
        if (!lostGroups.isEmpty() || lostPermissions.contains(Permission.PEOPLE_WRITE.id())) {
            boolean leaves = lostGroups.contains(CandidateGroup.TENANT_ADMIN.id());
            administrators.keep(leaves ? "candidateGroups" : "permissions", designation.tenantId());
        }
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private void check(
            Designation designation,
            Description description,
            Collection<String> permissions,
            Collection<String> groups) {
        Organisation employer = organisations.get(designation.tenantId());
        Permission.requireKnown("permissions", description.permissions());
        granting.requireHoldable("candidateGroups", designation.code(), description.candidateGroups(), employer);
        granting.require("The designation " + designation.code(), permissions, groups, employer);
        checkSuperiors(designation, description.reportsTo());
    }

    private void checkSuperiors(Designation designation, @Nullable UUID first) {
        UUID next = first;
        while (next != null) {
            UUID id = next;
            Designation superior = designations
                    .findById(id)
                    .filter(found -> found.tenantId().equals(designation.tenantId()))
                    .orElseThrow(() -> Problem.invalid(
                            "reportsTo", "there is no designation %s in %s".formatted(id, designation.tenantId())));
            if (superior.id().equals(designation.id())) {
                throw Problem.conflict(
                        "reportsTo",
                        "%s cannot report to %s, which reports to it"
                                .formatted(
                                        designation.code(),
                                        designations.getReferenceById(first).code()));
            }
            next = superior.parentId();
        }
    }

    /** @throws Problem 404 when out of sight, 409 while somebody holds it or another designation reports to it */
    public void delete(UUID id, @Nullable String why) {
        Designation designation = get(id);
        long holders = people.countByDesignationsId(id);
        if (holders > 0) {
            throw Problem.conflict(
                    "designation",
                    "%s is held by %d %s".formatted(designation.code(), holders, holders == 1 ? "person" : "people"));
        }
        String reports = designations.findByParentId(id).stream()
                .map(Designation::code)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!reports.isEmpty()) {
            throw Problem.conflict("designation", reports + " reports to " + designation.code());
        }
        reasons.give(why);
        designations.delete(designation);
        designations.flush();
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Designation get(UUID id) {
        return loaded(designations.findById(id).orElseThrow(() -> Problem.notFound("designation", id)));
    }

    @Transactional(readOnly = true)
    public Page<Designation> list(Pageable page) {
        return designations.findAll(page).map(Designations::loaded);
    }

    private static Designation loaded(Designation designation) {
        designation.candidateGroups();
        designation.permissions();
        return designation;
    }
}
