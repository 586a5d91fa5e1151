package io.fieldwright.people.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.people.Designation;
import io.fieldwright.people.People;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
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
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class PeopleController {

    private static final String LANGUAGE = "[a-z]{2}";
    private static final String LANGUAGE_RULE = "must be an ISO 639-1 code";
    private static final String PHONE = "\\+?[0-9 ()-]{3,30}";
    private static final String PHONE_RULE = "must be 3 to 30 digits, spaces, parentheses or hyphens, '+' first if any";

    record NewPerson(
            @Nullable @Size(max = 40) String organisation,
            @NotBlank @Size(max = 60) String username,
            @NotBlank @Size(max = 72) String password,
            @NotBlank @Size(max = 200) String name,
            @Nullable @Email @Size(max = 254) String email,
            @Nullable @Pattern(regexp = PHONE, message = PHONE_RULE) String phone,
            @Nullable @Pattern(regexp = LANGUAGE, message = LANGUAGE_RULE) String language,
            @NotNull @Size(max = 50) Set<@NotBlank @Size(max = 100) String> designations) {

        People.Profile profile() {
            return new People.Profile(name, email, phone, language == null ? "en" : language, true, designations);
        }
    }

    record ChangedPerson(
            @NotBlank @Size(max = 200) String name,
            @Nullable @Email @Size(max = 254) String email,
            @Nullable @Pattern(regexp = PHONE, message = PHONE_RULE) String phone,
            @NotNull @Pattern(regexp = LANGUAGE, message = LANGUAGE_RULE) String language,
            @NotNull Boolean active,
            @NotNull @Size(max = 50) Set<@NotBlank @Size(max = 100) String> designations) {

        People.Profile profile() {
            return new People.Profile(name, email, phone, language, active, designations);
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
            List<String> designations) {

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
                            .toList());
        }
    }

    record DesignationView(
            UUID id,
            String organisation,
            String code,
            String name,
            @Nullable UUID reportsTo,
            List<String> candidateGroups,
            List<String> permissions) {

        static DesignationView of(Designation designation) {
            return new DesignationView(
                    designation.id(),
                    designation.tenantId(),
                    designation.code(),
                    designation.name(),
                    designation.parentId(),
                    designation.candidateGroups().stream().sorted().toList(),
                    designation.permissions().stream().sorted().toList());
        }
    }

    record MyselfView(
            String username,
            String name,
            String organisation,
            List<String> tenants,
            List<String> groups,
            List<String> permissions) {

        static MyselfView of(SignedInPerson person) {
            return new MyselfView(
                    person.username(),
                    person.name(),
                    person.organisation(),
                    person.tenants().stream().sorted().toList(),
                    person.groups().stream().sorted().toList(),
                    person.permissions().stream().sorted().toList());
        }
    }

    private final People people;

    PeopleController(People people) {
        this.people = people;
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
        return ResponseEntity.created(URI.create("/api/v1/people/" + created.id()))
                .eTag(EntityTag.of(created.version()))
                .body(PersonView.of(created));
    }

    @GetMapping("/people")
    @PreAuthorize("hasAuthority('people.read')")
    Listing<PersonView> list(@ParameterObject @PageableDefault(sort = "username") Pageable page) {
        return Listing.of(
                people.list(Listing.sortable(page, "username", "name", "email", "language", "active")), PersonView::of);
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
        Person changed = people.change(id, ifMatch, request.profile());
        return EntityTag.ok(PersonView.of(changed), changed.version());
    }

    @GetMapping("/designations")
    @PreAuthorize("hasAuthority('people.read')")
    Listing<DesignationView> designations(
            @ParameterObject @PageableDefault(sort = {"tenantId", "code"}) Pageable page) {
        return Listing.of(people.designations(Listing.sortable(page, "tenantId", "code", "name")), DesignationView::of);
    }
}
