package io.fieldwright.tenancy;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The tree of organisations and who works for whom (requirements, section 3). */
@Service
@Transactional
public class Organisations {

    /** The first person of an organisation, its tenant administrator. */
    public record Administrator(String username, String password, String name, @Nullable String email) {}

    static final String WRITE = "organisations.write";

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{1,39}");

    private final OrganisationRepository organisations;
    private final EngagementRepository engagements;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Organisations(
            OrganisationRepository organisations,
            EngagementRepository engagements,
            ApplicationEventPublisher events,
            Clock clock) {
        this.organisations = organisations;
        this.engagements = engagements;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Adds an organisation to the tree. A circle needs the corporate that owns it; the others stand at the top.
     *
     * @throws Problem 400 for a code that is not lower-case letters, digits and hyphens or a parent of the wrong kind,
     *     409 for a code that is taken
     */
    public Organisation create(String code, Organisation.Kind kind, String name, @Nullable String parentCode) {
        return create(code, kind, name, parentCode, null);
    }

    /**
     * As {@link #create(String, Organisation.Kind, String, String)}, with somebody who can sign in and look after it.
     *
     * @throws Problem also for a username or password that people may not have
     */
    public Organisation create(
            String code,
            Organisation.Kind kind,
            String name,
            @Nullable String parentCode,
            @Nullable Administrator administrator) {
        return create(code, kind, name, parentCode, administrator, Organisation.State.ACTIVE);
    }

    /**
     * As {@link #create(String, Organisation.Kind, String, String, Administrator)}, in a state of its own: whoever was
     * invited starts as pending.
     */
    public Organisation create(
            String code,
            Organisation.Kind kind,
            String name,
            @Nullable String parentCode,
            @Nullable Administrator administrator,
            Organisation.State state) {
        if (!CODE.matcher(code).matches()) {
            throw Problem.invalid("code", "must be 2 to 40 lower-case letters, digits and hyphens, a letter first");
        }
        if (organisations.existsById(code)) {
            throw Problem.conflict("code", "the code " + code + " is taken");
        }
        checkParent(kind, parentCode);
        Organisation created =
                organisations.save(new Organisation(code, kind, name, parentCode, state, clock.instant()));
        events.publishEvent(new OrganisationCreated(code, kind, administrator));
        return created;
    }

    /**
     * Renames an organisation; its code, kind and parent stay, because the ids of all its records are derived from them.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem 404 when out of sight, 412 or 428 as {@link EntityTag#require}
     */
    public Organisation rename(String code, @Nullable String ifMatch, String name) {
        Organisation organisation = read(code, ifMatch);
        organisation.rename(name);
        return organisations.saveAndFlush(organisation);
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
        Organisation organisation = read(code, ifMatch);
        requireNotOwn(organisation);
        if (organisations.existsByParentCodeAndStateNot(code, Organisation.State.CLOSED)) {
            throw Problem.conflict("code", "the organisation has circles that are not closed");
        }
        return enter(organisation, organisation.state(), Organisation.State.CLOSED, reason);
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
        return organisations.saveAndFlush(organisation);
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
        boolean corporate = organisations
                .findById(parentCode)
                .filter(parent -> parent.kind() == Organisation.Kind.CORPORATE)
                .isPresent();
        if (!corporate) {
            throw Problem.invalid("parent", "must be the corporate that owns the circle");
        }
    }

    /**
     * Has {@code vendorCode} work for {@code circleCode}.
     *
     * @throws Problem 404 for an unknown circle, 400 for wrong kinds or dates, 409 when it overlaps another engagement
     */
    public Engagement engage(String circleCode, String vendorCode, LocalDate validFrom, @Nullable LocalDate validTo) {
        if (get(circleCode).kind() != Organisation.Kind.CIRCLE) {
            throw Problem.invalid("circle", "must be a circle");
        }
        boolean vendor = organisations
                .findById(vendorCode)
                .filter(organisation -> organisation.kind() == Organisation.Kind.VENDOR && organisation.active())
                .isPresent();
        if (!vendor) {
            throw Problem.invalid("vendor", "must be an active vendor");
        }
        if (validTo != null && validTo.isBefore(validFrom)) {
            throw Problem.invalid("validTo", "must not be before validFrom");
        }
        boolean overlaps = engagements.findByCircleCodeAndVendorCode(circleCode, vendorCode).stream()
                .anyMatch(other -> (validTo == null || !other.validFrom().isAfter(validTo))
                        && (other.validTo() == null || !other.validTo().isBefore(validFrom)));
        if (overlaps) {
            throw Problem.conflict("validFrom", "the vendor is already engaged in this period");
        }
        return engagements.save(new Engagement(circleCode, vendorCode, validFrom, validTo));
    }

    /** @throws Problem 404 when it does not exist or is out of sight */
    @Transactional(readOnly = true)
    public Organisation get(String code) {
        return find(code).orElseThrow(() -> Problem.notFound("organisation", code));
    }

    /** Empty when it does not exist or is out of sight. */
    @Transactional(readOnly = true)
    public Optional<Organisation> find(String code) {
        return organisations
                .findById(code)
                .filter(organisation -> TenantScope.sees(organisation.code()) || TenantScope.holds(WRITE));
    }

    @Transactional(readOnly = true)
    public Page<Organisation> list(Pageable page) {
        Collection<String> visible = TenantScope.visible();
        return visible == null || TenantScope.holds(WRITE)
                ? organisations.findAll(page)
                : organisations.findByCodeIn(visible, page);
    }

    @Transactional(readOnly = true)
    public Page<Engagement> engagements(Pageable page) {
        return engagements.findAll(page);
    }

    /** Codes of the vendors that may be given work of this circle today. */
    @Transactional(readOnly = true)
    public List<String> engagedVendors(String circleCode) {
        return engagements.findValid(circleCode, LocalDate.now(clock)).stream()
                .map(Engagement::vendorCode)
                .toList();
    }
}
