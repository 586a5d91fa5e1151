package io.fieldwright.tenancy;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who works for whom, and in whose company (requirements, section 3; ADR 0012). */
@Service
@Transactional
public class Engagements {

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 1, 1);
    private static final int DEEPEST = 5;

    /** What the engine keeps of a tenant id. */
    private static final int LONGEST_TENANT_ID = 64;

    private final EngagementRepository engagements;
    private final OrganisationRepository organisations;
    private final ComplianceDocuments documents;
    private final JdbcClient jdbc;
    private final Clock clock;

    Engagements(
            EngagementRepository engagements,
            OrganisationRepository organisations,
            ComplianceDocuments documents,
            JdbcClient jdbc,
            Clock clock) {
        this.engagements = engagements;
        this.organisations = organisations;
        this.documents = documents;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** As {@link #engage(String, String, UUID, LocalDate, LocalDate)}, for a principal's own sites. */
    public Engagement engage(String principal, String vendor, LocalDate validFrom, @Nullable LocalDate validTo) {
        return engage(principal, vendor, null, validFrom, validTo);
    }

    /**
     * Has {@code vendor} work for {@code principal}: a circle, a vendor in dual mode, or below {@code parent} the vendor
     * that is engaged there. Whoever manages organisations engages for all of them, others for their own.
     *
     * @param principal null for the vendor of {@code parent}
     * @param validFrom the first day, UTC
     * @param validTo the last day; null for until further notice
     * @throws Problem 400 for a principal or parent out of sight, wrong kinds, a vendor that is not there or not active,
     *     dates that are reversed, absurd or not within the parent's; 409 when the vendor is in the chain already, the
     *     chain would be too long, the vendor lacks mandatory compliance documents or is engaged in this period
     */
    public Engagement engage(
            @Nullable String principal,
            String vendor,
            @Nullable UUID parent,
            LocalDate validFrom,
            @Nullable LocalDate validTo) {
        Engagement above = parent == null ? null : parentInSight(parent);
        Organisation engaging = principal(principal, above);
        Engagement.Period period = period(validFrom, validTo, above);
        return TenantScope.asSystem(() -> engage(engaging, vendor, above, period));
    }

    private Engagement parentInSight(UUID id) {
        return engagements.lock(id).orElseThrow(() -> Problem.invalid("parent", "there is no such parent"));
    }

    private Organisation principal(@Nullable String named, @Nullable Engagement parent) {
        if (named == null && parent == null) {
            throw Problem.invalid("principal", "must be given where there is no parent");
        }
        if (named != null && parent != null && !named.equals(parent.vendorCode())) {
            throw Problem.invalid("principal", "must be the vendor of the parent");
        }
        String code = parent == null ? named : parent.vendorCode();
        Organisation principal = mayEngageFor(code)
                ? TenantScope.asSystem(() -> organisations.findById(code)).orElse(null)
                : null;
        if (principal == null) {
            throw Problem.invalid("principal", "is none that you engage vendors for");
        }
        if (parent == null && principal.kind() != Organisation.Kind.CIRCLE && !principal.dualMode()) {
            throw Problem.invalid("principal", "must be a circle, or a vendor in dual mode");
        }
        if (!principal.active()) {
            throw Problem.conflict("principal", "the principal is " + principal.state());
        }
        return principal;
    }

    private static boolean mayEngageFor(String principal) {
        return TenantScope.worksForSystem() || TenantScope.holds(Organisations.WRITE) || TenantScope.isOwn(principal);
    }

    private static Engagement.Period period(LocalDate from, @Nullable LocalDate to, @Nullable Engagement parent) {
        if (from.isBefore(EARLIEST) || from.isAfter(LATEST)) {
            throw Problem.invalid("validFrom", "must be between %s and %s".formatted(EARLIEST, LATEST));
        }
        if (to != null && to.isBefore(from)) {
            throw Problem.invalid("validTo", "must not be before validFrom");
        }
        if (to != null && to.isAfter(LATEST)) {
            throw Problem.invalid("validTo", "must not be after " + LATEST);
        }
        Engagement.Period period = new Engagement.Period(from, to);
        if (parent != null && !parent.period().contains(period)) {
            throw Problem.invalid(
                    from.isBefore(parent.validFrom()) ? "validFrom" : "validTo",
                    "must lie within the engagement above, from %s to %s"
                            .formatted(
                                    parent.validFrom(),
                                    parent.validTo() == null ? "until further notice" : parent.validTo()));
        }
        return period;
    }

    private Engagement engage(
            Organisation principal, String vendorCode, @Nullable Engagement parent, Engagement.Period period) {
        Collaboration above = parent == null ? Collaboration.of(principal.code()) : parent.collaboration();
        if (above.organisations().contains(vendorCode)) {
            throw Problem.conflict("vendor", "the vendor is in this chain already: " + above.tenantId());
        }
        boolean vendor = organisations
                .findById(vendorCode)
                .filter(found -> found.kind() == Organisation.Kind.VENDOR && found.active())
                .isPresent();
        if (!vendor) {
            throw Problem.invalid("vendor", "must be an active vendor");
        }
        Collaboration collaboration = above.with(vendorCode);
        if (above.organisations().size() > DEEPEST) {
            throw Problem.conflict("parent", "a chain has at most %d engagements".formatted(DEEPEST));
        }
        if (collaboration.tenantId().length() > LONGEST_TENANT_ID) {
            throw Problem.conflict(
                    "vendor", "the codes in this chain are together longer than %d".formatted(LONGEST_TENANT_ID));
        }
        requireCompliance(vendorCode);
        if (engagements.findByTenantId(collaboration.tenantId()).stream()
                .anyMatch(other -> other.period().overlaps(period))) {
            throw Problem.conflict("validFrom", "the vendor is already engaged in this period");
        }
        return engagements.saveAndFlush(new Engagement(collaboration, principal.code(), parent, period));
    }

    private void requireCompliance(String vendor) {
        Set<ComplianceDocument.Kind> lacking = documents.lacking(vendor);
        if (!lacking.isEmpty()) {
            throw Problem.conflict(
                    "vendor",
                    "the vendor has no valid "
                            + lacking.stream()
                                    .map(ComplianceDocument.Kind::label)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /**
     * Ends an engagement, and with it all below. Its principal may, and the owner of the chain.
     *
     * @param ifMatch the entity tag of the version that was read
     * @param lastDay yesterday, UTC, or later; the day before the first withdraws an engagement that has not begun
     * @throws Problem 404 when out of sight, 403 for who is neither, 412 or 428 as {@link EntityTag#require}, 400 for a day
     *     out of range, 409 when it has ended already
     */
    public Engagement end(UUID id, @Nullable String ifMatch, LocalDate lastDay, String reason) {
        Engagement engagement = engagements.lock(id).orElseThrow(() -> Problem.notFound("engagement", id));
        if (!mayEngageFor(engagement.principalCode())
                && !mayEngageFor(engagement.collaboration().owner())) {
            throw Problem.forbidden("An engagement is ended by its principal.");
        }
        EntityTag.require(ifMatch, engagement.version());
        LocalDate yesterday = LocalDate.now(clock).minusDays(1);
        LocalDate validTo = engagement.validTo();
        if (validTo != null && (validTo.isBefore(yesterday) || validTo.isBefore(engagement.validFrom()))) {
            throw Problem.conflict("lastDay", "the engagement has ended on " + validTo);
        }
        LocalDate withdrawn = engagement.validFrom().minusDays(1);
        LocalDate earliest = withdrawn.isAfter(yesterday) ? withdrawn : yesterday;
        if (lastDay.isBefore(earliest) || lastDay.isAfter(validTo == null ? LATEST : validTo)) {
            throw Problem.invalid(
                    "lastDay", "must be between %s and %s".formatted(earliest, validTo == null ? LATEST : validTo));
        }
        return TenantScope.asSystem(() -> {
            end(engagement, lastDay, reason);
            return engagements.saveAndFlush(engagement);
        });
    }

    private void end(Engagement engagement, LocalDate lastDay, String reason) {
        LocalDate withdrawn = engagement.validFrom().minusDays(1);
        engagement.end(lastDay.isBefore(withdrawn) ? withdrawn : lastDay, reason);
        for (Engagement below : engagements.findByParentId(engagement.id())) {
            LocalDate validTo = below.validTo();
            if (validTo == null || validTo.isAfter(lastDay)) {
                end(below, lastDay, reason);
            }
        }
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Engagement get(UUID id) {
        return engagements.findById(id).orElseThrow(() -> Problem.notFound("engagement", id));
    }

    @Transactional(readOnly = true)
    public Page<Engagement> list(Pageable page) {
        return engagements.findAll(page);
    }

    /**
     * Who may be given work of {@code owner} today, and in whose company each does it: the owner alone, and every vendor of
     * a chain that is effective. One that stands in several works in the shortest, among these in the oldest.
     *
     * @return collaborations by the code of the organisation that works
     */
    @Transactional(readOnly = true)
    public Map<String, Collaboration> workersOf(String owner) {
        Map<String, Collaboration> workers = new LinkedHashMap<>();
        workers.put(owner, Collaboration.of(owner));
        TenantScope.asSystem(() -> effective(owner))
                .forEach(collaboration -> workers.putIfAbsent(collaboration.worker(), collaboration));
        return workers;
    }

    private List<Collaboration> effective(String owner) {
        return jdbc.sql(
                        """
                        select tenant_id from engagement
                        where split_part(tenant_id, '~', 1) = :owner and is_effective(id, :day)
                        order by cardinality(string_to_array(tenant_id, '~')), valid_from, tenant_id""")
                .param("owner", owner)
                .param("day", LocalDate.now(clock))
                .query((row, number) -> Collaboration.parse(row.getString("tenant_id")))
                .list();
    }

    /** In whose company {@code worker} does work of {@code owner} today; empty when it does none. */
    @Transactional(readOnly = true)
    public Optional<Collaboration> collaboration(String owner, String worker) {
        return Optional.ofNullable(workersOf(owner).get(worker));
    }

    /** For whom {@code worker} works today: the owners of the chains it stands at the end of, sorted. */
    @Transactional(readOnly = true)
    public List<String> ownersFor(String worker) {
        return TenantScope.asSystem(() -> jdbc.sql(
                        """
                        select distinct split_part(tenant_id, '~', 1) from engagement
                        where vendor_code = :worker and is_effective(id, :day) order by 1""")
                .param("worker", worker)
                .param("day", LocalDate.now(clock))
                .query(String.class)
                .list());
    }
}
