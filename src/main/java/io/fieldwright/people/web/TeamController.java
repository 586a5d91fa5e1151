package io.fieldwright.people.web;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Listing;
import io.fieldwright.people.Person;
import io.fieldwright.people.SignedInPerson;
import io.fieldwright.people.Team;
import io.fieldwright.people.Teams;
import io.fieldwright.tenancy.Organisation;
import jakarta.validation.Valid;
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

/** Lead and members are named by username. */
@RestController
@RequestMapping("/api/v1/teams")
class TeamController {

    private static final String CODE = "[A-Za-z0-9][A-Za-z0-9._-]{0,39}";
    private static final String CODE_RULE = "must be 1 to 40 letters, digits, '.', '_' or '-'";

    record NewTeam(
            @Nullable @Size(max = Organisation.LONGEST_CODE) String organisation,
            @NotNull @Pattern(regexp = CODE, message = CODE_RULE) String code,
            @NotBlank @Size(max = 200) String name,
            @NotBlank @Size(max = Person.LONGEST_USERNAME) String lead,
            @NotNull @Size(max = 100) Set<@NotBlank @Size(max = Person.LONGEST_USERNAME) String> members,
            @NotNull @Size(max = 50) Set<@NotBlank @Size(max = 100) String> skills,
            @Nullable Double latitude,
            @Nullable Double longitude) {

        Teams.Description description() {
            return new Teams.Description(name, lead, members, skills, latitude, longitude, true);
        }
    }

    record ChangedTeam(
            @NotBlank @Size(max = 200) String name,
            @NotBlank @Size(max = Person.LONGEST_USERNAME) String lead,
            @NotNull @Size(max = 100) Set<@NotBlank @Size(max = Person.LONGEST_USERNAME) String> members,
            @NotNull @Size(max = 50) Set<@NotBlank @Size(max = 100) String> skills,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @NotNull Boolean active) {

        Teams.Description description() {
            return new Teams.Description(name, lead, members, skills, latitude, longitude, active);
        }
    }

    record TeamView(
            UUID id,
            String organisation,
            String code,
            String name,
            String lead,
            List<String> members,
            List<String> skills,
            @Nullable Double latitude,
            @Nullable Double longitude,
            boolean active) {

        static TeamView of(Team team) {
            return new TeamView(
                    team.id(),
                    team.tenantId(),
                    team.code(),
                    team.name(),
                    team.lead().username(),
                    team.members().stream().map(Person::username).sorted().toList(),
                    team.skills().stream().sorted().toList(),
                    team.latitude(),
                    team.longitude(),
                    team.active());
        }
    }

    private final Teams teams;

    TeamController(Teams teams) {
        this.teams = teams;
    }

    @PostMapping
    @PreAuthorize("hasAuthority('people.write')")
    ResponseEntity<TeamView> create(
            @AuthenticationPrincipal SignedInPerson caller, @Valid @RequestBody NewTeam request) {
        Team created = teams.create(
                request.organisation() == null ? caller.organisation() : request.organisation(),
                request.code(),
                request.description());
        return EntityTag.created("/api/v1/teams/" + created.id(), TeamView.of(created), created.version());
    }

    @GetMapping
    @PreAuthorize("hasAuthority('people.read')")
    Listing<TeamView> list(@ParameterObject @PageableDefault(sort = "code") Pageable page) {
        return Listing.of(teams.list(Listing.sortable(page, "code", "name", "active")), TeamView::of);
    }

    @GetMapping("/{id}")
    @PreAuthorize("hasAuthority('people.read')")
    ResponseEntity<TeamView> get(@PathVariable UUID id) {
        Team team = teams.get(id);
        return EntityTag.ok(TeamView.of(team), team.version());
    }

    @PutMapping("/{id}")
    @PreAuthorize("hasAuthority('people.write')")
    ResponseEntity<TeamView> change(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody ChangedTeam request) {
        Team changed = teams.change(id, ifMatch, request.description());
        return EntityTag.ok(TeamView.of(changed), changed.version());
    }
}
