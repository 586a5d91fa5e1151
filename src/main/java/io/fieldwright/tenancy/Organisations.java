package io.fieldwright.tenancy;

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

    private static final String WRITE = "organisations.write";

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
        if (!CODE.matcher(code).matches()) {
            throw Problem.invalid("code", "must be 2 to 40 lower-case letters, digits and hyphens, a letter first");
        }
        checkParent(kind, parentCode);
        return TenantScope.asSystem(() -> {
            if (organisations.existsById(code)) {
                throw Problem.conflict("code", "the code " + code + " is taken");
            }
            Organisation created = organisations.saveAndFlush(new Organisation(code, kind, name, parentCode));
            events.publishEvent(new OrganisationCreated(code, kind, administrator));
            return created;
        });
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
        boolean vendor = TenantScope.asSystem(() -> organisations.findById(vendorCode))
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
        return TenantScope.asSystem(() -> engagements.save(new Engagement(circleCode, vendorCode, validFrom, validTo)));
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
