package io.fieldwright.projects;

import io.fieldwright.people.Team;
import org.jspecify.annotations.Nullable;

/**
 * A team that could be given a site, with what speaks for it.
 *
 * @param skilled whether it has the skill the project asks for
 * @param distanceMetres from its base to the site; null when it has no base
 * @param openAllocations sites it is assigned to or working at for the same circle; what it does for others is not the
 *     circle's to know
 */
public record TeamChoice(Team team, boolean skilled, @Nullable Double distanceMetres, long openAllocations) {

    /** For a coordinator's eyes, such as {@code North crew (vertex): skilled, 12 km away, 2 open sites}. */
    public String label() {
        return "%s (%s): %s, %s, %d open %s"
                .formatted(
                        team.name(),
                        team.tenantId(),
                        skilled ? "skilled" : "lacks the skill",
                        distanceMetres == null ? "distance unknown" : Math.round(distanceMetres / 1000) + " km away",
                        openAllocations,
                        openAllocations == 1 ? "site" : "sites");
    }
}
