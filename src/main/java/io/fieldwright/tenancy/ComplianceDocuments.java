package io.fieldwright.tenancy;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What organisations show that they may do their work, who has looked at it, and when it ends. Days are UTC. The
 * documents are their organisation's own; those who review see them of the organisations that work for them.
 */
@Service
@Transactional
public class ComplianceDocuments {

    /** What is written of a document; {@code expiresOn} is the last day on which it is valid. */
    public record Description(
            ComplianceDocument.Kind kind,
            String number,
            String issuer,
            LocalDate issuedOn,
            @Nullable LocalDate expiresOn) {}

    private static final String REVIEW = "compliance.review";
    private static final int DAYS_OF_WARNING = 30;
    private static final int LONGEST_VALIDITY_YEARS = 30;
    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);

    private final ComplianceDocumentRepository documents;
    private final Organisations organisations;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ComplianceDocuments(
            ComplianceDocumentRepository documents,
            Organisations organisations,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            Clock clock) {
        this.documents = documents;
        this.organisations = organisations;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Puts a document forward for review. One of the same kind that waits for its review is superseded by it; one that is
     * approved stays so until this one is.
     *
     * @throws Problem 404 for an organisation out of sight, 400 for dates that no document has, 409 for an organisation
     *     that is closed
     */
    public ComplianceDocument submit(String organisation, Description description) {
        Organisation owner = organisations.get(organisation);
        if (!TenantScope.isOwn(organisation) && !TenantScope.worksForSystem()) {
            throw Problem.forbidden("Only the organisation itself submits its documents.");
        }
        if (owner.state() == Organisation.State.CLOSED) {
            throw Problem.conflict("state", "an organisation that is CLOSED submits no documents");
        }
        checkDates(description);
        return TenantScope.asSystem(() -> {
            supersede(organisation, description.kind(), ComplianceDocument.State.SUBMITTED);
            return documents.saveAndFlush(
                    new ComplianceDocument(organisation, description, TenantScope.currentUsername(), clock.instant()));
        });
    }

    private void checkDates(Description description) {
        LocalDate today = LocalDate.now(clock);
        LocalDate issuedOn = description.issuedOn();
        LocalDate expiresOn = description.expiresOn();
        if (issuedOn.isAfter(today) || issuedOn.isBefore(EARLIEST)) {
            throw Problem.invalid("issuedOn", "must be between " + EARLIEST + " and today");
        }
        if (expiresOn == null) {
            if (description.kind().expires()) {
                throw Problem.invalid(
                        "expiresOn",
                        "must be given, because every %s expires"
                                .formatted(description.kind().label()));
            }
            return;
        }
        if (!expiresOn.isAfter(issuedOn)) {
            throw Problem.invalid("expiresOn", "must be after issuedOn");
        }
        if (expiresOn.isBefore(today) || expiresOn.isAfter(today.plusYears(LONGEST_VALIDITY_YEARS))) {
            throw Problem.invalid(
                    "expiresOn", "must be between today and %d years from now".formatted(LONGEST_VALIDITY_YEARS));
        }
    }

    /**
     * Accepts a document, which takes the place of the one approved before.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem 404 when the document or its organisation is out of sight, 403 for a document of one's own
     *     organisation, unless one manages all of them, 412 or 428 as {@link EntityTag#require}, 409 when it is not waiting
     *     for a review or has expired meanwhile
     */
    public ComplianceDocument approve(String organisation, UUID id, @Nullable String ifMatch) {
        requireReviewer(organisation);
        return TenantScope.asSystem(() -> documents.saveAndFlush(approved(reviewable(organisation, id, ifMatch))));
    }

    private ComplianceDocument approved(ComplianceDocument document) {
        LocalDate expiresOn = document.expiresOn();
        if (expiresOn != null && expiresOn.isBefore(LocalDate.now(clock))) {
            throw Problem.conflict("expiresOn", "the document has expired on " + expiresOn);
        }
        if (document.state() == ComplianceDocument.State.SUBMITTED) {
            supersede(document.tenantId(), document.kind(), ComplianceDocument.State.APPROVED);
        }
        document.approve(TenantScope.currentUsername(), clock.instant());
        return document;
    }

    /**
     * Refuses a document; the one approved before, if any, stays.
     *
     * @throws Problem as {@link #approve}
     */
    public ComplianceDocument reject(String organisation, UUID id, @Nullable String ifMatch, String reason) {
        requireReviewer(organisation);
        return TenantScope.asSystem(() -> {
            ComplianceDocument document = reviewable(organisation, id, ifMatch);
            document.reject(reason, TenantScope.currentUsername(), clock.instant());
            return documents.saveAndFlush(document);
        });
    }

    private void requireReviewer(String organisation) {
        requireInSight(organisation);
        if (TenantScope.isOwn(organisation) && !TenantScope.holds(Organisations.WRITE)) {
            throw Problem.forbidden("Nobody reviews the documents of their own organisation.");
        }
    }

    private ComplianceDocument reviewable(String organisation, UUID id, @Nullable String ifMatch) {
        ComplianceDocument document = documents
                .findByIdAndTenantId(id, organisation)
                .orElseThrow(() -> Problem.notFound("compliance document", id));
        EntityTag.require(ifMatch, document.version());
        return document;
    }

    private void supersede(String organisation, ComplianceDocument.Kind kind, ComplianceDocument.State state) {
        documents.findByTenantIdAndKindAndState(organisation, kind, state).ifPresent(former -> {
            former.supersede();
            documents.saveAndFlush(former);
        });
    }

    /** @throws Problem 404 when the document or its organisation is out of sight */
    @Transactional(readOnly = true)
    public ComplianceDocument get(String organisation, UUID id) {
        requireInSight(organisation);
        return TenantScope.asSystem(() -> documents.findByIdAndTenantId(id, organisation))
                .orElseThrow(() -> Problem.notFound("compliance document", id));
    }

    /** @throws Problem 404 for an organisation out of sight */
    @Transactional(readOnly = true)
    public Page<ComplianceDocument> list(String organisation, Pageable page) {
        requireInSight(organisation);
        return TenantScope.asSystem(() -> documents.findByTenantId(organisation, page));
    }

    /** An organisation's own, those of all for who manages organisations, and for who reviews those that work for them. */
    private void requireInSight(String organisation) {
        if (organisations.find(organisation).isEmpty()
                && !(TenantScope.holds(REVIEW) && TenantScope.engages(organisation))) {
            throw Problem.notFound("organisation", organisation);
        }
    }

    /** The kinds an organisation must show and of which it has no document today that is approved and has not expired. */
    @Transactional(readOnly = true)
    public Set<ComplianceDocument.Kind> lacking(String organisation) {
        return TenantScope.asSystem(() -> {
            Set<ComplianceDocument.Kind> lacking = EnumSet.noneOf(ComplianceDocument.Kind.class);
            lacking.addAll(ComplianceDocument.Kind.mandatory(
                    organisations.get(organisation).kind()));
            LocalDate today = LocalDate.now(clock);
            documents.findByTenantIdAndState(organisation, ComplianceDocument.State.APPROVED).stream()
                    .filter(document -> document.validOn(today))
                    .forEach(document -> lacking.remove(document.kind()));
            return lacking;
        });
    }

    /** Several nodes may look at once: each document is claimed by the one whose statement changes its row. */
    @Scheduled(fixedDelayString = "PT1H")
    public void warn() {
        LocalDate today = LocalDate.now(clock);
        List<ComplianceDocumentExpiring> expiring = jdbc.sql(
                        """
                        update compliance_document d set warned_of = now.warning
                        from (values ('EXPIRED'), ('EXPIRING')) as now(warning)
                        where d.state = 'APPROVED' and d.expires_on <= :horizon
                          and now.warning = case when d.expires_on < :today then 'EXPIRED' else 'EXPIRING' end
                          and d.warned_of is distinct from now.warning
                        returning d.id, d.tenant_id, d.kind, d.expires_on""")
                .param("today", today)
                .param("horizon", today.plusDays(DAYS_OF_WARNING))
                .query((row, number) -> new ComplianceDocumentExpiring(
                        row.getObject("id", UUID.class),
                        row.getString("tenant_id"),
                        ComplianceDocument.Kind.valueOf(row.getString("kind")),
                        row.getObject("expires_on", LocalDate.class)))
                .list();
        expiring.forEach(events::publishEvent);
    }
}
