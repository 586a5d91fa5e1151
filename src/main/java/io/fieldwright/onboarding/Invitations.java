package io.fieldwright.onboarding;

import io.fieldwright.api.Problem;
import io.fieldwright.api.SuspiciousRequest;
import io.fieldwright.notification.NotificationEvent;
import io.fieldwright.notification.Notifications;
import io.fieldwright.notification.SecretMail;
import io.fieldwright.people.People;
import io.fieldwright.people.Permission;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.ComplianceDocument;
import io.fieldwright.tenancy.ComplianceDocuments;
import io.fieldwright.tenancy.Engagements;
import io.fieldwright.tenancy.Organisation;
import io.fieldwright.tenancy.Organisations;
import io.fieldwright.tenancy.TenantScope;
import io.fieldwright.workflow.Processes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How organisations join (requirements, section 3): one invites another by e-mail, which answers over a link that works
 * once; compliance reviews what it hands in. The steps are those of the process {@code tenant-invitation}.
 */
@Service
@Transactional
public class Invitations {

    /** The names that the process {@code tenant-invitation} and this service share. */
    public static final String PROCESS = "tenant-invitation";

    public static final String INVITATION_ID = "invitationId";

    /**
     * Whom somebody invites, and to what.
     *
     * @param code proposed for the organisation, which may choose another
     * @param parent the corporate that is to own a circle; null for the other kinds
     * @param language of the mail, an ISO 639-1 code
     */
    public record Description(
            Organisation.Kind kind,
            String name,
            @Nullable String code,
            @Nullable String parent,
            String email,
            String language,
            @Nullable String message,
            @Nullable PlannedEngagement engagement) {}

    /**
     * How a vendor is engaged once it is activated: by a circle, or below an engagement of the vendor that invites it.
     *
     * @param validFrom the first day, UTC
     * @param validTo the last day; null for until further notice
     */
    public record PlannedEngagement(
            @Nullable String circle, @Nullable UUID parent, LocalDate validFrom, @Nullable LocalDate validTo) {}

    /**
     * What the invited answer. Who they are is said with the first answer and not again when documents are asked for.
     */
    public record Answer(
            @Nullable NewOrganisation organisation,
            @Nullable NewAdministrator administrator,
            List<ComplianceDocuments.Description> documents) {}

    /** The organisation as it calls itself. */
    public record NewOrganisation(String code, String name) {}

    /** The first person of the organisation; the address that was invited becomes theirs. */
    public record NewAdministrator(String username, String password, String name) {}

    private static final Pattern EMAIL = Pattern.compile(
            "[^\\p{Cntrl}\\s@<>(),;:\\\\\"\\[\\]]{1,64}@[\\p{L}\\p{N}.-]{1,180}\\.[\\p{L}\\p{N}-]{2,60}");
    private static final int YEARS_AROUND = 10;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

    private final InvitationRepository invitations;
    private final Organisations organisations;
    private final Engagements engagements;
    private final ComplianceDocuments documents;
    private final People people;
    private final Processes processes;
    private final Notifications notifications;
    private final SecretMail mail;
    private final InvitationProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Invitations(
            InvitationRepository invitations,
            Organisations organisations,
            Engagements engagements,
            ComplianceDocuments documents,
            People people,
            Processes processes,
            Notifications notifications,
            SecretMail mail,
            InvitationProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.invitations = invitations;
        this.organisations = organisations;
        this.engagements = engagements;
        this.documents = documents;
        this.people = people;
        this.processes = processes;
        this.notifications = notifications;
        this.mail = mail;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Invites somebody in the name of {@code organisation}, which is the signed-in person's own or one they see.
     *
     * @throws Problem 400 for an organisation out of sight, a kind that it may not invite, a malformed address, or an
     *     engagement that could not be made, 409 when it is not active or when an invitation to this address is open
     */
    public Invitation invite(String organisation, Description description) {
        TenantScope.requireOrganisation(organisation);
        SignedInPerson person =
                SignedInPerson.current().orElseThrow(() -> Problem.forbidden("Invitations are made by people."));
        Organisation inviter = organisations.get(organisation);
        if (!inviter.active()) {
            throw Problem.conflict(
                    "organisation", "an organisation that is %s invites nobody".formatted(inviter.state()));
        }
        requireEmail(description.email());
        checkKind(inviter, description, person.permissions().contains(Permission.ORGANISATIONS_WRITE.id()));
        checkEngagement(inviter, description);
        if (invitations.existsByTenantIdAndEmailIgnoreCaseAndStateIn(
                organisation, description.email(), Invitation.State.OPEN)) {
            throw Problem.conflict("email", "an invitation to this address is open already");
        }
        Invitation invitation =
                invitations.saveAndFlush(new Invitation(organisation, description, person.username(), clock.instant()));
        processes.start(
                PROCESS,
                organisation,
                invitation.reference(),
                Map.of(INVITATION_ID, invitation.id().toString()));
        return invitation;
    }

    private static void requireEmail(String email) {
        if (!EMAIL.matcher(email).matches()) {
            throw Problem.invalid("email", "must be an e-mail address");
        }
    }

    private void checkKind(Organisation inviter, Description description, boolean forPlatform) {
        if (description.kind() != Organisation.Kind.VENDOR && !forPlatform) {
            throw Problem.invalid("kind", "must be VENDOR; others are invited by the platform's administrators");
        }
        String parent = description.parent();
        if (description.kind() != Organisation.Kind.CIRCLE) {
            if (parent != null) {
                throw Problem.invalid("parent", "only a circle has one");
            }
            return;
        }
        boolean corporate = parent != null
                && TenantScope.sees(parent)
                && organisations
                        .find(parent)
                        .filter(owner -> owner.kind() == Organisation.Kind.CORPORATE && owner.active())
                        .isPresent();
        if (!corporate) {
            throw Problem.invalid("parent", "must be the corporate that is to own the circle");
        }
    }

    private void checkEngagement(Organisation inviter, Description description) {
        PlannedEngagement engagement = description.engagement();
        if (engagement == null) {
            if (inviter.kind() == Organisation.Kind.VENDOR) {
                throw Problem.invalid("engagement", "must name the engagement for which the vendor is needed");
            }
            return;
        }
        if (description.kind() != Organisation.Kind.VENDOR) {
            throw Problem.invalid("engagement", "only a vendor is engaged");
        }
        if (inviter.kind() == Organisation.Kind.VENDOR) {
            checkParentEngagement(inviter, engagement);
        } else {
            checkCircle(inviter, engagement);
        }
        checkPeriod(engagement);
    }

    private void checkCircle(Organisation inviter, PlannedEngagement engagement) {
        if (engagement.parent() != null) {
            throw Problem.invalid("engagement.parent", "is for vendors to name");
        }
        String circle = engagement.circle();
        boolean own = circle != null
                && organisations
                        .find(circle)
                        .filter(found -> found.kind() == Organisation.Kind.CIRCLE && found.active())
                        .filter(found -> inviter.code().equals(found.code())
                                || inviter.code().equals(found.parentCode()))
                        .isPresent();
        if (!own) {
            throw Problem.invalid("engagement.circle", "must be the inviting circle or one of the corporate's");
        }
    }

    private void checkPeriod(PlannedEngagement engagement) {
        LocalDate today = LocalDate.now(clock);
        LocalDate validTo = engagement.validTo();
        if (engagement.validFrom().isBefore(today.minusYears(YEARS_AROUND))
                || engagement.validFrom().isAfter(today.plusYears(YEARS_AROUND))) {
            throw Problem.invalid("engagement.validFrom", "must be within %d years".formatted(YEARS_AROUND));
        }
        if (validTo != null
                && (validTo.isBefore(engagement.validFrom())
                        || validTo.isBefore(today)
                        || validTo.isAfter(today.plusYears(YEARS_AROUND)))) {
            throw Problem.invalid(
                    "engagement.validTo",
                    "must not be before validFrom or today, nor more than %d years ahead".formatted(YEARS_AROUND));
        }
    }

    /** Only where a circle owns the chain, because a circle's compliance reviews. */
    private void checkParentEngagement(Organisation inviter, PlannedEngagement engagement) {
        UUID parent = engagement.parent();
        if (engagement.circle() != null) {
            throw Problem.invalid("engagement.circle", "is for circles and corporates to name");
        }
        boolean own = parent != null
                && Problem.named("engagement.parent", () -> engagements.get(parent))
                        .vendorCode()
                        .equals(inviter.code())
                && ownerOf(parent).kind() == Organisation.Kind.CIRCLE;
        if (!own) {
            throw Problem.invalid("engagement.parent", "must be an engagement of the inviting vendor by a circle");
        }
    }

    private Organisation ownerOf(UUID engagement) {
        return TenantScope.asSystem(() ->
                organisations.get(engagements.get(engagement).collaboration().owner()));
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Invitation get(UUID id) {
        return invitations.findById(id).orElseThrow(() -> Problem.notFound("invitation", id));
    }

    /** Those of the organisations in sight; {@code state} null asks for all of them. */
    @Transactional(readOnly = true)
    public Page<Invitation> list(Invitation.@Nullable State state, Pageable page) {
        return state == null ? invitations.findAll(page) : invitations.findByState(state, page);
    }

    /**
     * Has a new link mailed. The one before stops working at once.
     *
     * @throws Problem 404 when out of sight, 409 when no answer is awaited
     */
    public void resend(UUID id) {
        Invitation invitation = get(id);
        invitation.requireAnswerable();
        invitation.withdrawLink();
        send("invitation-resent", invitation);
    }

    /**
     * Takes the invitation back; an organisation that came of it but was not activated yet is closed.
     *
     * @throws Problem 404 when out of sight, 409 when it came to an end before
     */
    public void revoke(UUID id, String reason) {
        Invitation invitation = get(id);
        invitation.requireOpen();
        invitation.because(reason);
        send("invitation-revoked", invitation);
    }

    /**
     * Reports that the mail came back; the administrators of the inviting organisation are asked for another address.
     *
     * @throws Problem 404 when out of sight, 409 when no answer is awaited
     */
    public void reportBounce(UUID id, String reason) {
        Invitation invitation = get(id);
        invitation.bounce(reason);
        send("invitation-bounced", invitation);
    }

    private void send(String message, Invitation invitation) {
        invitations.saveAndFlush(invitation);
        processes.send(
                message, invitation.reference(), INVITATION_ID, invitation.id().toString(), Map.of());
    }

    /** The invitation that somebody with this link may answer now, if any. */
    @Transactional(readOnly = true)
    public Optional<Invitation> awaiting(@Nullable String token) {
        return TenantScope.asSystem(() -> InvitationToken.parse(token)
                .flatMap(known -> invitations.findByTokenHash(known.hash()))
                .filter(invitation -> invitation.answerableAt(clock.instant())));
    }

    /**
     * Answers an invitation. Whoever holds the token is the invited; nobody needs to be signed in. The first answer
     * makes the organisation, pending, with its administrator; each hands documents in and brings the process on.
     *
     * @throws Problem 404, always the same, when the token is malformed, unknown, used, replaced, expired or revoked; 400
     *     and 409 for an answer that cannot be taken, after which the token still works
     */
    public Invitation accept(String token, Answer answer) {
        return TenantScope.asSystem(() -> {
            Invitation invitation = redeem(token);
            if (invitation.organisationCode() == null) {
                admit(invitation, answer);
            } else if (answer.organisation() != null || answer.administrator() != null) {
                throw Problem.invalid("organisation", "is known already; hand in the documents alone");
            } else if (answer.documents().isEmpty()) {
                throw Problem.invalid("documents", "must hold what was asked for");
            }
            submit(invitation, answer.documents());
            invitation.handIn();
            send("invitation-accepted", invitation);
            return invitation;
        });
    }

    private Invitation redeem(String token) {
        return InvitationToken.parse(token)
                .flatMap(wellFormed -> invitations.lockByTokenHash(wellFormed.hash()))
                .filter(invitation -> invitation.answerableAt(clock.instant()))
                .orElseThrow(() -> {
                    refuse(token);
                    return Problem.notFound("open invitation", "for this token");
                });
    }

    /** Has an answer remembered whose token is one that links do not have, or was used before. */
    @Transactional(readOnly = true)
    public void refuse(String token) {
        Optional<InvitationToken> wellFormed = InvitationToken.parse(token);
        if (wellFormed.isEmpty()) {
            events.publishEvent(new SuspiciousRequest(
                    "malformed-invitation-token", "a text of %d characters".formatted(token.length())));
        }
        TenantScope.asSystem(() -> wellFormed.flatMap(known -> invitations.findByTokenHash(known.hash())))
                .filter(Invitation::tokenSpent)
                .ifPresent(used -> events.publishEvent(
                        new SuspiciousRequest("reused-invitation-token", "of the invitation " + used.id())));
    }

    private void admit(Invitation invitation, Answer answer) {
        NewOrganisation organisation = answer.organisation();
        NewAdministrator administrator = answer.administrator();
        if (organisation == null || administrator == null) {
            throw Problem.invalid(organisation == null ? "organisation" : "administrator", "is required");
        }
        spelled(
                field -> switch (field) {
                    case "code" -> "organisation.code";
                    case "username", "password" -> "administrator." + field;
                    default -> field;
                },
                () -> organisations.create(
                        organisation.code(),
                        invitation.kind(),
                        organisation.name(),
                        invitation.parentCode(),
                        new Organisations.Administrator(
                                administrator.username(),
                                administrator.password(),
                                administrator.name(),
                                invitation.email()),
                        Organisation.State.PENDING));
        invitation.accept(organisation.code(), administrator.username());
    }

    private void submit(Invitation invitation, List<ComplianceDocuments.Description> handedIn) {
        for (int i = 0; i < handedIn.size(); i++) {
            ComplianceDocuments.Description document = handedIn.get(i);
            String row = "documents[%d].".formatted(i);
            spelled(row::concat, () -> documents.submit(organisationOf(invitation), document));
        }
    }

    private static void spelled(UnaryOperator<String> spelling, Runnable work) {
        try {
            work.run();
        } catch (Problem refused) {
            throw refused.spelled(spelling);
        }
    }

    private static String organisationOf(Invitation invitation) {
        String organisation = invitation.organisationCode();
        if (organisation == null) {
            throw new IllegalStateException("The invitation %s was not accepted".formatted(invitation.id()));
        }
        return organisation;
    }

    /**
     * Step “Send link”: answers until when the link works, or nothing when the mail server refuses the recipient for
     * good. The mail leaves before the token is committed: should that fail, its link is dead and the step, tried again,
     * mails another.
     */
    public Optional<Instant> sendLink(UUID id) {
        Invitation invitation = get(id);
        InvitationToken token = InvitationToken.random();
        Instant now = clock.instant();
        Instant until = now.plus(properties.validity());
        Map<String, String> values = values(invitation);
        values.put("link", properties.link(token));
        values.put("date", MINUTE.format(until.atZone(ZoneOffset.UTC)));
        Optional<String> refusal = mail.send(
                UUID.randomUUID(),
                invitation.email(),
                invitation.language(),
                invitation.organisationCode() == null
                        ? NotificationEvent.ORGANISATION_INVITED
                        : NotificationEvent.DOCUMENTS_ASKED,
                invitation.tenantId(),
                values);
        if (refusal.isPresent()) {
            invitation.bounce(refusal.get());
            return Optional.empty();
        }
        invitation.issue(token, now, until);
        return Optional.of(until);
    }

    /** In whose tenant compliance reviews: nobody approves the papers of those they brought in to work for their client. */
    @Transactional(readOnly = true)
    public String reviewTenant(UUID id) {
        Invitation invitation = get(id);
        UUID parent = invitation.parentEngagementId();
        return parent == null ? invitation.tenantId() : engagements.get(parent).tenantId();
    }

    /** What the organisation that accepted has handed in and was not replaced, for the review. */
    @Transactional(readOnly = true)
    public List<ComplianceDocument> handedIn(UUID id) {
        return documents.list(organisationOf(get(id)), Pageable.unpaged()).stream()
                .filter(document -> document.state() != ComplianceDocument.State.SUPERSEDED)
                .toList();
    }

    /** The organisation that came of the invitation. */
    @Transactional(readOnly = true)
    public Organisation organisation(UUID id) {
        return organisations.get(organisationOf(get(id)));
    }

    /**
     * Step “Activate organisation”: approves what was handed in, lets its people sign in and engages it where the
     * invitation said so, unless that time is over.
     *
     * @throws Problem 409 naming the documents that are missing, or when the engagement cannot be made any more
     */
    public void activate(UUID id) {
        Invitation invitation = get(id);
        String organisation = organisationOf(invitation);
        handedIn(id).stream()
                .filter(document -> document.state() == ComplianceDocument.State.SUBMITTED)
                .forEach(document -> documents.approve(organisation, document.id(), "*"));
        List<String> lacking = documents.lacking(organisation).stream()
                .map(ComplianceDocument.Kind::label)
                .toList();
        if (!lacking.isEmpty()) {
            throw Problem.conflict(
                    "outcome", "cannot be to approve while these are missing: " + String.join(", ", lacking));
        }
        organisations.activate(organisation, "approved by compliance");
        engage(invitation, organisation);
        invitation.end(Invitation.State.ACTIVATED, null);
        List<Person> told = new ArrayList<>(inviter(invitation));
        people.find(String.valueOf(invitation.administrator())).ifPresent(told::add);
        notifications.tell(told, NotificationEvent.ORGANISATION_ACTIVATED, invitation.tenantId(), values(invitation));
    }

    private void engage(Invitation invitation, String organisation) {
        LocalDate validFrom = invitation.validFrom();
        LocalDate validTo = invitation.validTo();
        if (validFrom != null && (validTo == null || !validTo.isBefore(LocalDate.now(clock)))) {
            engagements.engage(
                    invitation.circleCode(), organisation, invitation.parentEngagementId(), validFrom, validTo);
        }
    }

    /** Step “Ask for documents”. */
    public void askForDocuments(UUID id, String reason) {
        get(id).askForDocuments(reason);
    }

    /** Step “Reject organisation”. */
    public void reject(UUID id, String reason) {
        Invitation invitation = get(id);
        close(invitation, reason);
        invitation.end(Invitation.State.REJECTED, reason);
        notifications.tell(
                inviter(invitation),
                NotificationEvent.ORGANISATION_REJECTED,
                invitation.tenantId(),
                values(invitation));
        notifications.tellAddress(
                invitation.email(),
                invitation.language(),
                NotificationEvent.ORGANISATION_REJECTED,
                invitation.tenantId(),
                values(invitation));
    }

    /** Steps “Revoke invitation” and “Withdraw invitation”. */
    public void withdraw(UUID id) {
        Invitation invitation = get(id);
        close(invitation, "the invitation was revoked");
        invitation.end(Invitation.State.REVOKED, invitation.reason());
    }

    /** Step “Expire invitation”. */
    public void expire(UUID id) {
        Invitation invitation = get(id);
        close(invitation, "the invitation was not answered in time");
        invitation.end(Invitation.State.EXPIRED, null);
        notifications.tell(
                inviter(invitation), NotificationEvent.INVITATION_EXPIRED, invitation.tenantId(), values(invitation));
    }

    private void close(Invitation invitation, String reason) {
        if (invitation.organisationCode() != null) {
            organisations.close(invitation.organisationCode(), "*", reason);
        }
    }

    /**
     * Takes another address for mail that did not arrive.
     *
     * @throws Problem 400 when it is none, 409 when another open invitation has it
     */
    public void correctAddress(UUID id, String email) {
        Invitation invitation = get(id);
        requireEmail(email);
        if (!email.equalsIgnoreCase(invitation.email())
                && invitations.existsByTenantIdAndEmailIgnoreCaseAndStateIn(
                        invitation.tenantId(), email, Invitation.State.OPEN)) {
            throw Problem.conflict("email", "an invitation to this address is open already");
        }
        invitation.correct(email);
    }

    private List<Person> inviter(Invitation invitation) {
        return people.find(invitation.invitedBy()).stream().toList();
    }

    private Map<String, String> values(Invitation invitation) {
        Map<String, String> values = new HashMap<>();
        values.put("organisation", invitation.name());
        values.put("inviter", organisations.get(invitation.tenantId()).name());
        values.put("reference", invitation.reference());
        if (invitation.message() != null) {
            values.put("message", invitation.message());
        }
        if (invitation.reason() != null) {
            values.put("reason", invitation.reason());
        }
        return values;
    }
}
