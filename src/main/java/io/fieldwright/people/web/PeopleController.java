package io.fieldwright.people.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.people.Designation;
import io.fieldwright.people.PasswordPolicy;
import io.fieldwright.people.People;
import io.fieldwright.people.PeopleInBulk;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.tenancy.Organisation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class PeopleController {

    private static final String LANGUAGE = "[a-z]{2}";
    private static final String LANGUAGE_RULE = "must be an ISO 639-1 code";
    private static final String PHONE = "\\+?[0-9 ()-]{3,30}";
    private static final String PHONE_RULE = "must be 3 to 30 digits, spaces, parentheses or hyphens, '+' first if any";

    private static final String BULK_ACTION = "activate|deactivate|reset-to-role-defaults";
    private static final String BULK_ACTION_RULE = "must be one of activate, deactivate, reset-to-role-defaults";

    record NewPerson(
            @Nullable @Size(max = Organisation.LONGEST_CODE) String organisation,
            @NotBlank @Size(max = Person.LONGEST_USERNAME) String username,
            @NotBlank @Size(max = PasswordPolicy.LONGEST_BYTES) String password,
            @NotBlank @Size(max = 200) String name,
            @Nullable @Email @Size(max = 254) String email,
            @Nullable @Pattern(regexp = PHONE, message = PHONE_RULE) String phone,
            @Nullable @Pattern(regexp = LANGUAGE, message = LANGUAGE_RULE) String language,
            @NotNull @Size(max = 50) Set<@NotBlank @Size(max = 100) String> designations,
            @Nullable UUID reportsTo) {

        People.Profile profile() {
            return new People.Profile(
                    name, email, phone, language == null ? "en" : language, true, designations, reportsTo);
        }
    }

    record ChangedPerson(
            @NotBlank @Size(max = 200) String name,
            @Nullable @Email @Size(max = 254) String email,
            @Nullable @Pattern(regexp = PHONE, message = PHONE_RULE) String phone,
            @NotNull @Pattern(regexp = LANGUAGE, message = LANGUAGE_RULE) String language,
            @NotNull Boolean active,
            @NotNull @Size(max = 50) Set<@NotBlank @Size(max = 100) String> designations,
            @Nullable UUID reportsTo,
            @Nullable @Size(max = 500) String reason) {

        People.Profile profile() {
            return new People.Profile(name, email, phone, language, active, designations, reportsTo);
        }
    }

    record BulkChange(
            @NotNull
                    @Pattern(regexp = BULK_ACTION, message = BULK_ACTION_RULE)
                    @Schema(allowableValues = {"activate", "deactivate", "reset-to-role-defaults"})
                    String action,
            @Nullable @Size(min = 1, max = 1000) List<@NotBlank @Size(max = Person.LONGEST_USERNAME) String> usernames,
            @Nullable @Size(min = 1, max = 1000) List<@NotNull UUID> ids,
            @NotBlank @Size(max = 500) String reason) {

        PeopleInBulk.Selection selection() {
            return new PeopleInBulk.Selection(usernames, ids);
        }
    }

    record PersonView(
            UUID id,
            String organisation,
            String username,
            String name,
            @Nullable String email,
            @Nullable String phone,
            String language,
            boolean active,
            List<String> designations,
            @Nullable UUID reportsTo) {

        static PersonView of(Person person) {
            return new PersonView(
                    person.id(),
                    person.tenantId(),
                    person.username(),
                    person.name(),
                    person.email(),
                    person.phone(),
                    person.language(),
                    person.active(),
                    person.designations().stream()
                            .map(Designation::code)
                            .sorted()
                            .toList(),
                    person.reportsToId());
        }
    }

    record MyselfView(
            String username,
            String name,
            String organisation,
            List<String> tenants,
            List<String> groups,
            List<String> permissions,
            @Nullable List<UUID> sites) {

        static MyselfView of(SignedInPerson person) {
            return new MyselfView(
                    person.username(),
                    person.name(),
                    person.organisation(),
                    person.tenants().stream().sorted().toList(),
                    person.groups().stream().sorted().toList(),
                    person.permissions().stream().sorted().toList(),
                    person.sites() == null
                            ? null
                            : person.sites().stream().sorted().toList());
        }
    }

    private final People people;
    private final PeopleInBulk bulk;

    PeopleController(People people, PeopleInBulk bulk) {
        this.people = people;
        this.bulk = bulk;
    }

    @GetMapping("/me")
    MyselfView myself(@AuthenticationPrincipal SignedInPerson person) {
        return MyselfView.of(person);
    }

    @PostMapping("/people")
    @PreAuthorize("hasAuthority('people.write')")
    ResponseEntity<PersonView> create(
            @AuthenticationPrincipal SignedInPerson caller, @Valid @RequestBody NewPerson request) {
        Person created = people.create(
                request.organisation() == null ? caller.organisation() : request.organisation(),
                request.username(),
                request.password(),
                request.profile());
        return EntityTag.created("/api/v1/people/" + created.id(), PersonView.of(created), created.version());
    }

    @GetMapping("/people")
    @PreAuthorize("hasAuthority('people.read')")
    Listing<PersonView> list(@ParameterObject @PageableDefault(sort = "username") Pageable page) {
        return Listing.of(people.list(sortable(page)), PersonView::of);
    }

    @GetMapping("/people/{id}")
    @PreAuthorize("hasAuthority('people.read')")
    ResponseEntity<PersonView> get(@PathVariable UUID id) {
        Person person = people.get(id);
        return EntityTag.ok(PersonView.of(person), person.version());
    }

    @PutMapping("/people/{id}")
    @PreAuthorize("hasAuthority('people.write')")
    ResponseEntity<PersonView> change(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedPerson request) {
        Person changed = people.change(id, ifMatch, request.profile(), request.reason());
        return EntityTag.ok(PersonView.of(changed), changed.version());
    }

    @GetMapping("/people/{id}/subordinates")
    @PreAuthorize("hasAuthority('people.read')")
    Listing<PersonView> subordinates(
            @PathVariable UUID id, @ParameterObject @PageableDefault(sort = "username") Pageable page) {
        return Listing.of(people.subordinates(id, sortable(page)), PersonView::of);
    }

    @PostMapping("/people/bulk")
    @PreAuthorize("hasAuthority('people.write')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changeInBulk(@Valid @RequestBody BulkChange request) {
        switch (request.action()) {
            case "activate" -> bulk.activate(request.selection(), request.reason());
            case "deactivate" -> bulk.deactivate(request.selection(), request.reason());
            default -> bulk.resetToRoleDefaults(request.selection(), request.reason());
        }
    }

    private static Pageable sortable(Pageable page) {
        return Listing.sortable(page, "username", "name", "email", "language", "active");
    }
}
