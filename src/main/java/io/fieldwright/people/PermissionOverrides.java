package io.fieldwright.people;

import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.ChangeReason;
import io.fieldwright.tenancy.Organisations;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What single people may do beside, or may not do in spite of, their designations and permission groups. */
@Service
@Transactional
public class PermissionOverrides {

    /** What is written of an override; {@code permission} is the id of a {@link Permission}. */
    public record Description(
            String permission, PermissionOverride.Effect effect, @Nullable Instant expiresAt, String reason) {}

    private final PermissionOverrideRepository overrides;
    private final People people;
    private final Organisations organisations;
    private final Administrators administrators;
    private final GrantingRule granting;
    private final ChangeReason reasons;
    private final Clock clock;

    PermissionOverrides(
            PermissionOverrideRepository overrides,
            People people,
            Organisations organisations,
            Administrators administrators,
            GrantingRule granting,
            ChangeReason reasons,
            Clock clock) {
        this.overrides = overrides;
        this.people = people;
        this.organisations = organisations;
        this.administrators = administrators;
        this.granting = granting;
        this.reasons = reasons;
        this.clock = clock;
    }

    /**
     * Grants or denies a person one permission.
     *
     * @throws Problem 404 for a person out of sight, 400 for an unknown permission or an expiry that has passed, 403 for a
     *     grant above the caller's own rights, 409 for denying whoever administers the organisation what that needs
     */
    public PermissionOverride create(UUID person, Description description) {
        Person bearer = people.get(person);
        Permission.requireKnown("permission", Set.of(description.permission()));
        if (description.expiresAt() != null && !description.expiresAt().isAfter(clock.instant())) {
            throw Problem.invalid("expiresAt", "has passed already");
        }
        if (description.effect() == PermissionOverride.Effect.GRANT) {
            requireGrantable(bearer, description.permission());
        } else if (bearer.administers() && description.permission().equals(Permission.PEOPLE_WRITE.id())) {
            throw Problem.conflict(
                    "permission",
                    "%s administers %s; withdraw the designation instead"
                            .formatted(bearer.username(), bearer.tenantId()));
        }
        if (description.effect() == PermissionOverride.Effect.DENY) {
            keepAdministrators("permission", bearer, description.permission());
        }
        reasons.give(description.reason());
        return overrides.saveAndFlush(
                new PermissionOverride(bearer, description, SignedInPerson.currentUsername(), clock.instant()));
    }

    /**
     * Withdraws an override.
     *
     * @throws Problem 404 for a person or an override of theirs that is out of sight, 403 for the withdrawal of a denial
     *     that gives back more than the caller's own rights, 409 when nobody would administer the organisation any more
     */
    public void delete(UUID person, UUID id, @Nullable String why) {
        Person bearer = people.get(person);
        PermissionOverride override = overrides
                .findByPersonIdAndId(person, id)
                .orElseThrow(() -> Problem.notFound("permission override", id));
        requireWithdrawable(bearer, override);
        if (override.effect() == PermissionOverride.Effect.GRANT) {
            keepAdministrators("override", bearer, override.permission());
        }
        reasons.give(why);
        overrides.delete(override);
        overrides.flush();
    }

    private void keepAdministrators(String field, Person bearer, String permission) {
        if (permission.equals(Permission.PEOPLE_WRITE.id())) {
            administrators.keep(field, bearer.tenantId());
        }
    }

    /** @throws Problem 403 for a denial that is still in force and that only somebody with more rights may lift */
    void requireWithdrawable(Person bearer, PermissionOverride override) {
        if (override.effect() == PermissionOverride.Effect.DENY && override.isInForce(clock.instant())) {
            requireGrantable(bearer, override.permission());
        }
    }

    private void requireGrantable(Person bearer, String permission) {
        granting.require(
                "The permission " + permission, Set.of(permission), Set.of(), organisations.get(bearer.tenantId()));
    }

    /** All of a person's overrides, those that have expired included. */
    @Transactional(readOnly = true)
    public Page<PermissionOverride> list(UUID person, Pageable page) {
        return overrides.findByPersonId(people.get(person).id(), page);
    }
}
