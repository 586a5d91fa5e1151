package io.fieldwright.people;

import io.fieldwright.api.EntityTag;
import io.fieldwright.api.Problem;
import io.fieldwright.tenancy.TenantScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Teams and who is in them; what it answers has its collections loaded, as with {@link People}. */
@Service
@Transactional
public class Teams {

    /** What is written of a team; lead and members are usernames of its organisation, the position is WGS84 degrees. */
    public record Description(
            String name,
            String lead,
            Set<String> members,
            Set<String> skills,
            @Nullable Double latitude,
            @Nullable Double longitude,
            boolean active) {}

    private final TeamRepository teams;
    private final PersonRepository people;

    Teams(TeamRepository teams, PersonRepository people) {
        this.teams = teams;
        this.people = people;
    }

    /**
     * Forms a team.
     *
     * @throws Problem 400 for an organisation out of sight, people who are not of the organisation or a position off
     *     the globe, 409 for a code that is taken
     */
    public Team create(String organisation, String code, Description description) {
        TenantScope.requireOrganisation(organisation);
        if (teams.existsByTenantIdAndCode(organisation, code)) {
            throw Problem.conflict("code", "the code " + code + " is taken");
        }
        Team team = new Team(organisation, code, description.name(), member("lead", organisation, description.lead()));
        return teams.saveAndFlush(apply(team, description));
    }

    /**
     * Rewrites a team.
     *
     * @param ifMatch the entity tag of the version that was read
     * @throws Problem as {@link #create}, 404 when out of sight, 412 or 428 as {@link EntityTag#require}
     */
    public Team change(UUID id, @Nullable String ifMatch, Description description) {
        Team team = get(id);
        EntityTag.require(ifMatch, team.version());
        return teams.saveAndFlush(apply(team, description));
    }

    private Team apply(Team team, Description description) {
        checkPosition(description);
        List<Person> members = new ArrayList<>();
        for (String username : description.members()) {
            members.add(member("members", team.tenantId(), username));
        }
        team.change(
                description.name(),
                member("lead", team.tenantId(), description.lead()),
                members,
                description.skills(),
                description.latitude(),
                description.longitude(),
                description.active());
        return team;
    }

    private static void checkPosition(Description description) {
        Double latitude = description.latitude();
        Double longitude = description.longitude();
        if ((latitude == null) != (longitude == null)) {
            throw Problem.invalid(latitude == null ? "latitude" : "longitude", "both or neither must be given");
        }
        if (latitude != null && !(Math.abs(latitude) <= 90)) {
            throw Problem.invalid("latitude", "must be between -90 and 90");
        }
        if (longitude != null && !(Math.abs(longitude) <= 180)) {
            throw Problem.invalid("longitude", "must be between -180 and 180");
        }
    }

    private Person member(String field, String organisation, String username) {
        return people.findByUsername(username)
                .filter(person -> person.tenantId().equals(organisation))
                .orElseThrow(() -> Problem.invalid(field, username + " is nobody of " + organisation));
    }

    /** @throws Problem 404 when out of sight */
    @Transactional(readOnly = true)
    public Team get(UUID id) {
        Team team = teams.findById(id).orElseThrow(() -> Problem.notFound("team", id));
        load(team);
        return team;
    }

    @Transactional(readOnly = true)
    public Page<Team> list(Pageable page) {
        Page<Team> found = teams.findAll(page);
        found.forEach(Teams::load);
        return found;
    }

    private static void load(Team team) {
        team.members();
        team.skills();
    }

    /** Active teams of these organisations with lead and skills loaded, by code. */
    @Transactional(readOnly = true)
    public List<Team> activeOf(Collection<String> organisations) {
        return teams.findByTenantIdInAndActiveTrueOrderByCode(organisations);
    }
}
