package io.fieldwright.onboarding.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.onboarding.Invitation;
import io.fieldwright.onboarding.Invitations;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.Organisation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/invitations")
class InvitationController {

    record NewInvitation(
            @Nullable @Size(max = Organisation.LONGEST_CODE) String organisation,
            @NotNull Organisation.Kind kind,
            @NotBlank @Size(max = 200) String name,
            @Nullable @Pattern(regexp = Organisation.CODE, message = Organisation.CODE_RULE) String code,
            @Nullable @Size(max = Organisation.LONGEST_CODE) String parent,
            @NotBlank @Email @Size(max = 254) String email,
            @Nullable @Pattern(regexp = "[a-z]{2}", message = "must be an ISO 639-1 code") String language,
            @Nullable @Size(max = 2000) String message,
            @Nullable @Valid PlannedEngagement engagement) {

        Invitations.Description description() {
            return new Invitations.Description(
                    kind,
                    name,
                    code,
                    parent,
                    email,
                    language == null ? "en" : language,
                    message,
                    engagement == null
                            ? null
                            : new Invitations.PlannedEngagement(
                                    engagement.circle(),
                                    engagement.parent(),
                                    engagement.validFrom(),
                                    engagement.validTo()));
        }
    }

    record PlannedEngagement(
            @Nullable @Size(max = Organisation.LONGEST_CODE) String circle,
            @Nullable UUID parent,
            @NotNull LocalDate validFrom,
            @Nullable LocalDate validTo) {}

    record Reason(@NotBlank @Size(max = 500) String reason) {}

    record InvitationView(
            UUID id,
            String organisation,
            Organisation.Kind kind,
            String name,
            @Nullable String code,
            @Nullable String parent,
            String email,
            String language,
            @Nullable String message,
            @Nullable PlannedEngagement engagement,
            Invitation.State state,
            @Nullable String reason,
            String invitedBy,
            Instant invitedAt,
            @Nullable Instant sentAt,
            @Nullable Instant expiresAt,
            @Nullable String invitedOrganisation) {

        static InvitationView of(Invitation invitation) {
            return new InvitationView(
                    invitation.id(),
                    invitation.tenantId(),
                    invitation.kind(),
                    invitation.name(),
                    invitation.proposedCode(),
                    invitation.parentCode(),
                    invitation.email(),
                    invitation.language(),
                    invitation.message(),
                    engagementOf(invitation),
                    invitation.state(),
                    invitation.reason(),
                    invitation.invitedBy(),
                    invitation.invitedAt(),
                    invitation.sentAt(),
                    invitation.expiresAt(),
                    invitation.organisationCode());
        }

        private static @Nullable PlannedEngagement engagementOf(Invitation invitation) {
            LocalDate validFrom = invitation.validFrom();
            return validFrom == null
                    ? null
                    : new PlannedEngagement(
                            invitation.circleCode(), invitation.parentEngagementId(), validFrom, invitation.validTo());
        }
    }

    /** What the invited may know of what they sent: the organisation, and that it is looked at. */
    record AcceptanceView(String organisation, Invitation.State state) {}

    private final Invitations invitations;

    InvitationController(Invitations invitations) {
        this.invitations = invitations;
    }

    @PostMapping
    @PreAuthorize("hasAuthority('invitations.write')")
    ResponseEntity<InvitationView> invite(
            @AuthenticationPrincipal SignedInPerson caller, @Valid @RequestBody NewInvitation request) {
        Invitation invitation = invitations.invite(
                request.organisation() == null ? caller.organisation() : request.organisation(), request.description());
        return EntityTag.created(
                "/api/v1/invitations/" + invitation.id(), InvitationView.of(invitation), invitation.version());
    }

    @GetMapping
    @PreAuthorize("hasAuthority('invitations.read')")
    Listing<InvitationView> list(
            @RequestParam(required = false) Invitation.@Nullable State state,
            @ParameterObject @PageableDefault(sort = "invitedAt") Pageable page) {
        return Listing.of(
                invitations.list(state, Listing.sortable(page, "invitedAt", "expiresAt", "name", "email", "state")),
                InvitationView::of);
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('invitations.read')")
    ResponseEntity<InvitationView> get(@PathVariable UUID id) {
        Invitation invitation = invitations.get(id);
        return EntityTag.ok(InvitationView.of(invitation), invitation.version());
    }

    @PostMapping("/{id}/resend")
    @PreAuthorize("hasAuthority('invitations.write')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resend(@PathVariable UUID id) {
        invitations.resend(id);
    }

    @PostMapping("/{id}/revoke")
    @PreAuthorize("hasAuthority('invitations.write')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable UUID id, @Valid @RequestBody Reason request) {
        invitations.revoke(id, request.reason());
    }

    @PostMapping("/{id}/bounced")
    @PreAuthorize("hasAuthority('invitations.write')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void bounced(@PathVariable UUID id, @Valid @RequestBody Reason request) {
        invitations.reportBounce(id, request.reason());
    }

    @PostMapping("/accept")
    @SecurityRequirements
    AcceptanceView accept(@Valid @RequestBody AcceptanceRequest request) {
        Invitation accepted = invitations.accept(request.token(), request.answer());
        return new AcceptanceView(String.valueOf(accepted.organisationCode()), accepted.state());
    }
}
