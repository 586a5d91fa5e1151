package io.fieldwright.people;

import io.fieldwright.api.Problem;
import io.fieldwright.api.SuspiciousRequest;
import io.fieldwright.tenancy.Organisation;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Who may give which rights to whom, however they are given: by a designation, by a permission group, by an override or
 * by writing any of these anew. Nobody raises themselves or a friend above what they may do already, except the
 * administrators, whose task it is: a tenant administrator in their own organisation for what stays within it, a
 * platform administrator in every organisation they see. The system itself, as at start, may grant everything an
 * organisation may hold.
 */
@Component
public class GrantingRule {

    /** Whoever holds these acts on organisations and on process models that all tenants share. */
    private static final Set<String> BEYOND_ONE_ORGANISATION = Set.of(
            CandidateGroup.PLATFORM_ADMIN.id(),
            CandidateGroup.PROCESS_OWNER.id(),
            Permission.ORGANISATIONS_WRITE.id(),
            Permission.PROCESSES_DEPLOY.id(),
            Permission.PLATFORM_AUDIT_READ.id());

    private final ApplicationEventPublisher events;

    GrantingRule(ApplicationEventPublisher events) {
        this.events = events;
    }

    /**
     * Refuses to give a designation to a person of {@code employer}.
     *
     * @throws Problem 400 for a candidate group that organisations of this kind do not hold, 403 for a designation above
     *     the caller's own rights
     */
    void require(Designation designation, Organisation employer) {
        requireHoldable("designations", designation.code(), designation.candidateGroups(), employer);
        requireRightsOf(designation, employer);
    }

    /**
     * As {@link #require(Designation, Organisation)} for one that somebody holds already, of whatever candidate groups.
     *
     * @throws Problem 403 for a designation above the caller's own rights
     */
    void requireRightsOf(Designation designation, Organisation employer) {
        require(
                "The designation " + designation.code(),
                designation.permissions(),
                designation.candidateGroups(),
                employer);
    }

    /** @throws Problem 400 naming {@code field} for a candidate group that organisations of this kind do not hold */
    void requireHoldable(String field, String designation, Collection<String> groups, Organisation employer) {
        for (String group : groups) {
            boolean holdable = CandidateGroup.of(group)
                    .filter(known -> known.mayBeHeldBy(employer))
                    .isPresent();
            if (!holdable) {
                throw Problem.invalid(
                        field,
                        "%s includes %s, which nobody of %s may be".formatted(designation, group, employer.code()));
            }
        }
    }

    /**
     * Refuses to let {@code what} give these rights to people of {@code employer}.
     *
     * @throws Problem 403 for rights above the caller's own
     */
    void require(String what, Collection<String> permissions, Collection<String> groups, Organisation employer) {
        Set<String> rights = groups.stream()
                .map(group -> CandidateGroup.of(group)
                        .map(known -> known.idIn(employer.code(), employer.kind()))
                        .orElse(group))
                .collect(Collectors.toCollection(HashSet::new));
        rights.addAll(permissions);
        require(what, rights, employer.code());
    }

    /**
     * Refuses to hand the caller a proof of being {@code person}, such as their password: with it come all rights they
     * have now, wherever from.
     *
     * @throws Problem 403 for somebody with rights above the caller's own
     */
    public void requireAllRightsOf(SignedInPerson person) {
        Set<String> rights = person.groups().stream()
                .filter(group ->
                        CandidateGroup.of(CandidateGroup.unqualified(group)).isPresent())
                .collect(Collectors.toCollection(HashSet::new));
        rights.addAll(person.permissions());
        require("What " + person.username() + " may do", rights, person.organisation());
    }

    /** @param rights permissions and engine groups, within {@code organisation} */
    private void require(String what, Set<String> rights, String organisation) {
        SignedInPerson grantor = SignedInPerson.current().orElse(null);
        if (grantor == null) {
            return;
        }
        Set<String> above = new HashSet<>(rights);
        above.removeAll(grantor.permissions());
        above.removeAll(grantor.groups());
        if (above.isEmpty() || isAdministrator(grantor, above, organisation)) {
            return;
        }
        events.publishEvent(new SuspiciousRequest("grant-above-own-rights", what));
        throw Problem.forbidden(what + " includes rights that you do not hold yourself.");
    }

    private static boolean isAdministrator(SignedInPerson grantor, Set<String> rights, String organisation) {
        return grantor.groups().contains(CandidateGroup.PLATFORM_ADMIN.id())
                || grantor.groups().contains(CandidateGroup.TENANT_ADMIN.id())
                        && grantor.organisation().equals(organisation)
                        && rights.stream().noneMatch(BEYOND_ONE_ORGANISATION::contains);
    }
}
