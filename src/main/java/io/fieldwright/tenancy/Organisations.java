package io.fieldwright.tenancy;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The tree of organisations (requirements, section 3). */
@Service
@Transactional
public class Organisations {

    /** The first person of an organisation, its tenant administrator. */
    public record Administrator(String username, String password, String name, @Nullable String email) {}

    /**
     * What is written of an organisation and may change.
     *
     * @param telecomCircle the code of the telecom circle that a circle covers, which no other of its corporate does
     * @param dualMode whether a vendor also works for clients of its own
     */
    public record Profile(String name, @Nullable String telecomCircle, boolean dualMode) {}

    static final String WRITE = "organisations.write";

    private static final Pattern CODE = Pattern.compile(Organisation.CODE);

    private final OrganisationRepository organisations;
    private final TelecomCircleRepository telecomCircles;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Organisations(
            OrganisationRepository organisations,
            TelecomCircleRepository telecomCircles,
            ApplicationEventPublisher events,
            Clock clock) {
        this.organisations = organisations;
        this.telecomCircles = telecomCircles;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Adds an organisation to the tree. A circle needs the corporate that owns it; the others stand at the top.
     *
     * @throws Problem 400 for a code that is not lower-case letters, digits and hyphens or a parent of the wrong kind,
     *     409 for a code that is taken or a parent that is closed
     */
    public Organisation create(String code, Organisation.Kind kind, String name, @Nullable String parentCode) {
        return create(code, kind, name, parentCode, null, Organisation.State.ACTIVE);
    }

    /**
     * As {@link #create(String, Organisation.Kind, Profile, String, Administrator, Organisation.State)}, with nothing but
     * a name written of it.
     */
    public Organisation create(
            String code,
            Organisation.Kind kind,
            String name,
            @Nullable String parentCode,
            @Nullable Administrator administrator,
            Organisation.State state) {
        return create(code, kind, new Profile(name, null, false), parentCode, administrator, state);
    }

    /**
     * As {@link #create(String, Organisation.Kind, String, String)}, with somebody who can sign in and look after it, and
     * in a state of its own: whoever was invited starts as pending.
     *
     * @throws Problem also for a profile as {@link #change}, and for a username or password that people may not have
     */
    public Organisation create(
            String code,
            Organisation.Kind kind,
            Profile profile,
            @Nullable String parentCode,
            @Nullable Administrator administrator,
            Organisation.State state) {
        if (!CODE.matcher(code).matches()) {
            throw Problem.invalid("code", Organisation.CODE_RULE);
        }
        if (TenantScope.asSystem(() -> organisations.existsById(code))) {
            throw Problem.conflict("code", "the code " + code + " is taken");
        }
        checkParent(kind, parentCode);
        Organisation organisation = new Organisation(code, kind, profile.name(), parentCode, state, clock.instant());
        describe(organisation, profile);
        return TenantScope.asSystem(() -> {
            Organisation created = organisations.saveAndFlush(organisation);
            events.publishEvent(new OrganisationCreated(code, kind, administrator));
            if (created.dualMode()) {
                events.publishEvent(new DualModeBegan(code));
            }
            return created;
        });
    }

    /**
     * Rewrites a profile. Code, kind and parent stay, because the ids of all its records are derived from them.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem 404 when out of sight, 412 or 428 as {@link EntityTag#require}, 400 for a telecom circle that does
     *     not exist or a profile that its kind cannot have, 409 for a telecom circle that another circle covers and for
     *     the end of dual mode when nobody would administer the vendor any more
     */
    public Organisation change(String code, @Nullable String ifMatch, Profile profile) {
        Organisation organisation = read(code, ifMatch);
        boolean begins = profile.dualMode() && !organisation.dualMode();
        if (organisation.dualMode() && !profile.dualMode()) {
            events.publishEvent(new DualModeEnds(code));
        }
        describe(organisation, profile);
        Organisation changed = save(organisation);
        if (begins) {
            TenantScope.asSystem(() -> events.publishEvent(new DualModeBegan(code)));
        }
        return changed;
    }

    private void describe(Organisation organisation, Profile profile) {
        String telecomCircle = profile.telecomCircle();
        if (profile.dualMode() && organisation.kind() != Organisation.Kind.VENDOR) {
            throw Problem.invalid("dualMode", "only a vendor works in dual mode");
        }
        if (telecomCircle != null) {
            if (organisation.kind() != Organisation.Kind.CIRCLE) {
                throw Problem.invalid("telecomCircle", "only a circle covers one");
            }
            if (!telecomCircles.existsById(telecomCircle)) {
                throw Problem.invalid("telecomCircle", "there is no such telecomCircle");
            }
            boolean covered =
                    TenantScope.asSystem(() -> organisations.existsByParentCodeAndTelecomCircleAndStateNotAndCodeNot(
                            organisation.parentCode(), telecomCircle, Organisation.State.CLOSED, organisation.code()));
            if (covered) {
                throw Problem.conflict("telecomCircle", "another circle of the corporate covers it");
            }
        }
        organisation.describe(profile.name(), telecomCircle, profile.dualMode());
    }

    private Organisation save(Organisation organisation) {
        return TenantScope.asSystem(() -> organisations.saveAndFlush(organisation));
    }

    /**
     * Lets an organisation in that was pending.
     *
     * @throws Problem 404 when out of sight, 409 when it is not pending
     */
    public Organisation activate(String code, String reason) {
        return enter(get(code), Organisation.State.PENDING, Organisation.State.ACTIVE, reason);
    }

    /**
     * Keeps the people of an active organisation out and puts its engagements at rest, until it is reactivated.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem 404 when out of sight, 412 or 428 as {@link EntityTag#require}, 409 when it is not active or is the
     *     caller's own
     */
    public Organisation suspend(String code, @Nullable String ifMatch, String reason) {
        Organisation organisation = read(code, ifMatch);
        requireNotOwn(organisation);
        return enter(organisation, Organisation.State.ACTIVE, Organisation.State.SUSPENDED, reason);
    }

    /**
     * Lets a suspended organisation in again.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem 404 when out of sight, 412 or 428 as {@link EntityTag#require}, 409 when it is not suspended
     */
    public Organisation reactivate(String code, @Nullable String ifMatch, String reason) {
        return enter(read(code, ifMatch), Organisation.State.SUSPENDED, Organisation.State.ACTIVE, reason);
    }

    /**
     * Ends an organisation for good; its records stay.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem 404 when out of sight, 412 or 428 as {@link EntityTag#require}, 409 when it is closed already, is
     *     the caller's own or is a corporate with a circle that is not closed
     */
    public Organisation close(String code, @Nullable String ifMatch, String reason) {
        TenantScope.asSystem(() -> organisations.lock(code));
        Organisation organisation = read(code, ifMatch);
        requireNotOwn(organisation);
        if (TenantScope.asSystem(() -> organisations.existsByParentCodeAndStateNot(code, Organisation.State.CLOSED))) {
            throw Problem.conflict("code", "the organisation has circles that are not closed");
        }
        return enter(organisation, organisation.state(), Organisation.State.CLOSED, reason);
    }

    /**
     * Refuses clients of its own to an organisation that has none: a vendor works for others, unless it is in dual mode.
     *
     * @throws Problem 404 when out of sight, 409 naming {@code organisation} for such a vendor
     */
    @Transactional(readOnly = true)
    public void requireOwnClients(String code) {
        Organisation organisation = get(code);
        if (organisation.kind() == Organisation.Kind.VENDOR && !organisation.dualMode()) {
            throw Problem.conflict(
                    "organisation",
                    "%s is a vendor without clients of its own; it is not in dual mode".formatted(code));
        }
    }

    private Organisation read(String code, @Nullable String ifMatch) {
        Organisation organisation = get(code);
        EntityTag.require(ifMatch, organisation.version());
        return organisation;
    }

    private static void requireNotOwn(Organisation organisation) {
        if (TenantScope.isOwn(organisation.code())) {
            throw Problem.conflict("code", "this is your own organisation; nobody shuts out themselves");
        }
    }

    private Organisation enter(
            Organisation organisation, Organisation.State from, Organisation.State to, String reason) {
        if (organisation.state() != from) {
            throw Problem.conflict(
                    "state", "an organisation that is %s cannot become %s".formatted(organisation.state(), to));
        }
        organisation.become(to, reason, clock.instant());
        return save(organisation);
    }

    private void checkParent(Organisation.Kind kind, @Nullable String parentCode) {
        if (kind != Organisation.Kind.CIRCLE) {
            if (parentCode != null) {
                throw Problem.invalid("parent", "only a circle has one");
            }
            return;
        }
        if (parentCode == null || !TenantScope.sees(parentCode)) {
            throw Problem.invalid("parent", "must be the corporate that owns the circle");
        }
        Organisation parent = organisations
                .lock(parentCode)
                .filter(found -> found.kind() == Organisation.Kind.CORPORATE)
                .orElseThrow(() -> Problem.invalid("parent", "must be the corporate that owns the circle"));
        if (parent.state() == Organisation.State.CLOSED) {
            throw Problem.conflict("parent", "the corporate is CLOSED");
        }
    }

    /** @throws Problem 404 when it does not exist or is out of sight */
    @Transactional(readOnly = true)
    public Organisation get(String code) {
        return find(code).orElseThrow(() -> Problem.notFound("organisation", code));
    }

    /** Empty when it does not exist or is out of sight. */
    @Transactional(readOnly = true)
    public Optional<Organisation> find(String code) {
        return TenantScope.sees(code) || TenantScope.holds(WRITE)
                ? TenantScope.asSystem(() -> organisations.findById(code))
                : Optional.empty();
    }

    @Transactional(readOnly = true)
    public Page<Organisation> list(Pageable page) {
        Collection<String> visible = TenantScope.visible();
        return visible == null || TenantScope.holds(WRITE)
                ? TenantScope.asSystem(() -> organisations.findAll(page))
                : organisations.findByCodeIn(visible, page);
    }
}
