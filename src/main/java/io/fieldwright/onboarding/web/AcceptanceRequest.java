package io.fieldwright.onboarding.web;

import io.fieldwright.onboarding.Invitations;
import io.fieldwright.people.Person;
import io.fieldwright.tenancy.ComplianceDocument;
import io.fieldwright.tenancy.ComplianceDocuments;
import io.fieldwright.tenancy.Organisation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the invited send, by the page or by themselves. */
record AcceptanceRequest(
        @NotBlank @Size(max = 200) String token,
        @Nullable @Valid NewOrganisation organisation,
        @Nullable @Valid NewAdministrator administrator,
        @Nullable @Size(max = 50) List<@NotNull @Valid NewDocument> documents) {

    record NewOrganisation(
            @NotBlank @Pattern(regexp = Organisation.CODE, message = Organisation.CODE_RULE) String code,
            @NotBlank @Size(max = 200) String name) {}

    record NewAdministrator(
            @NotBlank @Size(max = Person.LONGEST_USERNAME) String username,
            @NotBlank @Size(max = 200) String password,
            @NotBlank @Size(max = 200) String name) {}

    record NewDocument(
            @NotNull ComplianceDocument.Kind kind,
            @NotBlank @Size(max = 100) String number,
            @NotBlank @Size(max = 200) String issuer,
            @NotNull LocalDate issuedOn,
            @Nullable LocalDate expiresOn) {

        ComplianceDocuments.Description description() {
            return new ComplianceDocuments.Description(kind, number, issuer, issuedOn, expiresOn);
        }
    }

    Invitations.Answer answer() {
        return new Invitations.Answer(
                organisation == null ? null : new Invitations.NewOrganisation(organisation.code(), organisation.name()),
                administrator == null
                        ? null
                        : new Invitations.NewAdministrator(
                                administrator.username(), administrator.password(), administrator.name()),
                documents == null
                        ? List.of()
                        : documents.stream().map(NewDocument::description).toList());
    }
}
