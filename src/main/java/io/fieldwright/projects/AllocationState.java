package io.fieldwright.projects;

import java.util.Set;

/** Where an allocation is in the site lifecycle, and the only moves there are (requirements, section 7). */
public enum AllocationState {
    ALLOCATED,
    ASSIGNED,
    WIP,
    DONE;

    private Set<AllocationState> next() {
        return switch (this) {
            case ALLOCATED -> Set.of(ASSIGNED);
            case ASSIGNED -> Set.of(WIP, ALLOCATED);
            case WIP -> Set.of(DONE, ASSIGNED);
            case DONE -> Set.of();
        };
    }

    boolean mayBecome(AllocationState state) {
        return next().contains(state);
    }
}
