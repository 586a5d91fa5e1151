package io.fieldwright.people;

import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.Organisation;
import java.util.Set;

/**
 * Who may give which designation to whom. Nobody raises themselves or a friend above what they may do already, except
 * the administrators, whose task it is: a tenant administrator in their own organisation for what stays within it, a
 * platform administrator in every organisation they see. The system itself, as at start, may grant everything an organisation may hold.
 */
final class GrantingRule {

    /** Whoever holds these acts on organisations and on process models that all tenants share. */
    private static final Set<String> BEYOND_ONE_ORGANISATION =
            Set.of(CandidateGroup.PLATFORM_ADMIN.id(), CandidateGroup.PROCESS_OWNER.id());

    private GrantingRule() {}

    /**
     * Refuses a grant that is not the signed-in person's to make.
     *
     * @throws Problem 400 for a candidate group that organisations of this kind do not hold, 403 for a designation above
     *     the caller's own rights
     */
    static void require(Designation designation, Organisation employer) {
        for (String group : designation.candidateGroups()) {
            boolean holdable = CandidateGroup.of(group)
                    .filter(known -> known.mayBeHeldBy(employer.kind()))
                    .isPresent();
            if (!holdable) {
                throw Problem.invalid(
                        "designations",
                        "%s includes %s, which nobody of %s may be"
                                .formatted(designation.code(), group, employer.code()));
            }
        }
        SignedInPerson grantor = SignedInPerson.current().orElse(null);
        if (grantor != null && !isAdministrator(grantor, employer, designation) && !holds(grantor, designation)) {
            throw Problem.forbidden(
                    "The designation %s includes rights that you do not hold yourself.".formatted(designation.code()));
        }
    }

    private static boolean isAdministrator(SignedInPerson grantor, Organisation employer, Designation designation) {
        return grantor.groups().contains(CandidateGroup.PLATFORM_ADMIN.id())
                || grantor.groups().contains(CandidateGroup.TENANT_ADMIN.id())
                        && grantor.organisation().equals(employer.code())
                        && designation.candidateGroups().stream().noneMatch(BEYOND_ONE_ORGANISATION::contains);
    }

    private static boolean holds(SignedInPerson grantor, Designation designation) {
        return grantor.permissions().containsAll(designation.permissions())
                && grantor.groups().containsAll(designation.candidateGroups());
    }
}
