package io.fieldwright.people;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.ChangeReason;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Permission groups and who is in them; what it answers has its collections loaded, as with {@link People}. */
@Service
@Transactional
public class PermissionGroups {

    /** What is written of a group; members are usernames of its organisation. */
    public record Description(String name, Set<String> permissions, Set<String> members) {}

    private final PermissionGroupRepository groups;
    private final PersonRepository people;
    private final Organisations organisations;
    private final Administrators administrators;
    private final GrantingRule granting;
    private final ChangeReason reasons;

    PermissionGroups(
            PermissionGroupRepository groups,
            PersonRepository people,
            Organisations organisations,
            Administrators administrators,
            GrantingRule granting,
            ChangeReason reasons) {
        this.groups = groups;
        this.people = people;
        this.organisations = organisations;
        this.administrators = administrators;
        this.granting = granting;
        this.reasons = reasons;
    }

    /**
     * Forms a group.
     *
     * @throws Problem 400 for an organisation out of sight, an unknown permission or a member who is not of the
     *     organisation, 403 for permissions above the caller's own, 409 for a code that is taken
     */
    public PermissionGroup create(String organisation, String code, Description description, @Nullable String why) {
        TenantScope.requireOrganisation(organisation);
        if (groups.existsByTenantIdAndCode(organisation, code)) {
            throw Problem.conflict("code", "the code " + code + " is taken");
        }
        return write(new PermissionGroup(organisation, code), description, why);
    }

    /**
     * Rewrites a group.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem as {@link #create}; a group with permissions above the caller's own gets no new member. 404 when out
     *     of sight, 412 or 428 as {@link EntityTag#require}, 409 when nobody would administer the organisation any more
     */
    public PermissionGroup change(UUID id, @Nullable String ifMatch, Description description, @Nullable String why) {
        PermissionGroup group = get(id);
        EntityTag.require(ifMatch, group.version());
        if (!description.permissions().contains(Permission.PEOPLE_WRITE.id())) {
            keepAdministrators("permissions", group);
        } else if (!group.members().stream().map(Person::username).allMatch(description.members()::contains)) {
            keepAdministrators("members", group);
        }
        return write(group, description, why);
    }

    private PermissionGroup write(PermissionGroup group, Description description, @Nullable String why) {
        Permission.requireKnown("permissions", description.permissions());
        List<Person> members = members(group.tenantId(), description.members());
        Set<String> granted = new TreeSet<>(description.permissions());
        if (group.members().containsAll(members)) {
            granted.removeAll(group.permissions());
        }
        granting.require(
                "The permission group " + group.code(), granted, Set.of(), organisations.get(group.tenantId()));
        group.change(description.name(), description.permissions(), members);
        reasons.give(why);
        return groups.saveAndFlush(group);
    }

    private List<Person> members(String organisation, Set<String> usernames) {
        List<Person> members = people.findByUsernameIn(usernames).stream()
                .filter(person -> person.tenantId().equals(organisation))
                .toList();
        Set<String> unknown = new TreeSet<>(usernames);
        members.forEach(member -> unknown.remove(member.username()));
        if (!unknown.isEmpty()) {
            throw Problem.invalid(
                    "members",
                    "%s %s nobody of %s"
                            .formatted(String.join(", ", unknown), unknown.size() == 1 ? "is" : "are", organisation));
        }
        return members;
    }

    private void keepAdministrators(String field, PermissionGroup group) {
        if (group.permissions().contains(Permission.PEOPLE_WRITE.id())) {
            administrators.keep(field, group.tenantId());
        }
    }

    /** @throws Problem 404 when out of sight, 409 when nobody would administer the organisation any more */
    public void delete(UUID id, @Nullable String why) {
        PermissionGroup group = get(id);
        keepAdministrators("group", group);
        reasons.give(why);
        groups.delete(group);
        groups.flush();
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public PermissionGroup get(UUID id) {
        return loaded(groups.findById(id).orElseThrow(() -> Problem.notFound("permission group", id)));
    }

    @Transactional(readOnly = true)
    public Page<PermissionGroup> list(Pageable page) {
        return groups.findAll(page).map(PermissionGroups::loaded);
    }

    private static PermissionGroup loaded(PermissionGroup group) {
        group.permissions();
        group.members();
        return group;
    }
}
